"""Whatever is sent, the API answers as its description says, and never fails.

Made-up requests for every operation, good and bad ones, to a real server. How many of each: EVENGAIT_API_EXAMPLES, 5
where it is left out; ``EVENGAIT_API_EXAMPLES=200 pytest -s tests/web/api/test_any_request.py`` prints what came.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from cast import Cast

EXAMPLES = int(os.environ.get("EVENGAIT_API_EXAMPLES", "5"))


def test_any_request_is_answered_as_described(live: str, cast: Cast) -> None:
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_headers_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    checks = [
        not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
        response_schema_conformance,
    ]  # fmt: skip
    described = schemathesis.openapi.from_url(f"{live}/api/v1/openapi.json", timeout=120)
    headers = {"Authorization": f"Bearer {cast.program('owner').secret}"}
    came: Counter[str] = Counter()
    operations = 0
    for found in described.get_all_operations():
        operations += 1
        _ask(found.ok(), cast.ids, headers, checks, came)
    told = ", ".join(f"{status}: {count}" for status, count in sorted(came.items()))
    sys.stdout.write(f"\n{sum(came.values()):,} requests to {operations} operations; {told}\n")
    assert operations >= 37
    assert not any(status.startswith("5") for status in came)
    assert sum(count for status, count in came.items() if status.startswith("2")) > operations


def _ask(
    operation: Any, ids: dict[str, str], headers: dict[str, str], checks: Any, came: Counter[str]
) -> None:
    from django.core.cache import cache
    from schemathesis import GenerationMode

    def asked(case: Any, hers: bool) -> None:
        cache.clear()  # how often one may ask is another test's
        if hers and case.path_parameters:
            case.path_parameters = {key: ids.get(key, value) for key, value in case.path_parameters.items()}
        answer = case.call_and_validate(headers=headers, checks=checks, timeout=120)  # a busy machine is slow
        came[str(answer.status_code)] += 1

    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        strategy = operation.as_strategy(generation_mode=mode)
        unhurried = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
        limits = settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=unhurried,
        )
        try:
            limits(given(case=strategy, hers=st.booleans())(asked))()
        except Exception as error:
            if "Unsatisfiable" not in type(error).__name__:
                raise
