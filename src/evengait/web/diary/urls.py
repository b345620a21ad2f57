"""Addresses of the diary."""

from __future__ import annotations

from django.urls import path

from evengait.core.language import marked
from evengait.web.base.places import Place
from evengait.web.diary import views

app_name = "diary"
place = Place(marked("Diary"), "diary:home", order=52, about=marked("What you wrote down, day by day."))
urlpatterns = [
    path("diary/", views.home, name="home"),
    path("diary/<day:on>/", views.day, name="day"),
    path("diary/<day:on>/forget/", views.forget, name="forget"),
]
