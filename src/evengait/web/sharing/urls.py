"""Addresses of sharing."""

from __future__ import annotations

from django.urls import path

from evengait.web.sharing import views

app_name = "sharing"
urlpatterns = [
    path("cases/<uuid:case>/share/", views.home, name="home"),
    path("cases/<uuid:case>/share/nothing/", views.take_all_back, name="take-all-back"),
    path("cases/<uuid:case>/share/part/<uuid:relation>/", views.part, name="part"),
    path("cases/<uuid:case>/data/", views.data, name="data"),
    path("cases/grant/<uuid:grant>/", views.take_back, name="take-back"),
    path("with/<uuid:key>/", views.come, name="come"),
]
