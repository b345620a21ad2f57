"""The packages that only a cohort needs: an extra, so that a runner's laptop does without."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from evengait.core.errors import UsageError
from evengait.core.language import say


def needed(module: str) -> Any:
    """Return a module of the extra.

    Raises
    ------
    UsageError
        It is not installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] != module.split(".")[0]:
            raise
        package = module.split(".")[0].replace("sklearn", "scikit-learn")
        raise UsageError(
            say(
                "The cohort needs the package {package}. Install what it needs: pip install 'evengait[cohort]'",
                package=package,
            )
        ) from None
