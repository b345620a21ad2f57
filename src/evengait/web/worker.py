"""Work in the background: ``python -m evengait.web.worker``, started by ``serve``, or by hand on a server."""

from __future__ import annotations

import os


def main() -> None:
    """Take tasks from the queue until told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evengait.web.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("db_worker", interval=0.5, verbosity=0, startup_delay=False)


if __name__ == "__main__":
    main()
