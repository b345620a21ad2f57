"""The API with every operation: a new part is imported here, or it is not there."""

from evengait.web.api import diary, imports, plans, problems, sessions, tokens, trials  # noqa: F401 - each adds its operations
from evengait.web.api.interface import api

__all__ = ["api"]
