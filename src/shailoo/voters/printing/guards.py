"""What the database itself holds of printed copies: bodies of trigger functions, made from the table of states."""

from __future__ import annotations

from shailoo.voters.printing.states import Act, State, sources


def _refuse(name: str, words: str) -> str:
    return f"RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';"


def _listed(states: tuple[State, ...]) -> str:
    return ", ".join(f"'{state.value}'" for state in states) or "''"


STANDS = """
SELECT CASE
    WHEN EXISTS (SELECT 1 FROM voter_printing_printedlist a
                 WHERE a.list_id = p.list_id AND a.copy = p.copy AND a.number > p.number) THEN 'replaced'
    WHEN EXISTS (SELECT 1 FROM voter_printing_receipt r JOIN voter_printing_handedcopy h
                 ON h.handover_id = r.handover_id WHERE h.printed_id = p.id) THEN 'received'
    WHEN EXISTS (SELECT 1 FROM voter_printing_handedcopy h WHERE h.printed_id = p.id) THEN 'handed'
    WHEN EXISTS (SELECT 1 FROM voter_printing_binding b WHERE b.printed_id = p.id) THEN 'bound'
    ELSE 'printed' END AS state, p.copy
FROM voter_printing_printedlist p WHERE p.id = NEW.printed_id
"""
"""Where the copy of a new row stands, from the acts on record."""
DECLARED = [("here", "record")]


def only_from(act: Act, name: str) -> str:
    """A row of this act is added only where the table of states has an arc for it."""
    signed, plain = (_listed(sources(act, signed=each)) for each in (True, False))
    return f"""
SELECT * INTO here FROM ({STANDS}) s;
IF (here.copy = 'full' AND here.state NOT IN ({signed}))
   OR (here.copy <> 'full' AND here.state NOT IN ({plain})) THEN
    {_refuse(name, "no act leads there")}
END IF;
RETURN NEW;
"""  # noqa: S608  # a trigger's body: nothing of it comes from outside


PRINTED_IS_NEXT = f"""
IF NEW.number <> 1 + (SELECT count(*) FROM voter_printing_printedlist p
                      WHERE p.list_id = NEW.list_id AND p.copy = NEW.copy) THEN
    {_refuse("printed_copies_come_without_gaps", "printed copies come one after the other")}
END IF;
IF NOT EXISTS (
    SELECT 1 FROM voter_lists_voterlist l JOIN voter_printing_batch b ON b.edition_id = l.edition_id
    WHERE l.id = NEW.list_id AND b.id = NEW.batch_id AND b.copy = NEW.copy AND l.voters = NEW.voters
) THEN
    {_refuse("a_printed_copy_is_of_its_batch", "the copy is not of this batch")}
END IF;
RETURN NEW;
"""  # noqa: S608  # a trigger's body: nothing of it comes from outside

HANDED_TO_ITS_PRECINCT = f"""
IF NOT EXISTS (
    SELECT 1 FROM voter_printing_printedlist p JOIN voter_lists_voterlist l ON l.id = p.list_id
    JOIN voter_printing_handover h ON h.id = NEW.handover_id AND h.precinct_id = l.precinct_id
         AND h.edition_id = l.edition_id
    WHERE p.id = NEW.printed_id
) THEN
    {_refuse("a_copy_goes_to_its_own_precinct", "the list is of another precinct")}
END IF;
RETURN NEW;
"""  # noqa: S608  # as above

ACT_HAS_ITS_COPIES = f"""
IF EXISTS (SELECT 1 FROM voter_printing_receipt r WHERE r.handover_id = NEW.handover_id) THEN
    {_refuse("a_received_act_takes_no_copy", "the act was received already")}
END IF;
RETURN NEW;
"""  # noqa: S608  # as above
