"""Addresses of signing in at home; the server's sign-in is allauth's, below ``account/``."""

from __future__ import annotations

from django.urls import path

from evengait.web.accounts import views

app_name = "accounts"
urlpatterns = [
    path("welcome/", views.welcome, name="welcome"),
    path("enter/<str:key>/", views.enter, name="enter"),
]
