"""``evengait thread``: a forum thread into posts and the advice in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, BinaryIO

import click

from evengait.core.language import say, say_many

if TYPE_CHECKING:
    from evengait.actions.take_thread import ThreadReading


@click.command(name="thread")
@click.argument("thread", type=click.File("rb"), metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(thread: BinaryIO, as_json: bool) -> None:
    r"""Read a forum thread: who wrote what, what was advised, and what is known of it.

    FILE is a page saved from the browser (bbPress, Discourse, phpBB) or text copied from one; `-` reads standard input.
    Nothing is kept. It is said what was advised and by whom, not whether it is right; roles are the forum's own words.

    Example:

    \b
      evengait thread topic.html
    """
    from evengait.actions.take_thread import take_thread, thread_document

    reading = take_thread(thread.read())
    if as_json:
        click.echo(json.dumps(thread_document(reading), ensure_ascii=False, indent=1))
    else:
        _show(reading)


def _show(reading: ThreadReading) -> None:
    from evengait.actions.take_thread import NO_ENTRY
    from evengait.knowledge import evidence

    thread = reading.thread
    click.echo(f"{thread.title or say('A thread')}: {say_many('{n} post', '{n} posts', len(thread.posts))}\n")
    for post in thread.posts:
        told = [
            post.author or say("somebody without a name"),
            post.role,
            say("opened the thread") if post.opener else None,
        ]
        told.append(post.written.isoformat() if post.written else post.when)
        first = " ".join(post.text.split())
        click.echo(f"{post.number:>3}  {', '.join(word for word in told if word)}")
        click.echo(f"     {first[:90]}{'…' if len(first) > 90 else ''}")
    if thread.left_out:
        click.echo(
            "\n"
            + say_many(
                "Not read, because it was too much: {n} part.",
                "Not read, because it was too much: {n} parts.",
                thread.left_out,
            )
        )
    click.echo("\n" + say_many("{n} piece of advice", "{n} pieces of advice", len(reading.advice)) + "\n")
    for advised in reading.advice:
        sign = "" if advised.stance == "for" else say("against: ")
        click.echo(f"{advised.post:>3}  {sign}{advised.topic.title} ({advised.by or say('without a name')})")
        click.echo("     " + say("“{words}”", words=advised.words))
        for key in advised.topic.evidence:
            click.echo(f"     {evidence()[key].shown_grade}: {evidence()[key].says}")
        if not advised.topic.evidence:
            click.echo(f"     {say(NO_ENTRY)}")
    click.echo("\n" + say("What was advised, not whether it is right. Grades: A strongest, D weakest."))
