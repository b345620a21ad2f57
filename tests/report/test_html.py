"""The page: one file, nothing from outside, honest in every state."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from html.parser import HTMLParser

import polars as pl
import pytest
from pages import GENERATED, STATES, page

from evengait.core.errors import UsageError
from evengait.report.html import render_html
from evengait.report.tables import week_rows
from made_up import made_up_explanation, made_up_exposures

VOID = {"meta", "link", "br", "hr", "img", "input"}


class Outline(HTMLParser):
    """Check that every tag is closed, and collect ids, references and headings."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.refs: set[str] = set()
        self.headings: list[int] = []

    def handle_starttag(self, tag, attrs) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if given.get("id"):
            self.ids.append(given["id"])
        for name in ("aria-labelledby", "aria-describedby"):
            self.refs |= set((given.get(name) or "").split())
        if (given.get("href") or "").startswith("#"):
            self.refs.add(given["href"][1:])
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_startendtag(self, tag, attrs) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def outline(html: str) -> Outline:
    parsed = Outline()
    parsed.feed(html)
    assert parsed.open == []
    return parsed


@pytest.mark.parametrize("state", STATES)
def test_every_tag_is_closed_every_id_is_one_and_every_reference_leads_somewhere(state) -> None:
    parsed = outline(page(state))
    assert len(parsed.ids) == len(set(parsed.ids))
    assert parsed.refs <= set(parsed.ids)


@pytest.mark.parametrize("state", STATES)
def test_headings_go_down_by_one_step_at_a_time(state) -> None:
    levels = outline(page(state)).headings
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("state", STATES)
def test_the_page_loads_nothing(state) -> None:
    html = page(state)
    assert not re.search(r"<(script|link|img|iframe|object|embed|audio|video|base)\b", html)
    assert not re.search(r"\bsrc=|url\(|@import|\bon\w+=", html)
    assert re.findall(r'(?:href|xlink:href)="(?!#|https://doi\.org/)', html) == []
    assert "default-src 'none'" in html


@pytest.mark.parametrize("state", STATES)
def test_the_policy_allows_the_one_style_and_no_other(state) -> None:
    html = page(state)
    style = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    assert len(style) == 1
    assert f"'sha256-{base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()}'" in html
    assert ' style="' not in html, "the policy would ignore it"


@pytest.mark.parametrize("state", STATES)
def test_the_file_is_small(state) -> None:
    assert len(page(state).encode()) < 1_000_000


def test_the_answer_is_the_first_heading_and_how_sure_comes_next() -> None:
    html = page("stands_out")
    order = [
        html.index(f'id="{key}"')
        for key in ("answer", "timeline", "stood-out", "looked-at", "gait", "unknown")
    ]
    assert order == sorted(order)
    assert html.index("How sure") < html.index('id="timeline"')
    assert html.index('id="ask"') < html.index('id="signs"') < html.index('id="sources"')


def test_each_state_has_its_own_first_words() -> None:
    for state, said in (("stands_out", "Something stood out"), ("nothing_unusual", "Nothing stood out"),
                        ("cannot_tell", "Cannot tell yet")):  # fmt: skip
        assert f'<body class="{state}">' in page(state)
        assert said in page(state)


def test_cannot_tell_gives_its_reason_beside_the_answer() -> None:
    html = page("cannot_tell")
    assert html.index("about sixteen months are needed") < html.index('id="timeline"')


def test_without_left_right_data_the_page_says_so_and_draws_none() -> None:
    html = page("no_gait_no_shoes")
    assert "No recording holds left/right data" in html
    assert 'id="gait"' not in html
    assert "No recording holds left/right data" not in page("stands_out")


def test_a_gap_is_explained_only_where_there_is_one() -> None:
    assert "Hatched: nothing was recorded" in page("stands_out")
    assert "Hatched" not in page("no_gait_no_shoes")


def test_what_a_runner_wrote_is_text_and_never_markup() -> None:
    explanation = made_up_explanation()
    explanation["answer"] = "<script>alert(1)</script>"
    explanation["factors"][0]["label"] = '"><img src=x>'
    explanation["caveats"] = ["</ul><b>"]
    table = made_up_exposures().with_columns(shoe=pl.lit("<i>Ride</i>"))
    html = render_html(explanation, table, units="km", generated=GENERATED)
    outline(html)
    assert "<script" not in html
    assert "<img" not in html
    assert "<i>Ride" not in html


def test_sources_keep_their_numbers_where_paper_leaves_some_out() -> None:
    html = page("crowded")
    assert re.findall(r'<li value="(\d+)" id="source-(\d+)"', html) == [
        (str(n), str(n)) for n in range(1, 22)
    ]
    assert html.count('class="further"') == 17


def test_units_are_the_runners() -> None:
    assert "Miles a week" in page("stands_out", "mi")
    metric = page("stands_out", "km")
    assert "Kilometres a week" in metric
    assert not re.search(r"\d\xa0(mi|ft)\b", metric)
    with pytest.raises(UsageError):
        render_html(made_up_explanation(), made_up_exposures(), units="ells", generated=GENERATED)


def test_the_same_input_gives_the_same_page() -> None:
    made = [render_html(made_up_explanation(), made_up_exposures(), generated=GENERATED) for _ in range(2)]
    assert made[0] == made[1]


def test_the_table_says_the_same_as_the_picture_week_by_week() -> None:
    header, rows = week_rows(made_up_exposures(), made_up_explanation(), None, "mi")
    assert header == ["Week from", "Distance (mi)", "Longest run", "Paved", "Left share", "Shoes"]
    assert len(rows) == 26
    assert sum("pain began" in row[0] for row in rows) == 1
    gap = next(row for row in rows if row[0].startswith("14 September 2026"))
    assert gap[1] == "not known"
