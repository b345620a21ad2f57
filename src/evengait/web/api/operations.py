"""The API with every operation: a new part is imported here, or it is not there."""

from evengait.web.api import (  # noqa: F401 - each adds its operations
    cases,
    diary,
    imports,
    plans,
    problems,
    proposals,
    sessions,
    shoes,
    tokens,
    trials,
)
from evengait.web.api.interface import api

__all__ = ["api"]
