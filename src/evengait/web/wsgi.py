"""The desk as a WSGI application, for any server: ``gunicorn evengait.web.wsgi``.

The home is ``EVENGAIT_HOME``; the worker runs beside it: ``python -m evengait.web.worker``.
"""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application

from evengait.storage.home import default_home
from evengait.web.opening import open_desk

open_desk(default_home())
application = get_wsgi_application()
