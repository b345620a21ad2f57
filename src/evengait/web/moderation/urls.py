"""Addresses of moderation."""

from __future__ import annotations

from django.urls import path

from evengait.core.language import marked
from evengait.web.base.places import Place
from evengait.web.moderation import views

app_name = "moderation"
place = Place(
    marked("Moderation"), "moderation:home", whom="moderator", order=90, about=marked("What was reported.")
)
urlpatterns = [
    path("cases/reply/<uuid:reply>/report/", views.report, name="report"),
    path("moderation/", views.home, name="home"),
    path("moderation/<uuid:complaint>/", views.decide, name="decide"),
    path("moderation/case/<uuid:case>/", views.show_again, name="show-again"),
]
