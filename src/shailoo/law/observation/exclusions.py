"""Which offices shut out which mandates: the exclusion lists of Art. 9, 10-1, 17, 19 and 20 as data.

Mandates that shut out each other stand in `conflicts`, what a mandate asks of its holder in `people`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from shailoo.law.editions import Edition
from shailoo.law.editions.chapters.observation import DeputiesExcluded
from shailoo.law.observation.people import Mandate, Office, Person
from shailoo.law.outcome import Finding, NormId, Severity, Step, applies

_AUTHORIZED: Mapping[Office, NormId] = MappingProxyType(
    {
        Office.JOGORKU_KENESH_DEPUTY: "L19.2.1",
        Office.LOCAL_DEPUTY: "L19.2.1",
        Office.GOVERNMENT_MEMBER: "L19.2.2",
        Office.PRESIDENT_OFFICE_OFFICER: "L19.2.3",
        Office.JOGORKU_KENESH_OFFICE_OFFICER: "L19.2.4",
        Office.GOVERNMENT_OFFICE_OFFICER: "L19.2.5",
        Office.STATE_OFFICIAL: "L19.2.6",
        Office.LOCAL_OFFICIAL: "L19.2.7",
        Office.JUDGE: "L19.2.8",
        Office.SERVICEMAN: "L19.2.9",
        Office.LAW_ENFORCEMENT_OFFICER: "L19.2.10",
        Office.PROSECUTOR: "L19.2.10",  # a law enforcement body by L1.d20.4
        Office.FISCAL_OFFICER: "L19.2.11",
    }
)

BARRED: Mapping[Mandate, Mapping[Office, NormId]] = MappingProxyType(
    {
        Mandate.OBSERVER: {
            Office.JOGORKU_KENESH_DEPUTY: "L9.3.a2.1",
            Office.LOCAL_DEPUTY: "L9.3.a2.2",
            Office.GOVERNMENT_MEMBER: "L9.3.a2.3",
            Office.STATE_OFFICIAL: "L9.3.a2.3",
            Office.LOCAL_OFFICIAL: "L9.3.a2.4",
            Office.JUDGE: "L9.3.a2.7",
            Office.PROSECUTOR: "L9.3.a2.8",
            Office.LAW_ENFORCEMENT_OFFICER: "L9.3.a2.9",
            Office.FISCAL_OFFICER: "L9.3.a2.10",
            Office.SERVICEMAN: "L9.3.a2.11",
        },
        Mandate.CITIZEN_OBSERVER: {
            Office.JOGORKU_KENESH_DEPUTY: "L10-1.4.1",
            Office.LOCAL_DEPUTY: "L10-1.4.2",
            Office.GOVERNMENT_MEMBER: "L10-1.4.3",
            Office.STATE_OFFICIAL: "L10-1.4.3",
            Office.LOCAL_OFFICIAL: "L10-1.4.4",
            Office.JUDGE: "L10-1.4.8",
            Office.PROSECUTOR: "L10-1.4.9",
            Office.LAW_ENFORCEMENT_OFFICER: "L10-1.4.10",
            Office.FISCAL_OFFICER: "L10-1.4.11",
            Office.SERVICEMAN: "L10-1.4.12",
        },
        Mandate.COMMISSION_REPRESENTATIVE: {
            Office.JOGORKU_KENESH_DEPUTY: "L17.4.1",
            Office.LOCAL_DEPUTY: "L17.4.1",
            Office.GOVERNMENT_MEMBER: "L17.4.2",
            Office.PRESIDENT_OFFICE_OFFICER: "L17.4.3",
            Office.GOVERNMENT_OFFICE_OFFICER: "L17.4.4",
            Office.JOGORKU_KENESH_OFFICE_OFFICER: "L17.4.5",
            Office.STATE_OFFICIAL: "L17.4.6",
            Office.LOCAL_OFFICIAL: "L17.4.7",
            Office.JUDGE: "L17.4.8",
            Office.SERVICEMAN: "L17.4.10",
            Office.LAW_ENFORCEMENT_OFFICER: "L17.4.11",
            Office.PROSECUTOR: "L17.4.11",
            Office.FISCAL_OFFICER: "L17.4.12",
        },
        Mandate.AUTHORIZED_REPRESENTATIVE: _AUTHORIZED,
        Mandate.FINANCIAL_REPRESENTATIVE: _AUTHORIZED,
        Mandate.PROXY: {  # servicemen are not in this list
            Office.JOGORKU_KENESH_DEPUTY: "L20.3.1",
            Office.LOCAL_DEPUTY: "L20.3.1",
            Office.GOVERNMENT_MEMBER: "L20.3.2",
            Office.PRESIDENT_OFFICE_OFFICER: "L20.3.3",
            Office.GOVERNMENT_OFFICE_OFFICER: "L20.3.4",
            Office.JOGORKU_KENESH_OFFICE_OFFICER: "L20.3.5",
            Office.STATE_OFFICIAL: "L20.3.6",
            Office.LOCAL_OFFICIAL: "L20.3.7",
            Office.JUDGE: "L20.3.9",
            Office.LAW_ENFORCEMENT_OFFICER: "L20.3.10",
            Office.PROSECUTOR: "L20.3.10",
            Office.FISCAL_OFFICER: "L20.3.11",
        },
    }
)
"""Mandate -> the offices whose holders may not have it, each with its item of the list."""

LISTS: Mapping[Mandate, NormId] = MappingProxyType(
    {
        Mandate.OBSERVER: "L9.3.a2",
        Mandate.CITIZEN_OBSERVER: "L10-1.4",
        Mandate.COMMISSION_REPRESENTATIVE: "L17.4",
        Mandate.AUTHORIZED_REPRESENTATIVE: "L19.2",
        Mandate.FINANCIAL_REPRESENTATIVE: "L19.2",
        Mandate.PROXY: "L20.3",
    }
)
"""Mandate -> the norm that holds its exclusion list. International observers and media have none."""

_DEPUTIES_UNQUALIFIED = frozenset({"L17.4.1", "L19.2.1", "L20.3.1"})  # "deputies", without saying of what
_NO_ADVANTAGE: Mapping[Mandate, NormId] = MappingProxyType(
    {
        Mandate.COMMISSION_REPRESENTATIVE: "L17.6",
        Mandate.AUTHORIZED_REPRESENTATIVE: "L19.6",
        Mandate.FINANCIAL_REPRESENTATIVE: "L19.6",
    }
)
_IN_PUBLIC_SERVICE = (Office.STATE_EMPLOYEE, Office.MUNICIPAL_EMPLOYEE)


def barring(mandate: Mandate, office: Office, edition: Edition) -> NormId | None:
    """The item of the law that shuts a holder of `office` out of `mandate`, None where none does."""
    norm = BARRED.get(mandate, {}).get(office)
    only_parliament = edition.deputies_excluded is DeputiesExcluded.JOGORKU_KENESH
    if norm in _DEPUTIES_UNQUALIFIED and office is Office.LOCAL_DEPUTY and only_parliament:
        return None
    return norm


@applies("L9.3.a2", "L10-1.4", "L17.4", "L17.6", "L19.2", "L19.6", "L20.3", "L20.6.3")
def exclusions(mandate: Mandate, person: Person, edition: Edition) -> list[Step | Finding]:
    """A finding for every office that bars the mandate, and what an office that does not bar obliges to."""
    found: list[Step | Finding] = []
    for office in sorted(person.offices):
        norm = barring(mandate, office, edition)
        facts = {"mandate": mandate.value, "excluded_office": office.value}
        if norm is not None:
            found.append(Finding(norm, "mandate_barred_by_office", Severity.ERROR, facts, ("person.offices",)))
        elif office in _IN_PUBLIC_SERVICE and mandate in _NO_ADVANTAGE:
            found.append(Step(_NO_ADVANTAGE[mandate], "mandate_without_advantage_of_office", facts))
        elif mandate is Mandate.PROXY and office is Office.SERVICEMAN:
            found.append(Finding("L20.3", "proxy_serviceman_not_named", Severity.WARNING, facts, ("person.offices",)))
        elif mandate is Mandate.PROXY and office is Office.MEDIA_WORKER:
            found.append(Finding("L20.6.3", "proxy_in_the_media", Severity.WARNING, facts, ("person.offices",)))
    if mandate in LISTS and not any(isinstance(each, Finding) and each.severity is Severity.ERROR for each in found):
        found.append(Step(LISTS[mandate], "mandate_not_excluded_by_office", {"mandate": mandate.value}))
    return found
