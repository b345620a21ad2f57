"""Addresses of bringing a thread in."""

from __future__ import annotations

from django.urls import path

from evengait.web.threads import views

app_name = "threads"
urlpatterns = [
    path("cases/<uuid:case>/thread/", views.bring, name="bring"),
    path("cases/<uuid:case>/thread/take/", views.take, name="take"),
]
