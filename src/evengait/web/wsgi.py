"""The desk as a WSGI application, for any server: ``gunicorn evengait.web.wsgi``."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evengait.web.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
