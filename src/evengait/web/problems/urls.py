"""Addresses of what hurts."""

from __future__ import annotations

from django.urls import path

from evengait.core.language import marked
from evengait.web.base.places import Place
from evengait.web.problems import views

app_name = "problems"
place = Place(
    marked("What hurts"),
    "problems:home",
    order=35,
    about=marked("Pains, what to do first, what was unusual."),
)
urlpatterns = [
    path("hurts/", views.home, name="home"),
    path("hurts/new/", views.new, name="new"),
    path("hurts/<uuid:problem>/", views.show, name="show"),
    path("hurts/<uuid:problem>/edit/", views.edit, name="edit"),
    path("hurts/<uuid:problem>/questions/", views.questions, name="questions"),
    path("hurts/<uuid:problem>/working/", views.working, name="working"),
    path("hurts/<uuid:problem>/report/", views.report, name="report"),
    path("hurts/<uuid:problem>/end/", views.end, name="end"),
    path("hurts/<uuid:problem>/delete/", views.delete, name="delete"),
]
