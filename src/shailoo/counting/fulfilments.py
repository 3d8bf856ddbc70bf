"""What counting has seen of the calendar: precinct protocols that reached their territorial commission."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Min

from shailoo.counting.models import Protocol
from shailoo.elections.fulfilment import Done, fulfils
from shailoo.elections.models import Voting


@fulfils("pec_protocol_delivered", by="protocol.taken_over")
def protocols_received(voting: Voting) -> Mapping[int, Done]:
    """Each precinct commission whose protocol was taken over, with the first time (L35.19, L36.1)."""
    rows = Protocol.objects.filter(voting=voting).values_list("precinct__commission__body_id")
    return {body: Done(at) for body, at in rows.annotate(Min("received_at")) if body is not None}
