"""Write docs/api.md from the API's own description.

python tools/make_api.py          writes it
python tools/make_api.py --check  says whether it is up to date, and exits with 1 where it is not
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

FILE = Path(__file__).parents[1] / "docs" / "api.md"
HEAD = """\
# The API

<!-- Made by `python tools/make_api.py`. Change what it describes, not this page. -->

What the command line prints, over HTTP: the same documents, so that a program that reads one reads the other. Values
are SI, dates local, instants UTC; null is not asked or not known, never zero or no.

A program shows a token: `Authorization: Bearer evengait_…`. Tokens are made and revoked on the desk under
*You → Programs*, are shown once and kept as a hash, may do what is ticked, and end. They are never in an address. A
token may ask 600 times a minute, 30 times for what takes seconds; after 30 requests a minute without a good token an
address waits.

A program that heard no answer to what it sent by POST sends it again with the same `Idempotency-Key`, a text drawn anew
for each request, such as a UUID: within an hour it is answered as the first time and nothing is written twice. Without
such a key each request counts.

What goes wrong is a problem document (RFC 9457): one sentence in `detail`, no value of anybody. The whole description
is `/api/v1/openapi.json` on the desk (OpenAPI 3.1), and a page to read is `/api/`.

<!-- not run: needs a desk elsewhere and a token; tests/web/api asks a real one -->

```sh
curl -H "Authorization: Bearer $EVENGAIT_DESK_TOKEN" https://desk.example.org/api/v1/sessions?since=2026-09-01
```
"""


def page() -> str:
    """Return the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evengait.web.settings")
    os.environ.setdefault("EVENGAIT_HOME", tempfile.gettempdir())
    import django

    django.setup()
    from evengait.core.api_token import SCOPES
    from evengait.web.api.document import description
    from evengait.web.api.reading import parts_to_read

    lines = [HEAD, "## Scopes\n", "| scope | a token may |", "|---|---|"]
    lines += [f"| `{scope}` | {words} |" for scope, words in SCOPES.items()]
    for part, operations in parts_to_read(description()):
        lines.append(f"\n## {part}")
        for one in operations:
            lines += [
                f"\n### {one.method} {one.path}\n",
                f"{one.summary}.",
                *(f"\n{text}" for text in one.about),
            ]
            scope = f"Scope `{one.scope}`" if one.scope else "Any token"
            lines.append(f"\n{scope}; answers with {one.gives}.")
            if one.asks:
                lines += ["\n| field | kind | meaning |", "|---|---|---|"]
                lines += [
                    f"| `{name}`{', needed' if needed else ''} | {kind.replace('|', '·')} | {words} |"
                    for name, kind, needed, words in one.asks
                ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    made = page()
    if "--check" in sys.argv:
        same = FILE.read_text("utf-8") == made
        sys.stdout.write("up to date\n" if same else "docs/api.md is not up to date\n")
        raise SystemExit(0 if same else 1)
    FILE.write_text(made, "utf-8")
