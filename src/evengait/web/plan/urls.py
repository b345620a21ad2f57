"""Addresses of the way back."""

from __future__ import annotations

from django.urls import path

from evengait.core.language import marked
from evengait.web.base.places import Place
from evengait.web.plan import files, views

app_name = "plan"
place = Place(marked("Plan"), "plan:home", order=50, about=marked("The way back to running, step by step."))
urlpatterns = [
    path("plan/", views.home, name="home"),
    path("plan/begin/", views.begin, name="begin"),
    path("plan/gate/", views.gate, name="gate"),
    path("plan/former/", views.former, name="former"),
    path("plan/end/", views.end, name="end"),
    path("plan/calendar.ics", files.calendar, name="calendar"),
    path("plan/workouts.zip", files.workouts, name="workouts"),
    path("plan/<day:on>/<slug:kind>.fit", files.workout, name="workout"),
    path("plan/page/", files.page, name="page"),
]
