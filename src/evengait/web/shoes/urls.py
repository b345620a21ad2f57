"""Addresses of the shoes and the ground."""

from __future__ import annotations

from django.urls import path

from evengait.core.language import marked
from evengait.web.base.places import Place
from evengait.web.shoes import views

app_name = "shoes"
place = Place(
    marked("Shoes and ground"),
    "shoes:home",
    order=70,
    about=marked("Kilometres by pair, and what you ran on."),
)
urlpatterns = [
    path("shoes/", views.home, name="home"),
    path("shoes/<slug:key>/", views.pair, name="pair"),
    path("shoes/<slug:key>/merge/", views.merge, name="merge"),
    path("shoes/<slug:key>/part/", views.part, name="part"),
    path("ground/", views.ground, name="ground"),
]
