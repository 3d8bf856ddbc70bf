"""A delivery of one voter in the scene of another department, for the tests that knock at every door."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from shailoo.accounts.models import Body, Office
from shailoo.accounts.roles import Kind, Role
from shailoo.elections.models import Voting
from shailoo.ledger import minisign
from shailoo.voters.actions import receive_delivery, register_key
from shailoo.voters.exchange.manifest import COLUMNS, FORMAT, File, Manifest, Source
from shailoo.voters.exchange.manifest import Kind as Deliveries
from shailoo.voters.exchange.signing import key_of
from shailoo.voters.models import Delivery
from tests.commissions.sittings import done
from tests.voters.scene import office, row, sealed, true, written


def a_delivery(voting: Voting, chair: Office, at: datetime) -> Delivery:
    """A delivery that waits for its decision, signed by a key that the chair of the CEC has registered."""
    names = {f"name_{code}": "Service" for code in ("ky", "ru", "en")}
    body, _made = Body.objects.get_or_create(code="SRS", defaults={"kind": Kind.STATE_BODY, **names})
    service = office("service-of-voters", body, Role.STATE_REGISTRY_SERVICE)
    with TemporaryDirectory() as folder:
        key = key_of(Path(folder) / "key")
    done(register_key("Service", minisign.public_key(key).encoded, since=at, by=chair, at=at))
    columns, rows = COLUMNS[Deliveries.FULL], [row()]
    content = written(rows, columns)
    file = File(**true(content, rows))  # type: ignore[arg-type]  # fields by name
    made_at, slug = at - timedelta(hours=1), voting.election.slug
    manifest = Manifest(FORMAT, Deliveries.FULL, 1, slug, Source.REGISTER, made_at, file, columns)
    return done(receive_delivery(sealed(manifest.written(), content, key), by=service, at=at))
