"""Addresses that belong to no room."""

from __future__ import annotations

from django.urls import path

from evengait.web.base import views

app_name = "base"
urlpatterns = [
    path("signs/", views.signs, name="signs"),
    path("about/", views.about, name="about"),
    path("more/", views.more, name="more"),
    path("look/", views.look, name="look"),
    path("look-<str:version>.css", views.look_css, name="look-css"),
]
