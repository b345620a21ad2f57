"""Addresses of taking everything along."""

from __future__ import annotations

from django.urls import path

from evengait.web.takeouts import views

app_name = "takeouts"
urlpatterns = [
    path("you/take/", views.home, name="home"),
    path("you/take/begin/", views.begin, name="begin"),
    path("you/take/progress/", views.progress, name="progress"),
    path("you/take/<uuid:takeout>/", views.download, name="download"),
]
