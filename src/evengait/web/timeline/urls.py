"""Addresses of the timeline."""

from __future__ import annotations

from django.urls import path

from evengait.core.language import marked
from evengait.web.base.places import Place
from evengait.web.timeline import views

app_name = "timeline"
place = Place(
    marked("Timeline"), "timeline:home", order=30, about=marked("Years, months, runs in one picture.")
)
urlpatterns = [
    path("timeline/", views.home, name="home"),
    path("timeline/year/<day:on>/", views.year, name="year"),
    path("timeline/month/<day:on>/", views.month, name="month"),
    path("timeline/run/<slug:session>/", views.run, name="run"),
]
