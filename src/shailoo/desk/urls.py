"""Addresses of the desk's own pages; the departments' pages stand under /desk/<department>/."""

from django.urls import path

from shailoo.desk import inviting, keys, people, readings, record, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("people/", people.listed, name="people"),
    path("people/people.csv", people.file, name="people_file"),
    path("people/<int:person>/", people.one, name="person"),
    path("invitations/", inviting.listed, name="invitations"),
    path("invitations/new/", inviting.new, name="invite"),
    path("invitations/<int:invitation>/withdraw/", inviting.withdraw, name="withdraw"),
    path("record/", record.page, name="record"),
    path("record/acts.csv", record.file, name="record_file"),
    path("record/acts/<chain:chain>/<place:sequence>/", record.act, name="record_act"),
    path("keys/", keys.listed, name="keys"),
    path("keys/new/", keys.choose, name="choose_for_key"),
    path("keys/new/<int:office>/", keys.issue, name="issue_key"),
    path("keys/<int:key>/revoke/", keys.revoke, name="revoke_key"),
    path("readings/", readings.page, name="readings"),
    path("readings/readings.csv", readings.file, name="readings_file"),
]
