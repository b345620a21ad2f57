"""What exercises are called: ids, the library's names, and those of apps."""

from __future__ import annotations

from evengait.core.errors import UsageError
from evengait.core.language import kept_by_language, speaking
from evengait.knowledge.strength_book import exercises


@kept_by_language
def ids_by_name() -> dict[str, str]:
    """Return every name in small letters with the id it stands for; English ones in every language.

    Examples
    --------
    >>> ids_by_name()["squat (barbell)"], ids_by_name()["bird dog"]
    ('barbell_squat', 'bird_dog')
    """
    with speaking("en"):
        english = exercises()
    return {
        name.casefold(): e.id
        for book in (english, exercises())
        for e in book.values()
        for name in (*e.other_names, e.name, e.id)
    }


@kept_by_language
def titles() -> dict[str, str]:
    """Return by id what apps call an exercise, its own name where none has one."""
    return {e.id: e.other_names[0] if e.other_names else e.name for e in exercises().values()}


def exercise_id(word: str) -> str:
    """Return the id of an exercise from its id or any of its names; ``own:<name>`` stays.

    Raises
    ------
    UsageError
        No exercise is called so.

    Examples
    --------
    >>> exercise_id("Bird dog"), exercise_id("own:sled")
    ('bird_dog', 'own:sled')
    """
    if word.startswith("own:") and word != "own:":
        return word
    found = ids_by_name().get(word.strip().casefold())
    if found is None:
        raise UsageError(
            "No exercise of the library is called so. List them with: evengait strength exercises. For one of your own "
            "write own: before its name."
        )
    return found
