"""Take a picture of every page of the desk: docs/pictures/*.webp and docs/every-page.md.

python tools/screenshots.py                     # the chosen set, into docs/
python tools/screenshots.py --all --to /tmp/p   # every page, light and dark, wide and on a phone
python tools/screenshots.py --axe               # ask axe about every page in both themes as well
python tools/screenshots.py --axe --no-pictures # ask axe alone

The desk is real, the people on it are made up (tools/made_up_desk.py), the clock stands, and which pages there are is
in tools/pictured.toml. Needs Chromium and what `pip install -e .[dev]` brings.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
import tomllib
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from made_up_desk import Desk

HERE = Path(__file__).parent
PICTURES = HERE.parent / "docs" / "pictures"
BOOK = HERE / "pictured.toml"
PAGE = PICTURES.parent / "every-page.md"
LOOKS = {
    "": {"viewport": {"width": 1200, "height": 760}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1200, "height": 760}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 380, "height": 760}, "color_scheme": "light"},
    "phone-dark": {"viewport": {"width": 380, "height": 760}, "color_scheme": "dark"},
}
TALLEST = 1600
"""Of a picture in the docs, in CSS pixels: what is below is cut off."""
SEND = """([to, told, token]) => {
  const form = Object.assign(document.createElement('form'), {method: 'post', action: to});
  for (const [name, value] of [['csrfmiddlewaretoken', token], ...Object.entries(told)])
    form.append(Object.assign(document.createElement('input'), {type: 'hidden', name, value}));
  document.body.append(form);
  form.submit();
}"""


@dataclass(frozen=True)
class Page:
    """One page that is pictured; see the head of ``pictured.toml``."""

    name: str
    says: str
    persona: str
    arguments: dict[str, str] = field(default_factory=dict)
    state: str = ""
    sent: dict[str, str] = field(default_factory=dict)
    more: tuple[str, ...] = ()
    server: bool = False
    given: bool = False
    path: str = ""
    status: int = 200
    template: str = ""
    sentence: str = ""

    def file(self, look: str = "") -> str:
        """Return the name of its picture, ``calendar-month-dark.webp``."""
        parts = (self.name.replace(":", "-").replace("_", "-"), self.state, look)
        return "-".join(part for part in parts if part) + ".webp"

    @property
    def looks(self) -> tuple[str, ...]:
        """The looks that the docs show."""
        return ("", *self.more)


def pages() -> list[Page]:
    """Return every page, in the order of the book."""
    return [
        Page(
            one["name"], one["says"], one["as"], one.get("with", {}), one.get("state", ""), one.get("send", {}),
            tuple(one.get("more", "").split()), one.get("server", False), one.get("given", False),
            one.get("path", ""), one.get("status", 200), one.get("template", ""),
            one.get("sentence", ""),
        )
        for one in tomllib.loads(BOOK.read_text("utf-8"))["page"]
    ]  # fmt: skip


def not_pictured() -> set[str]:
    """Return the addresses that show nothing of their own."""
    return set(tomllib.loads(BOOK.read_text("utf-8"))["not_pictured"])


@contextmanager
def desk_at(home: Path) -> Iterator[tuple[Desk, str]]:
    """Open the made-up desk of a home, made now where there is none; yields it and its address."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
    from evengait.web.opening import open_desk

    home.mkdir(parents=True, exist_ok=True)
    open_desk(home)
    from made_up_desk import TODAY, at, known_desk, make_desk, same_names

    with same_names():
        desk = known_desk(home) or make_desk(home)
        with at(TODAY, 14, 30), _served() as address:
            yield desk, address


@contextmanager
def _served() -> Iterator[str]:
    import threading

    import waitress
    from django.core.wsgi import get_wsgi_application

    server = waitress.create_server(get_wsgi_application(), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.effective_port}"
    finally:
        server.close()
        server.task_dispatcher.shutdown()
        thread.join(5)


FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>/usr/share/fonts</dir>{dirs}<cachedir>{cache}</cachedir>
<alias binding="same"><family>system-ui</family><prefer><family>Inter</family></prefer></alias>
<alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
<alias binding="same"><family>Palatino</family><prefer><family>P052</family></prefer></alias>
</fontconfig>"""
"""The page's own stacks, with two free fonts for those of other systems: Inter, and P052 for Palatino."""


