"""Addresses of the start."""

from __future__ import annotations

from django.urls import path

from evengait.core.language import marked
from evengait.web.base.places import Place
from evengait.web.runners import views

app_name = "runners"
place = Place(
    marked("Today"),
    "runners:home",
    whom="everybody",
    order=10,
    about=marked("The day: what it asks, how it was."),
)
urlpatterns = [
    path("", views.home, name="home"),
    path("begin/", views.begin, name="begin"),
    path("made-up/", views.demo, name="demo"),
    path("made-up/progress/", views.demo_progress, name="demo-progress"),
    path("made-up/leave/", views.leave, name="leave-demo"),
]
