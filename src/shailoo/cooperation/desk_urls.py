"""Addresses of cooperation at the desk, below /<language>/desk/cooperation/."""

from django.urls import path

from shailoo.cooperation.views import delegations, desk, invitations, letters

app_name = "cooperation_desk"
urlpatterns = [
    path("", desk.index, name="index"),
    path("open/", desk.open_register, name="open"),
    path("renewals/", desk.renewals, name="renewals"),
    path("register/<slug:plural>.<slug:kind>", desk.records_file, name="records_file"),
    path("register/<slug:plural>/", desk.records, name="records"),
    path("register/<slug:plural>/new/", desk.enter, name="enter"),
    path("register/<slug:plural>/<int:pk>/", desk.record, name="record"),
    path("register/<slug:plural>/<int:pk>/change/", desk.change, name="change"),
    path("register/<slug:plural>/<int:pk>/strike/", desk.strike_out, name="strike_out"),
    path("register/<slug:plural>/<int:pk>/publish/", desk.publish, name="publish"),
    path("register/<slug:plural>/<int:pk>/withhold/", desk.withhold, name="withhold"),
    path("register/<slug:plural>/<int:pk>/files/new/", desk.add_file, name="add_file"),
    path("register/<slug:plural>/<int:pk>/files/<slug:digest>/", desk.file, name="file"),
    path("letters/", letters.index, name="letters"),
    path("letters.<slug:kind>", letters.index_file, name="letters_file"),
    path("letters/new/", letters.register_one, name="register_letter"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("letters/<int:pk>/close/", letters.close, name="close_letter"),
    path("letters/<int:pk>/scan/", letters.scan, name="scan"),
    path("invitations/", invitations.index, name="elections"),
    path("invitations/<slug:slug>/", invitations.of_election, name="invitations"),
    path("invitations/<slug:slug>.<slug:kind>", invitations.of_election_file, name="invitations_file"),
    path("invitations/<slug:slug>/invite/", invitations.invite, name="invite"),
    path("invitations/<slug:slug>/propose/", invitations.propose, name="propose"),
    path("invitations/<slug:slug>/proposals/<int:pk>/decline/", invitations.decline, name="decline"),
    path("invitations/<slug:slug>/<int:pk>/answer/", invitations.answer, name="answer"),
    path("invitations/<slug:slug>/<int:pk>/delivered/", invitations.delivered, name="delivered"),
    path("invitations/<slug:slug>/<int:pk>/withdraw/", invitations.withdraw, name="withdraw"),
    path("delegations/", delegations.index, name="delegations"),
    path("delegations/<int:pk>/", delegations.delegation, name="delegation"),
    path("delegations/<int:pk>/passports/", delegations.passports, name="passports"),
    path("delegations/<int:pk>/new/", delegations.enter, name="enter_delegate"),
    path("delegations/<int:pk>/erase/", delegations.erase, name="erase_passports"),
    path("delegations/<int:pk>/<int:delegate>/leave/", delegations.leave, name="leave"),
]