@contextmanager
def chromium(fonts: Path | None = None) -> Iterator[Any]:
    """Yield a running Chromium: the system's, else Playwright's own.

    Parameters
    ----------
    fonts : Path, optional
        A folder with Inter and P052 in it, where the system has them not (Debian: fonts-inter, fonts-urw-base35).
    """
    import shutil

    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with TemporaryDirectory() as scratch, sync_playwright() as playwright:
        config = Path(scratch) / "fonts.conf"
        more = f"<dir>{fonts.resolve()}</dir>" if fonts else ""
        config.write_text(FONTS.format(dirs=more, cache=scratch), "utf-8")
        flags = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none", "--hide-scrollbars"]
        env = {**os.environ, "FONTCONFIG_FILE": str(config)}
        browser = playwright.chromium.launch(executable_path=path, args=flags, env=env)
        yield browser
        browser.close()


@dataclass
class Walk:
    """A browser that walks from page to page of a made-up desk.

    Parameters
    ----------
    desk, address, browser
        As the functions above give them.
    """

    desk: Desk
    address: str
    browser: Any
    _tabs: dict[tuple[str, str], Any] = field(default_factory=dict)

    def open(self, page: Page, look: str = "") -> Any:
        """Return the tab that shows a page, settled.

        Raises
        ------
        RuntimeError
            The desk did not answer as it should.
        """
        from django.test import override_settings
        from django.urls import reverse

        given = self.desk.ids | {"thread": _words().THREAD}
        filled = {key: value.format(**given) for key, value in page.arguments.items()}
        tab = self._tab(page.persona, look)
        path = page.path or reverse(page.name, kwargs=filled)
        if page.template:
            _break(tab, path, page)
        if page.given:
            tab.goto("about:blank")
            tab.set_content(self.desk.client(page.persona).get(path).content.decode())
            return tab
        with override_settings(AT_HOME=False) if page.server else ExitStack():
            answer = tab.goto(self.address + path, wait_until="load")
            if page.sent:
                token = tab.locator("[name=csrfmiddlewaretoken]").first.input_value()
                told = {key: value.format(**given) for key, value in page.sent.items()}
                with tab.expect_navigation() as led:
                    tab.evaluate(SEND, [tab.url, told, token])
                answer = led.value
            if answer.status not in {page.status, 422}:
                raise RuntimeError(f"{page.file()}: {answer.status}")
            tab.evaluate("document.fonts.ready")
        return tab

    def _tab(self, persona: str, look: str) -> Any:
        if (persona, look) not in self._tabs:
            context = self.browser.new_context(
                **LOOKS[look], base_url=self.address, reduced_motion="reduce", device_scale_factor=1,
                locale="en-GB", timezone_id="UTC",
            )  # fmt: skip
            if persona != "nobody":
                key = self.desk.client(persona).cookies["evengait"].value
                context.add_cookies([{"name": "evengait", "value": key, "url": self.address}])
            context.set_default_timeout(90_000)
            self._tabs[persona, look] = context.new_page()
        return self._tabs[persona, look]


def _break(tab: Any, path: str, page: Page) -> None:
    """Answer an address as the desk does when it cannot: by the page of that fault."""
    from django.template.loader import render_to_string

    body = render_to_string(page.template, {"sentence": page.sentence, "old_form": True, "language": "en"})
    tab.route(f"**{path}", lambda one: one.fulfill(status=page.status, content_type="text/html", body=body))


def _words() -> Any:
    import made_up_words

    return made_up_words


def packed(png: bytes, tallest: int | None = TALLEST) -> bytes:
    """Return a screenshot as WebP without loss, cut off below ``tallest``."""
    from PIL import Image

    image = Image.open(io.BytesIO(png)).convert("RGB")
    if tallest and image.height > tallest:
        image = image.crop((0, 0, image.width, tallest))
    out = io.BytesIO()
    image.save(out, "WEBP", lossless=True, method=4, quality=60)
    return out.getvalue()


def whole(tab: Any) -> bytes:
    """Return a screenshot of a page from its top to its end, what sticks to the window's edge at its end."""
    size = tab.viewport_size
    tall = tab.evaluate("document.documentElement.scrollHeight")
    tab.set_viewport_size({"width": size["width"], "height": max(size["height"], min(tall, 12_000))})
    png: bytes = tab.screenshot()
    tab.set_viewport_size(size)
    return png


