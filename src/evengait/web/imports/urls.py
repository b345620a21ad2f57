"""Addresses of bringing runs in."""

from __future__ import annotations

from django.urls import path

from evengait.core.language import marked
from evengait.web.base.places import Place
from evengait.web.imports import views

app_name = "imports"
place = Place(
    marked("Archive"),
    "imports:home",
    order=80,
    about=marked("Bring runs in, see what came, take an import back."),
)
urlpatterns = [
    path("archive/", views.home, name="home"),
    path("archive/begin/", views.begin, name="begin"),
    path("archive/undo/", views.undo, name="undo"),
    path("archive/<uuid:job>/", views.show, name="job"),
    path("archive/<uuid:job>/piece/", views.piece, name="piece"),
    path("archive/<uuid:job>/received/", views.received, name="received"),
    path("archive/<uuid:job>/drop/", views.drop, name="drop"),
    path("archive/<uuid:job>/progress/", views.progress, name="progress"),
]
