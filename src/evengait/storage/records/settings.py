"""Django's settings, shared by the command line and the desk; read from the environment once a process.

The desk's own part (middleware, templates, sign-in) is in ``evengait.web.settings``, which adds to this one.
"""

from __future__ import annotations

import os

from evengait.storage.home import default_home
from evengait.storage.records.database import database_settings
from evengait.storage.records.secret import secret_key

HOME = default_home()
SECRET_KEY = os.environ.get("EVENGAIT_SECRET_KEY") or secret_key(HOME)
DATABASES = {"default": database_settings(HOME, os.environ.get("EVENGAIT_DATABASE_URL"))}
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "evengait.storage.records",
]
AUTH_USER_MODEL = "records.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
