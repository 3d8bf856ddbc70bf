"""What results have seen of the calendar: protocols signed, results determined and published."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Min

from shailoo.elections.fulfilment import Done, fulfils
from shailoo.elections.models import Voting
from shailoo.results.models import Determination, Publication, TecProtocol


@fulfils("tec_tabulation", "tec_protocol_delivered", by="tec_protocol.signed")
def tec_protocols_signed(voting: Voting) -> Mapping[int, Done]:
    """Each territorial commission that signed its protocol, with the first time (L36.2, L36.4)."""
    rows = TecProtocol.objects.filter(voting=voting).values_list("tec_id").annotate(Min("at"))
    return {tec: Done(at) for tec, at in rows}


@fulfils("determination_of_results", by="result.determined")
def determined(voting: Voting) -> Mapping[int, Done]:
    """The body that determined the results first (L37.1, L55.2)."""
    first = Determination.objects.filter(voting=voting).select_related("office").order_by("version").first()
    return {first.office.body_id: Done(first.at)} if first and first.office else {}


@fulfils(
    "results_published_full",
    "presidential_result_published",
    "pec_protocols_online",
    "tec_protocols_online",
    by="result.published",
)
def officially_published(voting: Voting) -> Mapping[int, Done]:
    """The body that published the determined results with every protocol (L37-1, L39.3, L58.2, L64.8)."""
    official = Publication.objects.filter(voting=voting, kind=Publication.Kind.OFFICIAL)
    first = official.select_related("office").order_by("version").first()
    return {first.office.body_id: Done(first.at)} if first and first.office else {}
