"""What every act of counting shares: one transaction, the protocol's row held, a race answered as a refusal."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, transaction
from psycopg import errors

from shailoo.accounts.models import Office
from shailoo.counting.models import Entry, Protocol
from shailoo.counting.states import BEING_ENTERED, Act, Arc, Eyes, State, arcs
from shailoo.law.outcome import Refused

P = ParamSpec("P")
R = TypeVar("R")

TWO_AT_ONCE = "L36.2.a1"


def act(function: Callable[P, R | Refused]) -> Callable[P, R | Refused]:
    """Carry out `function` in one transaction. A refusal writes nothing; what a race broke becomes a refusal."""

    @wraps(function)
    def carried_out(*args: P.args, **kwargs: P.kwargs) -> R | Refused:
        try:
            with transaction.atomic():
                answer = function(*args, **kwargs)
                if isinstance(answer, Refused):
                    transaction.set_rollback(True)
                return answer
        except IntegrityError as broken:
            return _told(broken)
        except OperationalError as broken:
            if isinstance(broken.__cause__, errors.DeadlockDetected | errors.SerializationFailure):
                return Refused.because(TWO_AT_ONCE, "somebody_acted_at_the_same_time")
            raise

    return carried_out


def _told(broken: IntegrityError) -> Refused:
    """The refusal that names the guarantee of the database which a race, or a fault of ours, ran into."""
    cause = broken.__cause__
    name = cause.diag.constraint_name if isinstance(cause, errors.Error) else None
    if isinstance(cause, errors.UniqueViolation):
        return Refused.because(TWO_AT_ONCE, "somebody_was_first", guarantee=name or "")
    return Refused.because(TWO_AT_ONCE, "the_database_refuses", guarantee=name or "")


def locked(pk: int) -> Protocol:
    """The protocol as it stands now, its row held until the transaction ends, with what every act needs of it."""
    related = ("voting__election", "tec__body", "precinct")
    return Protocol.objects.select_related(*related).select_for_update(of=("self",)).get(pk=pk)


def step(protocol: Protocol, act: Act) -> Arc | Refused:
    """The arc that `act` follows from where the protocol stands, or the refusal that says where it stands."""
    found = arcs(State(protocol.state), act)
    return found[0] if found else not_open(protocol, act)


def not_open(protocol: Protocol, act: Act) -> Refused:
    """The act is not open in this state: says the state, and whose office holds the entry (never a person's name)."""
    holder = open_entry(protocol) if State(protocol.state) in BEING_ENTERED else None
    if holder is None:
        return Refused.because(TWO_AT_ONCE, "act_not_open", state=protocol.state, act=act.value)
    office = holder.office
    return Refused.because(
        TWO_AT_ONCE, "held_by_another", state=protocol.state, act=act.value, role=office.role, body=office.body.code
    )


def open_entry(protocol: Protocol) -> Entry | None:
    """The entry that is being made now."""
    entries = protocol.entries.filter(round=protocol.round, finished_at=None, released_at=None)
    return entries.select_related("office__body").first()


def seen_by(protocol: Protocol, by: Office, eyes: Eyes) -> Refused | None:
    """None where four eyes allow the person (L36.2), else the refusal. A holder is checked by the entry itself."""
    entries = protocol.entries.filter(round=protocol.round, released_at=None, person_id=by.person_id)
    if eyes is Eyes.OTHER:
        again = protocol.state == State.FIRST_REENTERED
        if entries.filter(again=again).exists():
            return Refused.because("L36.2.a1", "another_person_enters_second")
    if eyes is Eyes.THIRD and entries.exists():
        return Refused.because("L36.2.b1", "a_third_person_decides")
    return None


def election(protocol: Protocol) -> str:
    """The slug of the election whose protocol it is."""
    return protocol.voting.election.slug


def move(protocol: Protocol, target: State) -> None:
    """Set where the protocol stands; the database holds the table of states."""
    protocol.state = target.value
    Protocol.objects.filter(pk=protocol.pk).update(state=target.value, round=protocol.round)


def subject(protocol: Protocol) -> str:
    """The protocol's name in the ledger."""
    return f"protocol:{protocol.pk}"
