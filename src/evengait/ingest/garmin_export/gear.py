"""Garmin's ``gear.json``: the pairs of shoes, and which activity was run in which."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from evengait.core.errors import IngestError
from evengait.core.reasons import kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ENDING = "gear.json"
_SHOES = "shoes"
_DAMAGED = kept("Garmin's list of gear is damaged, so its shoes were left out.")


def is_gear(name: str) -> bool:
    """Tell whether a file is a list of gear, by its name.

    Examples
    --------
    >>> is_gear("DI_CONNECT/DI-Connect-Fitness/me@example.org_gear.json"), is_gear("climbing-gear.json")
    (True, False)
    """
    last = name.rpartition("/")[2].lower()
    return last == _ENDING or last.endswith("_" + _ENDING)


def read_gear(data: bytes) -> dict[int, str]:
    r"""Return the shoe of each activity that has one.

    A pair is called by its make and model and by the nickname that the runner gave it. Pairs that would be called the
    same are told apart by the day they were taken into use. Of several pairs on one activity the newest counts.

    Parameters
    ----------
    data : bytes

    Raises
    ------
    IngestError
        It is no list of gear.

    Examples
    --------
    >>> read_gear(b'[{"gearDTOS": [{"gearPk": 3, "gearTypeName": "Shoes", "customMakeModel": "Hoka Speedgoat 5",'
    ...           b' "displayName": "blue"}], "gearActivityDTOs": {"3": [{"activityId": 7, "gearPk": 3}]}}]')
    {7: 'Hoka Speedgoat 5 blue'}
    """
    try:
        root = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise IngestError(_DAMAGED) from error
    found: dict[int, str] = {}
    for part in root if isinstance(root, list) else [root]:
        if not isinstance(part, dict) or not isinstance(part.get("gearDTOS"), list):
            raise IngestError(_DAMAGED)
        names = _names([item for item in part["gearDTOS"] if isinstance(item, dict)])
        for pair in sorted(names):
            found |= dict.fromkeys(_worn(part.get("gearActivityDTOs"), pair), names[pair])
    return found


def _names(items: list[Mapping[str, Any]]) -> dict[int, str]:
    shoes = {
        int(item["gearPk"]): item
        for item in items
        if isinstance(item.get("gearPk"), int | float) and _is_shoe(item) and _name(item)
    }
    same = Counter(_name(item) for item in shoes.values())
    return {
        pair: _name(item) if same[_name(item)] == 1 else f"{_name(item)} ({_since(item) or pair})"
        for pair, item in shoes.items()
    }


def _is_shoe(item: Mapping[str, Any]) -> bool:
    kind = item.get("gearTypeName")
    return not isinstance(kind, str) or kind.strip().lower() in {_SHOES, ""}


def _name(item: Mapping[str, Any]) -> str:
    model = _text(item, "customMakeModel") or f"{_text(item, 'gearMakeName')} {_text(item, 'gearModelName')}"
    nickname = _text(item, "displayName")
    if nickname.casefold() in model.casefold():
        return model.strip()
    return f"{model.strip()} {nickname}".strip()


def _since(item: Mapping[str, Any]) -> str:
    begun = item.get("dateBegin")
    return f"from {begun[:10]}" if isinstance(begun, str) and begun else ""


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _worn(links: object, pair: int) -> Iterator[int]:
    rows = links.get(str(pair)) if isinstance(links, dict) else None
    for row in rows if isinstance(rows, list) else ():
        activity = row.get("activityId") if isinstance(row, dict) else None
        if isinstance(activity, int | float):
            yield int(activity)
