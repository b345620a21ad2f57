"""Addresses of an account; signing in on a server is allauth's, below ``account/``."""

from __future__ import annotations

from django.urls import path

from evengait.core.language import marked
from evengait.web.accounts import views
from evengait.web.base.places import Place

app_name = "accounts"
place = Place(
    marked("You"), "accounts:me", whom="everybody", order=90, about=marked("Units, time zone, your account.")
)
urlpatterns = [
    path("welcome/", views.welcome, name="welcome"),
    path("enter/<str:key>/", views.enter, name="enter"),
    path("join/<str:key>/", views.join, name="join"),
    path("invite/", views.invite, name="invite"),
    path("you/", views.me, name="me"),
    path("you/delete/", views.delete, name="delete"),
]
