"""The words of templates: found where they stand, put back in another language."""

from __future__ import annotations

from pathlib import Path

import pytest

import evengait
from evengait.core.template_words import in_words, messages

TEMPLATES = sorted(Path(evengait.__file__).parent.rglob("*.html"))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>One</p> <p>Two</p>", ["One", "Two"]),
        ("<p>Since {{ day }}. <a href='x'>Change</a></p>", ["Since {{ day }}. <a>Change</a>"]),
        ("<li><b>{{ n }}</b> <a href='/'>Open</a> <i>Gone</i></li>", ["Open", "Gone"]),
        ("<h1>{% if new %}What hurts?{% else %}Change it.{% endif %}</h1>", ["What hurts?", "Change it."]),
        ("<p>{{ n }} run{{ n|pluralize }}</p>", ["{{ n }} run{{ n|pluralize }}"]),
        ("<p><b>a</b> and <b class='c'>c</b></p>", ["<b>a</b> and <b.2>c</b.2>"]),
        ('<button data-sure=\'no\' data-sure="Really?" class="Big">Go</button>', ["Really?", "Go"]),
        ('<a title="{% if x %}Here{% endif %}">{{ n }} &nbsp;·</a>', ["Here"]),
        ("{% if x %}<p>Yes</p>{% endif %} and then", ["Yes", "and then"]),
        ("<script>const a = 'Word';</script><style>.word{}</style><!-- Word --><code>word</code>", []),
        ("{% comment %}Not shown{% endcomment %}{# nor this #}<p>\n  Two\n  lines </p>", ["Two lines"]),
        ("<p>Name <input name='n' required></p>", ["Name"]),
    ],
)
def test_the_words_of_a_block_are_one_message(source: str, found: list[str]) -> None:
    assert messages(source) == found


def test_a_translation_moves_elements_and_keeps_their_attributes() -> None:
    source = '<p>It is <a class="x" href="{% url \'a\' %}" title="Page">here</a>, <b>now</b>.</p>'
    said = {"It is <a>here</a>, <b>now</b>.": "<b>Jetzt</b> ist es <a>hier</a>.", "Page": "Seite"}
    assert (
        in_words(source, said.__getitem__)
        == '<p><b>Jetzt</b> ist es <a class="x" href="{% url \'a\' %}" title="Seite">hier</a>.</p>'
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_itself_when_nothing_is_translated(path: Path) -> None:
    source = path.read_text("utf-8")
    assert in_words(source, lambda message: message).split() == source.split()
