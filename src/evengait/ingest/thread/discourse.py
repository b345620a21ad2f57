"""A topic of Discourse, saved from the browser: as readers see it, or as it is where no script runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evengait.ingest.thread._draft import Draft
from evengait.ingest.thread._page import Page, content_of, words_of

if TYPE_CHECKING:
    from lxml import etree

NOT_THE_WRITERS = (
    "lightbox-wrapper",
    "onebox",
    "meta",
    "cooked-selection-barrier",
    "post-menu-area",
    "small-action",
)


def sniff(page: Page) -> bool:
    """Tell whether a page is a topic of Discourse."""
    return bool(_articles(page) or page.all("crawler-post"))


def _articles(page: Page) -> list[etree._Element]:
    return [
        article
        for article in page.root.iter("article")
        if re.fullmatch(r"post_\d+", article.get("id") or "") and page.all("cooked", inside=article)
    ]


def title(page: Page) -> str | None:
    """Return the topic's title."""
    found = page.first("fancy-title")
    if found is None:
        found = next(iter(page.root.xpath(".//*[@id='topic-title']//h1")), None)
    return words_of(found) or words_of(next(iter(page.root.iter("h1")), None))


def read(page: Page) -> list[Draft]:
    """Return the posts of the page."""
    shown = [_article(page, article) for article in _articles(page)]
    return shown or [_crawled(page, post) for post in page.all("crawler-post")]


def _article(page: Page, article: etree._Element) -> Draft:
    names = page.first("names", inside=article)
    name = role = None
    if names is not None:
        named = page.first("username", inside=names)
        card = named.find(".//*[@data-user-card]") if named is not None else None
        name = (card.get("data-user-card") if card is not None else None) or words_of(named)
        role = words_of(page.first("user-title", inside=names))
        classes = {name for element in names.iter() for name in (element.get("class") or "").split()}
        role = role or next((word for word in ("admin", "moderator", "staff") if word in classes), None)
    date = page.first("relative-date", inside=article)
    body = page.first("cooked", inside=article)
    text, quotes = content_of(body, without=NOT_THE_WRITERS) if body is not None else ("", [])
    return Draft(
        text,
        name,
        role,
        (article.get("id") or "").removeprefix("post_"),
        (date.get("title") or words_of(date)) if date is not None else None,
        stamp=date.get("data-time") if date is not None else None,
        quotes=quotes,
        opener="topic-owner" in (article.get("class") or "").split()
        or (
            article.getparent() is not None
            and "topic-owner" in (article.getparent().get("class") or "").split()
        ),
    )


def _crawled(page: Page, post: etree._Element) -> Draft:
    creator = page.first("creator", inside=post)
    named = next(iter(creator.xpath(".//*[@itemprop='name']")), None) if creator is not None else None
    time = next(iter(post.iter("time")), None)
    place = next(iter(post.xpath(".//*[@itemprop='position']")), None)
    body = next(iter(post.xpath(".//*[@itemprop='text' or @itemprop='articleBody']")), None)
    if body is None:
        body = page.first("post", inside=post)
    text, quotes = content_of(body, without=NOT_THE_WRITERS) if body is not None else ("", [])
    return Draft(
        text,
        words_of(named) or words_of(creator),
        None,
        (words_of(place) or (post.get("id") or "").removeprefix("post_")).lstrip("#") or None,
        words_of(time),
        stamp=time.get("datetime") if time is not None else None,
        quotes=quotes,
    )
