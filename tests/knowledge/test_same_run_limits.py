import re
from importlib.resources import files

import pytest

from evengait.core.errors import RuleError
from evengait.knowledge.same_run import read_limits, same_run_limits

TEXT = files("evengait.knowledge").joinpath("same_run.toml").read_text("utf-8")


def test_every_threshold_has_a_value_and_its_reason() -> None:
    limits = same_run_limits()
    assert limits.part_of == 0.8
    assert TEXT.count("\nwhy = ") == TEXT.count("\nvalue = ")


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("part_of", "portion"),
        TEXT + '\n[another]\nvalue = 1\nwhy = "x"\n',
        re.sub(r"why = .*", 'why = ""', TEXT, count=1),
        TEXT.replace("value = 25\n", 'value = "far"\n'),
        TEXT + "[part_of",
    ],
)
def test_a_threshold_too_many_too_few_or_without_reason_is_refused(text: str) -> None:
    with pytest.raises(RuleError, match="same_run"):
        read_limits(text)
