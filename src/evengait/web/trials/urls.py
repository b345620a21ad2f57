"""Addresses of the self-trials."""

from __future__ import annotations

from django.urls import path

from evengait.core.language import marked
from evengait.web.base.places import Place
from evengait.web.trials import views

app_name = "trials"
place = Place(
    marked("Trials"), "trials:home", order=60, about=marked("Find out whether something helps you.")
)
urlpatterns = [
    path("trials/", views.home, name="home"),
    path("trials/new/", views.new, name="new"),
    path("trials/start/", views.start, name="start"),
    path("trials/<uuid:trial>/", views.show, name="show"),
    path("trials/<uuid:trial>/calendar/", views.calendar, name="calendar"),
    path("trials/<uuid:trial>/end/", views.end, name="end"),
]
