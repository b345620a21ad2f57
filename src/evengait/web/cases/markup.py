"""What people write in a reply, as HTML: Markdown by a maintained library, then cleaned by another one.

Raw HTML is shown as the text it is, pictures are not drawn, headings stay plain lines, links tell nothing of where
they came from. ``#7`` leads to the seventh reply.
"""

from __future__ import annotations

import re

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = {"p", "br", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"}
_REFERENCE = re.compile(r"(?<![\w#&/])#([1-9]\d{0,4})(?!\w)")
_NESTING = 20
_markdown = (
    MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": _NESTING})
    .disable(["image", "heading", "lheading", "reference", "html_block", "html_inline"])
)  # fmt: skip


def as_html(text: str) -> SafeString:
    r"""Return a reply's words as HTML that can be put into any page.

    Examples
    --------
    >>> as_html("Try **rest**, as in #2")
    '<p>Try <strong>rest</strong>, as in <a href="?reply=2#reply-2" rel="nofollow noopener noreferrer">#2</a></p>\n'
    >>> as_html("<script>alert(1)</script>")
    '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n'
    """
    tokens = _markdown.parse(text)
    for token in tokens:
        if token.type == "inline" and token.children:
            token.children = _with_references(token.children)
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    cleaned = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        attribute_filter=_only_links,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
    )
    return SafeString(cleaned)


def _only_links(_tag: str, name: str, value: str) -> str | None:
    """Let nothing pass but where a link leads, and the relation that the cleaner gives it."""
    return value if name in {"href", "rel"} else None


def _with_references(children: list[Token]) -> list[Token]:
    found: list[Token] = []
    inside = 0
    for token in children:
        inside += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        found += _split(token) if token.type == "text" and not inside else [token]
    return found


def _split(token: Token) -> list[Token]:
    """Return a text with its references to replies as links."""
    parts = _REFERENCE.split(token.content)
    found = []
    for place, part in enumerate(parts):
        text = Token("text", "", 0, content=f"#{part}" if place % 2 else part)
        if place % 2:
            target = {"href": f"?reply={part}#reply-{part}"}
            found += [Token("link_open", "a", 1, attrs=dict(target)), text, Token("link_close", "a", -1)]
        elif part:
            found.append(text)
    return found
