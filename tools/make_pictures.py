"""Draw the pictures of the docs from the made-up runner of the demo: docs/pictures/timeline-{light,dark}.png.

python tools/make_pictures.py
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from evengait.actions.make_demo import make_demo
from evengait.charts.export import to_png
from evengait.charts.timeline import timeline

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"


def main() -> None:
    """Make the demo in a folder of its own and draw its timeline in both themes."""
    with TemporaryDirectory() as home:
        answer = make_demo(Path(home) / "demo", today=date.today()).answer  # noqa: DTZ011 - any day will do
    PICTURES.mkdir(exist_ok=True)
    chart = timeline(answer.exposures, answer.data, sessions=answer.sessions, units="mi")
    for theme in ("light", "dark"):
        (PICTURES / f"timeline-{theme}.png").write_bytes(to_png(chart, theme, scale=1.6))


if __name__ == "__main__":
    main()