def complaints(tab: Any) -> list[str]:
    """Return what axe finds on a page, and whether it scrolls sideways."""
    from axe_playwright_python.sync_playwright import Axe

    found = [
        f"{one['id']}: {node['html'][:160]}"
        for one in Axe().run(tab).response["violations"]
        for node in one["nodes"]
    ]
    room = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*found, *([f"{room} px wider than the window"] if room > 0 else [])]


def overview(titles: dict[str, str]) -> str:
    """Return the page of the docs that shows them all."""
    lines = [
        "# Every page", "",
        "The desk as its people see it, page by page. The people are made up, the desk is real:",
        "`python tools/screenshots.py` makes them live six weeks through it and takes these pictures.", "",
    ]  # fmt: skip
    section = ""
    for title, says, files in _shown(titles):
        here, _, heading = title.partition("|")
        if here != section:
            section = here
            lines += [f"## {section}", ""]
        lines += [f"### {heading}", "", says, ""]
        for file, words in files:
            kind = "{ width=300 loading=lazy }" if "phone" in file else "{ loading=lazy }"
            lines += [f"[![{heading}{words}](pictures/{file}){kind}](pictures/{file})", ""]
    return "\n".join(lines).rstrip() + "\n"


def _shown(titles: dict[str, str]) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    words = {
        "": "",
        "dark": ", in the dark",
        "phone": ", on a phone",
        "phone-dark": ", on a phone in the dark",
    }
    for section, members in sections().items():
        for page in members:
            files = [(page.file(look), words[look]) for look in page.looks]
            yield f"{section}|{titles[page.file()]}", page.says, files


def sections() -> dict[str, list[Page]]:
    """Return the pages by the headings that stand in the book."""
    found: dict[str, list[Page]] = {}
    heads = re.findall(r"^# -{9,} (.+)$|^(\[\[page\]\])$", BOOK.read_text("utf-8"), re.MULTILINE)
    rest = iter(pages())
    here = ""
    for head, _ in heads:
        if head:
            here = head
        else:
            found.setdefault(here, []).append(next(rest))
    return found


def main() -> None:
    """Take the pictures that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--to", type=Path, default=PICTURES, help="folder of the pictures")
    parser.add_argument("--only", default="", help="only pages with this in the name of their picture")
    parser.add_argument("--all", action="store_true", help="every page in every look, uncut")
    parser.add_argument("--axe", action="store_true", help="ask axe about every page in both themes")
    parser.add_argument("--no-pictures", action="store_true", help="only walk, and ask axe")
    parser.add_argument("--home", type=Path, help="keep the made-up desk here, and use it again")
    parser.add_argument(
        "--fonts", type=Path, help="a folder with Inter and P052, where the system has them not"
    )
    told = parser.parse_args()
    told.to.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        wrong = _take(told, told.home or Path(scratch) / "home")
    sys.stderr.writelines(f"{line}\n" for line in wrong)
    sys.exit(bool(wrong))


def _take(told: argparse.Namespace, home: Path) -> list[str]:
    wrong, titles = [], {}
    with desk_at(home) as (desk, address), chromium(told.fonts) as browser:
        walk = Walk(desk, address, browser)
        for page in pages():
            if told.only not in page.file():
                continue
            looks = tuple(LOOKS) if told.all else ("", "dark") if told.axe else page.looks
            taken = () if told.no_pictures else page.looks
            for look in dict.fromkeys((*taken, *looks)):
                try:
                    tab = walk.open(page, look)
                except RuntimeError as error:
                    wrong.append(str(error))
                    continue
                titles[page.file()] = tab.title().removesuffix(" · evengait")
                if not told.no_pictures and (told.all or look in page.looks):
                    png = whole(tab)
                    (told.to / page.file(look)).write_bytes(packed(png, None if told.all else TALLEST))
                if told.axe:
                    wrong += [f"{page.file(look)}: {line}" for line in complaints(tab)]
    if told.to == PICTURES and not told.only and not told.no_pictures and not wrong:
        PAGE.write_text(overview(titles), "utf-8")
    return wrong


if __name__ == "__main__":
    main()
