"""Pages as three forums write them, made up: the same posts in each one's markup, with all that stands around them."""

# ruff: noqa: E501 - markup stands as forums write it
from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Said:
    """A post to be written into a page."""

    author: str
    role: str
    html: str
    quoted: tuple[str, str] | None = None


POSTS = (
    Said(
        "izzy_runs",
        "Participant",
        "<p>Left side of my lower back hurts since Sunday.</p><p>What should I do?</p>",
    ),
    Said(
        "Pat Quill, DPT",
        "Moderator",
        "<p>Look at the miles in your shoes.<br>Then six weeks of strength.</p>",
    ),
    Said(
        "belted",
        "Participant",
        "<p>An SI belt helped me &amp; cost little:</p><ul><li>day</li><li>night</li></ul>",
        ("Pat Quill, DPT", "Look at the miles in your shoes."),
    ),
)
MENU = "<nav><a href='/'>Home</a> bbp-reply-content</nav><script>document.write('<p>stolen</p>')</script><style>p{}</style>"


def bbpress(posts: tuple[Said, ...] = POSTS, *, title: str = "Sore SI joint") -> str:
    """Return a topic as bbPress with a common theme writes it."""
    rows = []
    for number, said in enumerate(posts):
        quoted = said.quoted
        quote = (
            f"<blockquote><div class='d4p-bbp-quote-title'><a href='#'>{escape(quoted[0])} wrote:</a></div>"
            f"<p>{escape(quoted[1])}</p></blockquote>"
            if quoted
            else ""
        )
        rows.append(
            f"""<li><div id="post-{500 + number}" class="bbp-reply-header"><div class="bbp-meta">
<span class="bbp-reply-post-date">March {5 + number}, 2021 at 3:12 pm</span>
<a href="#post-{500 + number}" class="bbp-reply-permalink">#{500 + number}</a>
<span class="bbp-admin-links"><a href="#">Reply</a></span></div></div>
<div class="loop-item-{number} user-id-{number} bbp-parent-forum-9 post-{500 + number} {"topic" if number == 0 else "reply"} type-reply">
<div class="bbp-reply-author"><a href="/u" class="bbp-author-link"><span class="bbp-author-avatar"><img alt="x" src="a.png"></span>
<span class="bbp-author-name">{escape(said.author)}</span></a><div class="bbp-author-role">{said.role}</div></div>
<div class="bbp-reply-content">{quote}{said.html}<form><button>Thank</button></form></div></div></li>"""
        )
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>x</title></head><body>{MENU}
<h1 class="entry-title">{title}</h1><ul class="forums bbp-replies"><li class="bbp-header"><div class="bbp-reply-author">Author</div>
<div class="bbp-reply-content">Posts</div></li><li class="bbp-body"><ul>{"".join(rows)}</ul></li>
<li class="bbp-footer"><div class="bbp-reply-author">Author</div><div class="bbp-reply-content">Posts</div></li></ul></body></html>"""


def discourse(posts: tuple[Said, ...] = POSTS, *, title: str = "Sore SI joint") -> str:
    """Return a topic as the browser holds it after Discourse's script has written it."""
    rows = []
    for number, said in enumerate(posts, start=1):
        quoted = said.quoted
        quote = (
            f'<aside class="quote no-group" data-username="{escape(quoted[0])}" data-post="1" data-topic="7"><div class="title">'
            f'<div class="quote-controls"></div><img class="avatar" src="x"> {escape(quoted[0])}:</div><blockquote>'
            f"<p>{escape(quoted[1])}</p></blockquote></aside>"
            if quoted
            else ""
        )
        rows.append(
            f"""<div class="topic-post clearfix {"topic-owner" if number == 1 else ""} regular"><article id="post_{number}" data-post-id="{900 + number}"
 class="boxed onscreen-post"><div class="row"><div class="topic-avatar"><a data-user-card="{escape(said.author)}"></a></div>
<div class="topic-body clearfix"><div class="topic-meta-data"><div class="names trigger-user-card">
<span class="first username"><a href="/u/x" data-user-card="{escape(said.author)}">{escape(said.author)}</a></span>
<span class="user-title">{said.role}</span></div><div class="post-infos"><a class="post-date" href="#">
<span title="Mar {4 + number}, 2021 3:12 pm" data-time="{1614957120000 + 86400000 * (number - 1)}" class="relative-date">Mar '21</span></a></div></div>
<div class="regular contents"><div class="cooked">{quote}{said.html}</div><section class="post-menu-area"><nav><button>3 likes</button></nav></section>
</div></div></div></article></div>"""
        )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><div class="hidden" id="data-preloaded"
 data-preloaded="{escape('{"a b": "c d"} ' * 900)}"></div>{MENU}<div id="topic-title"><h1><a class="fancy-title" href="#">{title}</a></h1></div>
