"""Every address of the desk: each room's own, the sign-in's, the admin's."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from evengait.web.accounts.views import admin_login

handler400 = "evengait.web.base.errors.unreadable"
handler403 = "evengait.web.base.errors.forbidden"
handler404 = "evengait.web.base.errors.not_found"
handler429 = "evengait.web.base.errors.too_often"
handler500 = "evengait.web.base.errors.failed"

# A second factor guards the admin as it guards every other page: its own sign-in is never shown.
admin.site.login = admin_login  # type: ignore[assignment,method-assign] # the site offers no other way
admin.site.site_header = admin.site.site_title = _("evengait: accounts")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"evengait.web.{room}.urls"))
    for room in settings.ROOMS
    if find_spec(f"evengait.web.{room}.urls")
]
urlpatterns += [
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
