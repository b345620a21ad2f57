"""Addresses of cases."""

from __future__ import annotations

from django.urls import path

from evengait.core.language import marked
from evengait.web.base.places import Place
from evengait.web.cases import ledger, live, proposing, searching, views

app_name = "cases"
place = Place(
    marked("Cases"),
    "cases:home",
    whom="everybody",
    order=40,
    about=marked("Ask, with your data beside it; answer others."),
)
urlpatterns = [
    path("cases/", views.home, name="home"),
    path("cases/search/", searching.search, name="search"),
    path("cases/new/<uuid:problem>/", views.start, name="start"),
    path("cases/<uuid:case>/", views.show, name="show"),
    path("cases/<uuid:case>/new/", live.new, name="new"),
    path("cases/<uuid:case>/reply/", views.reply, name="reply"),
    path("cases/<uuid:case>/leave/", views.leave, name="leave"),
    path("cases/<uuid:case>/edit/", views.edit, name="edit"),
    path("cases/<uuid:case>/end/", views.end, name="end"),
    path("cases/<uuid:case>/reopen/", views.reopen, name="reopen"),
    path("cases/<uuid:case>/delete/", views.delete, name="delete"),
    path("cases/<uuid:case>/advice/", ledger.show, name="ledger"),
    path("cases/advice/<uuid:advice>/", ledger.judge, name="judge"),
    path("cases/advice/<uuid:advice>/out/", ledger.strike, name="strike"),
    path("cases/proposal/<uuid:proposal>/accept/", proposing.accept, name="accept"),
    path("cases/proposal/<uuid:proposal>/decline/", proposing.decline, name="decline"),
    path("cases/proposal/<uuid:proposal>/done/", proposing.done, name="done"),
    path("cases/proposal/<uuid:proposal>/answer/", proposing.answer, name="answer"),
    path("cases/proposal/<uuid:proposal>/withdraw/", proposing.withdraw, name="withdraw"),
    path("cases/reply/<uuid:reply>/edit/", views.edit_reply, name="edit-reply"),
    path("cases/reply/<uuid:reply>/delete/", views.remove_reply, name="remove-reply"),
]
