"""Who follows on a list once more, the slow and plain way: every rank in turn, and nothing taken from the rules."""

from __future__ import annotations


def follower(genders: str, free: set[int], former: int, *, same_gender_first: bool) -> int | None:
    """The rank that follows on a list written as "FMMF…", where `free` ranks may follow; None where the seat is vacant.

    Ranks count from 1. Article 65.4-1: one walk down the list for the same gender, then one for anybody.
    """
    if same_gender_first:
        for rank in range(1, len(genders) + 1):
            if rank in free and genders[rank - 1] == genders[former - 1]:
                return rank
    for rank in range(1, len(genders) + 1):
        if rank in free:
            return rank
    return None