<div class="post-stream">{"".join(rows)}</div></body></html>"""


def discourse_crawled(posts: tuple[Said, ...] = POSTS, *, title: str = "Sore SI joint") -> str:
    """Return a topic as Discourse writes it where no script runs."""
    rows = "".join(
        f"""<div id='post_{number}' itemprop='comment' itemscope itemtype='http://schema.org/Comment' class='topic-body crawler-post'>
<div class='crawler-post-meta'><span class="creator" itemprop="author" itemscope><a itemprop="url" rel="nofollow" href='/u/x'>
<span itemprop='name'>{escape(said.author)}</span></a></span><span class="crawler-post-infos">
<time itemprop='datePublished' datetime='2021-03-0{4 + number}T15:12:00Z' class='post-time'>March {4 + number}, 2021, 3:12pm</time>
<span itemprop='position'>{number}</span></span></div><div class='post' itemprop='text'>{said.html}</div></div>"""
        for number, said in enumerate(posts, start=1)
    )
    return f"<!DOCTYPE html><html><body class='crawler'>{MENU}<div id='topic-title'><h1><a href='#'>{title}</a></h1></div>{rows}</body></html>"


def phpbb(posts: tuple[Said, ...] = POSTS, *, title: str = "Sore SI joint") -> str:
    """Return a topic as prosilver writes it."""
    rows = []
    for number, said in enumerate(posts):
        quoted = said.quoted
        quote = (
            f'<blockquote><div><cite><a href="#">{escape(quoted[0])}</a> wrote: <a href="#">↑</a>'
            f'<span class="responsive-hide">Fri Mar 05, 2021 3:12 pm</span></cite>{escape(quoted[1])}</div></blockquote>'
            if quoted
            else ""
        )
        rows.append(
            f"""<div id="p{70 + number}" class="post has-profile bg{number % 2}"><div class="inner"><dl class="postprofile" id="profile{number}">
<dt class="has-profile-rank no-avatar"><div class="avatar-container"></div><a href="#" class="username-coloured">{escape(said.author)}</a></dt>
<dd class="profile-rank">{said.role}</dd><dd class="profile-posts"><strong>Posts:</strong> 12</dd></dl>
<div class="postbody"><div id="post_content{70 + number}"><h3><a href="#p{70 + number}">Re: {title}</a></h3>
<p class="author"><a class="unread" href="#"><i></i><span class="sr-only">Post</span></a><span class="responsive-hide">by <strong>
<a href="#" class="username-coloured">{escape(said.author)}</a></strong> &raquo; </span>
<time datetime="2021-03-0{5 + number}T15:12:00+00:00">Fri Mar 0{5 + number}, 2021 3:12 pm</time></p>
<div class="content">{quote}{said.html}</div><div class="notice">Last edited by me</div>
<div id="sig{number}" class="signature">My races: none</div></div></div></div></div>"""
        )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"></head><body id="phpbb">{MENU}
<h2 class="topic-title"><a href="#">{title}</a></h2>{"<hr>".join(rows)}</body></html>"""


FORUMS = {"bbpress": bbpress, "discourse": discourse, "phpbb": phpbb}
