"""Addresses of notices."""

from __future__ import annotations

from django.urls import path

from evengait.web.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.home, name="home"),
    path("notices/read/", views.read, name="read"),
    path("notices/mail/", views.mail, name="mail"),
    path("cases/<uuid:case>/mute/", views.mute_case, name="mute"),
]
