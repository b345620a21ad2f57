"""Addresses of the strength block."""

from __future__ import annotations

from django.urls import path

from evengait.core.language import marked
from evengait.web.base.places import Place
from evengait.web.strength import log, views

app_name = "strength"
place = Place(
    marked("Strength"), "strength:home", order=51, about=marked("Six weeks of heavy slow work, and its log.")
)
urlpatterns = [
    path("strength/", views.home, name="home"),
    path("strength/begin/", views.begin, name="begin"),
    path("strength/end/", views.end, name="end"),
    path("strength/sheet/", views.sheet, name="sheet"),
    path("strength/sets.csv", views.export, name="export"),
    path("strength/exercises/", views.library, name="library"),
    path("strength/exercises/<slug:exercise>/", views.exercise, name="exercise"),
    path("strength/log/", log.history, name="history"),
    path("strength/log/of/<slug:key>/", log.of_exercise, name="of-exercise"),
    path("strength/log/<day:on>/", log.day, name="day"),
    path("strength/log/<day:on>/add/", log.add, name="add"),
    path("strength/log/<day:on>/forget/", log.forget, name="forget"),
    path("strength/log/<day:on>/pain/", log.pain, name="pain"),
]
