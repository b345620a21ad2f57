"""Shapes of what the desk works out: an explanation, a screening, an intake, a plan; the contract's documents."""

from typing import Annotated, Any

from pydantic import Field

from evengait.core.red_flag import LEVELS
from evengait.web.api.shapes import Asked, Json, Text, Told


class Intake(Asked):
    """An intake; every key may be absent or null, which is *not asked*: never the same as *no*.

    The fields and their words are those of `evengait intake --json`.
    """

    age: float | None = None
    sex: Text | None = None
    site: Text | None = None
    side: Text | None = None
    onset: Json | None = None
    quality: list[Text] | None = None
    pain: Json | None = None
    worse_with: list[Text] | None = None
    better_with: list[Text] | None = None
    duration_days: float | None = None
    findings: Json | None = None
    history: Json | None = None
    tests: Json | None = None
    training: Json | None = None
    tried: list[Json] | None = None
    marks: list[Json] | None = None
    confirmed: bool | None = None


class IntakeRead(Told):
    """An intake read from a story: not confirmed, with the words behind each value."""

    marks: list[Json]
    confirmed: bool
    findings: Json


class Reason(Told):
    """One rule that fired."""

    rule: str
    because: list[str]
    evidence: list[str]
    grade: str


class Screening(Told):
    """Red flags and what to do next, as `evengait screen --json` prints it. Not a diagnosis."""

    level: Annotated[str, Field(json_schema_extra={"enum": list(LEVELS)})]
    running: Annotated[str, Field(json_schema_extra={"enum": ["stop", "restrict", "continue"]})]
    reasons: list[Reason]
    consider: list[str]
    ask: list[str]
    safety_net: list[Any]
    not_a_diagnosis: str


class Factor(Told):
    """One factor, compared with the runner's own earlier windows."""

    id: str
    window_days: int
    value: float | None
    unit: str
    usual: float | None
    usual_range: list[float] | None
    percentile: float | None
    controls: int
    as_extreme_before: int | None
    stands_out: bool
    missing: str | None
    evidence: list[Any]
    sentence: str | None


class Explanation(Told):
    """What was unusual before a pain began, as `evengait explain --json` prints it."""

    onset: str
    site: str | None
    side: str | None
    coverage: Json
    factors: list[Factor]
    by_chance: Json
    verdict: Annotated[
        str, Field(json_schema_extra={"enum": ["stands_out", "nothing_unusual", "cannot_tell"]})
    ]
    gait: Json | None
    caveats: list[str]


class Waiting(Told):
    """It is being worked out: ask again after Retry-After seconds."""

    state: Annotated[str, Field(json_schema_extra={"enum": ["waiting"]})]


class PlanDocument(Told):
    """The plan, as `evengait plan --json` prints it."""

    state: Annotated[str, Field(json_schema_extra={"enum": ["blocked", "preparing", "running", "returned"]})]
    blocked_by: str | None
    stage: str | None
    days: list[Json]
    decisions: list[Json]
