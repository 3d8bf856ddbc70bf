"""What every act on the register shares: one transaction, the register's row held, a race answered as a refusal."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, IntegrityError, transaction
from psycopg import errors

from shailoo.law.outcome import Refused
from shailoo.ledger.holding import hold
from shailoo.voters.models import Delivery, Register

P = ParamSpec("P")
R = TypeVar("R")
NORM = "L14.3.a"


def act(function: Callable[P, R | Refused]) -> Callable[P, R | Refused]:
    """Carry out `function` in one transaction. A refusal writes nothing; what a race broke becomes a refusal.

    Of an error of the database nothing but the guarantee's name is told: its words may hold a row.
    """

    @wraps(function)
    def carried_out(*args: P.args, **kwargs: P.kwargs) -> R | Refused:
        try:
            with transaction.atomic():
                answer = function(*args, **kwargs)
                if isinstance(answer, Refused):
                    transaction.set_rollback(True)
                return answer
        except IntegrityError as broken:
            cause = broken.__cause__
            name = cause.diag.constraint_name if isinstance(cause, errors.Error) else None
            return Refused.because(NORM, "the_database_refuses", guarantee=name or "")
        except DatabaseError as broken:
            if isinstance(broken.__cause__, errors.DeadlockDetected | errors.SerializationFailure):
                return Refused.because(NORM, "somebody_acted_at_the_same_time")
            raise

    return carried_out


def held(register: Register) -> Register:
    """The register, held until the transaction ends: acts on one register come one after the other."""
    hold(f"voters_register:{register.pk}")
    return register


def held_delivery(pk: int) -> Delivery:
    """The delivery as it stands now, its register and its row held until the transaction ends."""
    related = ("register__election", "register__voting__election")
    found = Delivery.objects.select_related(*related).get(pk=pk)
    held(found.register)
    return Delivery.objects.select_related(*related).select_for_update(of=("self",)).get(pk=pk)


def subject(delivery: Delivery) -> str:
    """The delivery's name in the ledger."""
    return f"voters_delivery:{delivery.pk}"
