"""The addresses of the public pages, below /ky/, /ru/ and /en/."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path, register_converter

from shailoo.portal import design, downloads
from shailoo.portal.views import (
    areas,
    calendar,
    commissions,
    commissions_decisions,
    commissions_sittings,
    home,
    lawbook,
    precinct,
    record,
    record_heads,
    site,
    versions,
    voters,
    why,
)


class Code:
    """A code of an area, commission, precinct or norm: what else stands there is no page (404)."""

    regex = r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Version:
    """The number of a version."""

    regex = r"[1-9][0-9]{0,5}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Dotted:
    """The dotted name of a function of the program."""

    regex = r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*){1,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Chain:
    """The name of a chain of the ledger: the code of the body that acts."""

    regex = r"[^/\x00-\x1f]{1,64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Place:
    """A place in a chain of the ledger, or the number of a head; up to what the database counts."""

    regex = r"[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Subject:
    """The name of a record in the ledger ("voting:1/precinct:1007")."""

    regex = r"[^\x00-\x1f]{1,120}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Form:
    """The form of a calendar to take away."""

    regex = "|".join(calendar.FORMS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Chain, "chain")
register_converter(Code, "code")
register_converter(Dotted, "dotted")
register_converter(Form, "form")
register_converter(Place, "place")
register_converter(Subject, "subject")
register_converter(Version, "version")

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("areas/", areas.index, name="areas"),
    path("areas/<code:code>/", areas.area, name="area"),
    path("commissions/", areas.bodies, name="commissions"),
    path("commissions/<code:code>/", areas.tec, name="tec"),
    path("commissions/<code:code>/members/", commissions.composition, name="composition"),
    path("sittings/", commissions_sittings.index, name="sittings"),
    path("sittings/calendar.ics", commissions_sittings.feed, name="sittings_feed"),
    path("sittings/<code:code>/<version:year>/<version:number>/", commissions_sittings.sitting, name="sitting"),
    path("decisions/", commissions_decisions.index, name="decisions"),
    re_path(r"^decisions\.(?P<form>csv|json|xlsx)$", commissions_decisions.file, name="decisions_file"),
    path("decisions/<code:code>/<version:year>/<version:number>/", commissions_decisions.decision, name="decision"),
    path(
        "decisions/<code:code>/<version:year>/<version:number>/opinions/<version:opinion>/",
        commissions_decisions.opinion,
        name="opinion",
    ),
    path("precincts/", areas.search, name="search"),
    path("precincts/<code:number>/", precinct.precinct, name="precinct"),
    path("precincts/<code:number>/scans/<version:version>/<version:page>/", precinct.scan, name="scan"),
    path("why/", why.why, name="why"),
    path("versions/", versions.index, name="versions"),
    path("versions/<version:version>/", versions.version, name="version"),
    path("versions/<version:version>/bundle.zip", downloads.bundle, name="bundle"),
    path("versions/<version:version>/manifest.json", downloads.manifest, name="manifest"),
    path("versions/<version:version>/manifest.json.minisig", downloads.signature, name="signature"),
    path("downloads/", downloads.index, name="downloads"),
    path("downloads/shailoo.pub", downloads.public_key, name="public_key"),
    re_path(
        r"^downloads/(?P<level>nation|regions|tecs|precincts)\.(?P<form>csv|json|xlsx)$", downloads.table, name="table"
    ),
    path("downloads/results.err.json", downloads.common_data_format, name="err"),
    path("calendar/", calendar.index, name="calendar"),
    path("calendar/<slug:slug>/", calendar.index, name="calendar_of"),
    path("calendar/<slug:slug>.<form:form>", calendar.file, name="calendar_file"),
    path("calendar/<slug:slug>/<code:name>/", calendar.event, name="calendar_event"),
    path("law/", lawbook.index, name="law"),
    path("law/editions/", lawbook.editions, name="editions"),
    path("law/editions/<code:edition>/", lawbook.edition, name="edition"),
    path("law/editions/<code:before>/<code:after>/", lawbook.difference, name="difference"),
    path("law/rules/", lawbook.rules, name="rules"),
    path("law/rules/<dotted:place>/", lawbook.rule, name="rule"),
    path("law/<code:name>/", lawbook.norm, name="norm"),
    path("record/", record.index, name="record"),
    path("record/acts.csv", record.file, {"form": "csv"}, name="record_csv"),
    path("record/acts.json", record.file, {"form": "json"}, name="record_json"),
    path("record/acts.xlsx", record.file, {"form": "xlsx"}, name="record_xlsx"),
    path("record/acts/<chain:chain>/<place:sequence>/", record.act, name="record_act"),
    path("record/acts/<chain:chain>/<place:sequence>/act.json", record.act_file, name="record_act_file"),
    path("record/acts/<chain:chain>/<place:sequence>/proof.json", record.proof_file, name="record_proof"),
    path("record/of/<subject:subject>/", record.of_subject, name="record_of"),
    path("record/heads/", record_heads.index, name="heads"),
    path("record/heads.atom", record_heads.feed, name="heads_feed"),
    path("record/heads/<place:number>/", record_heads.head, name="head"),
    path("record/heads/<place:number>/head.json", record_heads.head_file, {"kind": "note"}, name="head_note"),
    path(
        "record/heads/<place:number>/head.json.minisig",
        record_heads.head_file,
        {"kind": "signature"},
        name="head_signature",
    ),
    path("record/heads/<place:number>/chains.json", record_heads.head_file, {"kind": "chains"}, name="head_chains"),
    path("record/verify/", record_heads.how, name="record_how"),
    path("record/verify/<slug:name>.py", record_heads.program, name="record_program"),
    path("voters/statistics/", voters.statistics, name="voters_statistics"),
    path("voters/statistics/<code:code>/", voters.statistics, name="voters_statistics_of"),
    re_path(r"^voters/statistics\.(?P<form>csv|json|xlsx)$", voters.statistics_file, name="voters_statistics_file"),
    path("voters/stations/<code:number>/", voters.station, name="voters_station"),
    path("about/", site.about, name="about"),
    path("accessibility/", site.accessibility, name="accessibility"),
    path("design/", design.view, name="design"),
]
