"""Addresses of the pages on sources at the desk, below /<language>/desk/voters/sources/."""

from __future__ import annotations

from django.urls import path

from shailoo.voters.sources.views import addresses, index, institutions, missions

app_name = "voter_sources"
urlpatterns = [
    path("", index.index, name="index"),
    path("addresses/", addresses.plans, name="plans"),
    path("addresses/<int:pk>/", addresses.plan, name="plan"),
    path("addresses/<int:pk>/approve/", addresses.approve, name="approve"),
    path("addresses/<int:pk>/return/", addresses.give_back, name="return_plan"),
    path("placement/", addresses.placement, name="placement"),
    path("placement/<int:number>/streets.<slug:form>", addresses.streets, name="streets"),
    path("missions/", missions.missions, name="missions"),
    path("missions/<int:pk>/", missions.report, name="report"),
    path("missions/<int:pk>/move/<slug:act>/", missions.move, name="move"),
    path("missions/<int:pk>/return/", missions.give_back, name="return_report"),
    path("missions/<int:pk>/voters.csv", missions.voters, name="mission_voters"),
    path("institutions/", institutions.institutions, name="institutions"),
    path("institutions/<int:pk>/", institutions.report, name="institution"),
    path("institutions/<int:pk>/confirm/", institutions.confirm, name="confirm"),
]
