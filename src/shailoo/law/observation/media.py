"""Accreditation of mass media and what their representatives may do (Art. 11)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from shailoo.law.editions import Edition
from shailoo.law.observation.people import Mandate
from shailoo.law.observation.powers import Assessed, Deeds, judge
from shailoo.law.outcome import Finding, Outcome, Severity, Step, applies


@dataclass(frozen=True, slots=True)
class MediaRequest:
    """A medium's request to the Commission, and what its representative wants to do.

    `requested_on` is the local day of the request, `written` whether it is in writing. `accredited_on` is None before
    the accreditation. `revoked` is that of the representative. `copy_asked` says that a representative asked to certify
    a copy of a protocol, `copy_certified` that the commission did.
    """

    written: bool | None
    requested_on: date | None
    on: date
    accredited_on: date | None = None
    revoked: bool = False
    deeds: Deeds = field(default_factory=Deeds)
    copy_asked: bool = False
    copy_certified: bool | None = None

    def __post_init__(self) -> None:
        if self.requested_on and self.accredited_on and self.accredited_on < self.requested_on:
            raise ValueError("an accreditation cannot come before the request")


@dataclass(frozen=True, slots=True)
class MediaStanding:
    """Whether the medium can be accredited and is on the day asked, and the rights of its representative then."""

    admissible: bool
    accredited: bool
    conduct: Assessed


@applies("L11.1", "L11.2", "L11.3", "L11.4")
def media(facts: MediaRequest, _edition: Edition) -> Outcome[MediaStanding]:
    """Whether a medium is accredited on a day, which rights its representative has, and whether copies are certified.

    The law sets no term for the Commission's answer, and no ground on which it could refuse.
    """
    request = list(_request(facts))
    admissible = not any(isinstance(each, Finding) for each in request)
    accredited = (
        admissible and not facts.revoked and facts.accredited_on is not None and facts.accredited_on <= facts.on
    )
    deeds = facts.deeds if accredited else _without_force(facts.deeds)
    conduct, told = judge(Mandate.MEDIA_REPRESENTATIVE, deeds)
    found = [*request, *_accreditation(facts), *told, *_certified(facts)]
    steps = tuple(each for each in found if isinstance(each, Step))
    findings = tuple(each for each in found if isinstance(each, Finding))
    return Outcome(MediaStanding(admissible, accredited, conduct), steps, findings)


def _without_force(deeds: Deeds) -> Deeds:
    return Deeds(deeds.rights, deeds.acts, deeds.met, deeds.failed, in_force=False)


def _request(facts: MediaRequest) -> Iterator[Step | Finding]:
    if facts.written is not True:
        yield Finding("L11.1", "media_request_not_written", Severity.ERROR, fields=("written",))
    if facts.requested_on is None:
        yield Finding("L11.1", "media_request_without_day", Severity.ERROR, fields=("requested_on",))
    elif facts.written:
        yield Step("L11.1", "media_request_written", {"requested": facts.requested_on})


def _accreditation(facts: MediaRequest) -> Iterator[Step | Finding]:
    if facts.revoked:
        yield Finding("L11.4", "media_accreditation_revoked", Severity.ERROR, fields=("revoked",))
    elif facts.accredited_on is None:
        yield Step("L11.1", "media_not_yet_accredited")
    elif facts.on < facts.accredited_on:
        yield Step("L11.1", "media_accredited_later", {"since": facts.accredited_on})
    else:
        yield Step("L11.1", "media_accredited", {"since": facts.accredited_on})


def _certified(facts: MediaRequest) -> Iterator[Step | Finding]:
    """A copy of a protocol, on voting results or on election results, is certified for whoever asks."""
    if not facts.copy_asked:
        return
    if facts.copy_certified:
        yield Step("L11.3", "media_copy_certified")
    else:
        yield Finding("L11.3", "media_copy_to_be_certified", Severity.ERROR, fields=("copy_certified",))
