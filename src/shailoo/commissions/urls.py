"""Addresses of commissions at the desk: sittings, decisions, and what our commission consists of."""

from django.urls import path

from shailoo.commissions.views import asking, composition, decisions, minutes, session, sittings

app_name = "commissions"
urlpatterns = [
    path("sittings/", sittings.index, name="sittings"),
    path("sittings/call/", sittings.call, name="call"),
    path("sittings/ask/", asking.ask, name="ask"),
    path("sittings/<int:pk>/", sittings.sitting, name="sitting"),
    path("sittings/<int:pk>/open/", sittings.begin, name="open"),
    path("sittings/<int:pk>/close/", sittings.close, name="close"),
    path("sittings/<int:pk>/cancel/", sittings.cancel, name="cancel"),
    path("sittings/<int:pk>/propose/", sittings.propose, name="propose"),
    path("sittings/<int:pk>/present/", session.attend, name="attend"),
    path("sittings/<int:pk>/guests/", session.welcome, name="welcome"),
    path("sittings/<int:pk>/guests/<int:number>/leave/", session.farewell, name="farewell"),
    path("sittings/<int:pk>/minutes/", minutes.index, name="minutes"),
    path("sittings/<int:pk>/minutes/draft/", minutes.draft, name="draft_minutes"),
    path("sittings/<int:pk>/minutes/<int:number>/", minutes.version, name="minutes_version"),
    path("sittings/<int:pk>/minutes/<int:number>/sign/", minutes.sign, name="sign_minutes"),
    path("sittings/<int:pk>/minutes/<int:number>/publish/", minutes.publish, name="publish_minutes"),
    path("sittings/<int:pk>/minutes/<int:before>/<int:after>/", minutes.difference, name="minutes_difference"),
    path("sittings/questions/<int:pk>/include/", sittings.include, name="include"),
    path("sittings/questions/<int:pk>/decline/", sittings.decline, name="decline"),
    path("sittings/questions/<int:pk>/demand/", sittings.demand, name="demand"),
    path("sittings/questions/<int:pk>/agenda-vote/", sittings.agenda_vote, name="agenda_vote"),
    path("sittings/questions/<int:pk>/motion/", session.put, name="put"),
    path("sittings/motions/<int:pk>/votes/", session.vote, name="vote"),
    path("decisions/", decisions.index, name="decisions"),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path("decisions/<int:pk>/publish/", decisions.publish, name="publish"),
    path("decisions/<int:pk>/dissent/", decisions.dissent, name="dissent"),
    path("decisions/<int:pk>/opinions/<int:number>/", decisions.opinion, name="opinion"),
    path("commission/", composition.index, name="composition"),
    path("commission/contact/", composition.contact, name="contact"),
    path("commission/seats/", composition.seats, name="seats"),
    path("commission/divisions/", composition.form_division, name="form_division"),
    path("commission/divisions/<int:pk>/", composition.change_division, name="change_division"),
    path("commission/divisions/<int:pk>/end/", composition.end_division, name="end_division"),
    path("commission/groups/", composition.form_group, name="form_group"),
    path("commission/groups/<int:pk>/", composition.change_group, name="change_group"),
    path("commission/groups/<int:pk>/end/", composition.end_group, name="end_group"),
]
