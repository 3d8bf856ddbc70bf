"""Addresses of the desk's own pages; the departments' pages stand under /desk/<department>/."""

from django.urls import path

from shailoo.desk import documents, inviting, keys, people, readings, record, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("people/", people.listed, name="people"),
    path("people/people.csv", people.file, name="people_file"),
    path("people/<int:person>/", people.one, name="person"),
    path("invitations/", inviting.listed, name="invitations"),
    path("invitations/new/", inviting.new, name="invite"),
    path("invitations/<int:invitation>/withdraw/", inviting.withdraw, name="withdraw"),
    path("documents/", documents.page, name="documents"),
    path("documents/list.csv", documents.file, {"form": "csv"}, name="documents_csv"),
    path("documents/list.json", documents.file, {"form": "json"}, name="documents_json"),
    path("documents/list.xlsx", documents.file, {"form": "xlsx"}, name="documents_xlsx"),
    path("record/", record.page, name="record"),
    path("record/acts.csv", record.file, {"form": "csv"}, name="record_file"),
    path("record/acts.xlsx", record.file, {"form": "xlsx"}, name="record_xlsx"),
    path("record/acts/<chain:chain>/<place:sequence>/", record.act, name="record_act"),
    path("keys/", keys.listed, name="keys"),
    path("keys/new/", keys.choose, name="choose_for_key"),
    path("keys/new/<int:office>/", keys.issue, name="issue_key"),
    path("keys/<int:key>/revoke/", keys.revoke, name="revoke_key"),
    path("readings/", readings.page, name="readings"),
    path("readings/readings.csv", readings.file, name="readings_file"),
]
