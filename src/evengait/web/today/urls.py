"""Addresses of today."""

from __future__ import annotations

from django.urls import path

from evengait.web.today import views

app_name = "today"
urlpatterns = [
    path("today/tap/", views.tap, name="tap"),
    path("today/undo/", views.undo, name="undo"),
]
