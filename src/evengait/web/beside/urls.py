"""Addresses of the people beside a runner."""

from __future__ import annotations

from django.urls import path

from evengait.core.language import marked
from evengait.web.base.places import Place
from evengait.web.beside import coming, views

app_name = "beside"
place = Place(
    marked("People beside you"),
    "beside:home",
    order=70,
    about=marked("Your coach, your clinician, what each sees."),
)
urlpatterns = [
    path("beside/", views.home, name="home"),
    path("beside/invite/", views.invite_somebody, name="invite"),
    path("beside/invite/<uuid:case>/", views.invite_to_case, name="invite-to-case"),
    path("beside/invitation/<uuid:invitation>/withdraw/", views.withdraw, name="withdraw"),
    path("beside/<uuid:tie>/", views.sees, name="sees"),
    path("beside/<uuid:tie>/look/", views.look, name="look"),
    path("beside/<uuid:tie>/nothing/", views.nothing, name="nothing"),
    path("beside/<uuid:tie>/end/", views.end, name="end"),
    path("beside/come/<uuid:invitation>/", coming.come, name="come"),
]
