"""Addresses of the calendar."""

from __future__ import annotations

from django.urls import path

from evengait.core.language import marked
from evengait.web.base.places import Place
from evengait.web.calendar import views

app_name = "calendar"
place = Place(
    marked("Calendar"),
    "calendar:home",
    order=20,
    about=marked("What was run, what is planned, where it hurt."),
)
urlpatterns = [
    path("calendar/", views.home, name="home"),
    path("calendar/month/<day:on>/", views.month, name="month"),
    path("calendar/week/<day:on>/", views.week, name="week"),
    path("calendar/day/<day:on>/", views.day, name="day"),
]
