"""Addresses of a coach's and a clinician's side."""

from __future__ import annotations

from django.urls import path

from evengait.core.language import marked
from evengait.web.base.places import Place
from evengait.web.coaching import views

app_name = "coaching"
place = Place(
    marked("My runners"), "coaching:home", whom="beside", order=12, about=marked("Those you stand beside.")
)
urlpatterns = [
    path("my-runners/", views.home, name="home"),
    path("my-runners/<uuid:tie>/", views.runner, name="runner"),
    path("my-runners/<uuid:tie>/end/", views.end, name="end"),
]
