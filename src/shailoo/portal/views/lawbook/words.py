"""The closed sets of the law's data in words: kinds, areas, statuses, ways, departments, natures of correlations."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shailoo.law.coverage import Status, Way
from shailoo.law.norms import Area, Kind
from shailoo.law.protocol import Nature

KINDS: Mapping[Kind, Promise] = {
    Kind.DEADLINE: _("Deadline"),
    Kind.DEFINITION: _("Definition"),
    Kind.DOCUMENT: _("Document required"),
    Kind.DUTY: _("Duty"),
    Kind.ELIGIBILITY: _("Eligibility"),
    Kind.FORMULA: _("Formula"),
    Kind.LIABILITY: _("Liability"),
    Kind.PROCEDURE: _("Procedure"),
    Kind.PROHIBITION: _("Prohibition"),
    Kind.PUBLICATION: _("Duty to publish"),
    Kind.RIGHT: _("Right"),
    Kind.TERM: _("Term of office or of force"),
    Kind.THRESHOLD: _("Threshold"),
}
AREAS: Mapping[Area, Promise] = {
    Area.BALLOTS: _("Ballots"),
    Area.CALENDAR: _("Calling and calendar"),
    Area.CAMPAIGN: _("Campaigning"),
    Area.COMMISSIONS: _("Election commissions"),
    Area.COMPLAINTS: _("Complaints"),
    Area.COOPERATION: _("Cooperation of state bodies"),
    Area.COUNTING: _("Counting of votes"),
    Area.DETERMINATION: _("Determination of results"),
    Area.FINANCE: _("Campaign funds and finance"),
    Area.IDENTITY: _("Terms and persons"),
    Area.MANDATES: _("Mandates"),
    Area.MEDIA: _("Mass media"),
    Area.NOMINATION: _("Nomination"),
    Area.OBSERVERS: _("Observers"),
    Area.POLLING_DAY: _("Election day"),
    Area.PUBLICATION: _("Publication"),
    Area.REGISTRATION: _("Registration of candidates"),
    Area.REPRESENTATIVES: _("Representatives of candidates and parties"),
    Area.SANCTIONS: _("Sanctions"),
    Area.TABULATION: _("Tabulation"),
    Area.TERRITORY: _("Precincts and territory"),
    Area.VOTERS: _("Voters and voter lists"),
}
NATURES: Mapping[Nature, Promise] = {
    Nature.DEFINITION: _("one figure is defined by the others"),
    Nature.ACCOUNTING: _(
        "every ballot, voter or cheque must be somewhere; a true count is never bent, a difference goes into an act"
    ),
    Nature.LIMIT: _("a maximum or minimum of the law"),
    Nature.SOURCE: _("two independent sources must agree"),
    Nature.PROCEDURE: _("times, signatures, copies, decisions"),
    Nature.TRIGGER: _("a breach switches on a consequence of the law"),
}
STATUSES: Mapping[Status, tuple[Promise, Promise]] = {
    # status -> its name, what it means
    Status.DECIDED: (_("decided by a rule"), _("The program decides by this norm, and a test shows that it does.")),
    Status.DATED: (_("in the calendar"), _("The calendar of every election computes this term.")),
    Status.RECORDED: (_("recorded"), _("An act or a document of the program keeps record of it.")),
    Status.HUMAN: (_("decided by people"), _("No program can decide this; people do.")),
    Status.OPEN: (_("not yet carried out"), _("The program does not carry out this norm yet.")),
}
COLOURS: Mapping[Status, str] = {
    Status.DECIDED: "green",
    Status.DATED: "blue",
    Status.RECORDED: "turquoise",
    Status.HUMAN: "purple",
    Status.OPEN: "grey",
}
WAYS: Mapping[Way, Promise] = {
    Way.PRINCIPLE: _("It is a general principle or an aim."),
    Way.DEFINITION: _("It gives the meaning of a word that other norms use."),
    Way.CONDUCT: _("It is about conduct, which people watch and may complain about."),
    Way.COURT: _("A court, a prosecutor or a law enforcement body decides."),
    Way.OTHER_BODY: _("Another body acts under its own law."),
    Way.DISCRETION: _("A commission weighs and decides."),
    Way.REPEALED: _("It is repealed: nothing is left to keep."),
}
ROOMS: Mapping[str, Promise] = {
    # the department that will take a norm that is still open
    "accounts": _("accounts and offices"),
    "ballots": _("ballots"),
    "campaign": _("campaigning and mass media"),
    "commissions": _("election commissions"),
    "complaints": _("complaints"),
    "cooperation": _("cooperation with state bodies"),
    "counting": _("counting of votes"),
    "elections": _("elections and their calendar"),
    "funds": _("campaign funds"),
    "nominations": _("nomination and registration"),
    "observation": _("observation and representation"),
    "polling": _("election day"),
    "results": _("results"),
    "territory": _("precincts and territory"),
    "voters": _("voter lists"),
}
