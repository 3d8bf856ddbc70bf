"""What the server says of a code or a number at a commission's door, for a browser without JavaScript."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from shailoo.accounts.models import Body
from shailoo.documents.certificates import queries as certificates
from shailoo.documents.certificates.checking import Verdict
from shailoo.documents.certificates.models import Certificate
from shailoo.elections.models import Election
from shailoo.law.outcome import Finding
from shailoo.observation.checkin.door import Comer, coming_in, of_same_sender
from shailoo.observation.queries.presence import Present, comers, inside, place_of, senders_of

NUMBER = re.compile(r"\s*([A-Za-z]{2}-\d{4}-\d{5,8})\s*", re.ASCII)
LISTED, UNKNOWN_NUMBER, ANOTHER_ELECTION = "listed", "unknown_number", "another_election"
GOOD = (Verdict.VALID.value, LISTED)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is shown of one who stands at the door. `comer` is None where nobody can be noted."""

    verdict: str
    number: str = ""
    certificate: Certificate | None = None
    comer: Comer | None = None
    sender: Body | None = None
    inside: bool = False
    findings: tuple[Finding, ...] = ()
    others: tuple[Present, ...] = ()  # observers of the same sender who are inside

    @property
    def good(self) -> bool:
        """Whether the certificate holds: what else speaks against it stands in the findings."""
        return self.verdict in GOOD


def look(text: str, commission: Body, election: Election, at: datetime) -> Seen:
    """Whoever brings this code, or a badge with this number, at the instant `at`."""
    typed = NUMBER.fullmatch(text)
    if typed is not None:
        return _by_number(typed[1].upper(), commission, election, at)
    checked = certificates.check_here(text, at)
    if checked.claims is None:
        return Seen(checked.verdict.value)
    return _seen(checked.verdict.value, checked.claims.number, commission, election, at)


def _by_number(number: str, commission: Body, election: Election, at: datetime) -> Seen:
    """Only the number was given: the register knows it or not, and the person shows the rest."""
    certificate = certificates.by_number(number)
    if certificate is None:
        return Seen(UNKNOWN_NUMBER, number)
    standing = certificates.state_of(certificate, at).value
    return _seen(LISTED if standing == Verdict.VALID.value else standing, number, commission, election, at)


def _seen(verdict: str, number: str, commission: Body, election: Election, at: datetime) -> Seen:
    certificate = certificates.by_number(number)
    if certificate is not None and certificate.election not in ("", election.slug) and verdict in GOOD:
        verdict = ANOTHER_ELECTION
    comer = comers([number], election).get(number)
    if comer is None:
        return Seen(verdict, number, certificate)
    present = inside(commission, election, at)
    in_the_room = [each.comer for each in present]
    found = coming_in(comer, in_the_room, place_of(commission, election), at)
    same = {each.certificate for each in of_same_sender(comer, in_the_room)}
    return Seen(
        verdict,
        number,
        certificate,
        comer,
        senders_of([comer.certificate]).get(comer.certificate),
        any(each.certificate == comer.certificate for each in in_the_room),
        found,
        tuple(each for each in present if each.comer.certificate in same),
    )
