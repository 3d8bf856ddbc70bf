"""What the database itself holds of applications: bodies of trigger functions, made from the table of states."""

from __future__ import annotations

from shailoo.voters.applications.states import CHANGED, MOVES, State

_MOVES = ", ".join(f"('{source}', '{target}', '{kind}')" for source, target, kind in MOVES)
_CHANGED = ", ".join(f"'{act}'" for act in sorted(CHANGED))
MOVING = ("state", "version", "moved_at", "due_at", "told_at")
COMPLETED = ("copies_attached", "standard_form", "written", "document", "lives_abroad", "holds_id_card")


def _refuse(name: str, words: str) -> str:
    return f"RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';"


def _without(row: str, columns: tuple[str, ...]) -> str:
    return f"to_jsonb({row}) - '{{{','.join(columns)}}}'::text[]"


MOVES_ALONG = f"""
IF OLD.version <> NEW.version OR OLD.state <> NEW.state THEN
    IF (OLD.state, NEW.state, NEW.kind) NOT IN ({_MOVES}) THEN
        {_refuse("an_application_moves_along_the_table", "no act leads there")}
    END IF;
    IF NEW.version <> OLD.version + 1 OR NOT EXISTS (
        SELECT 1 FROM voter_applications_step s WHERE s.application_id = OLD.id AND s.number = NEW.version
        AND s.source = OLD.state AND s.target = NEW.state
    ) THEN
        {_refuse("a_move_of_an_application_is_on_record", "a move has its step")}
    END IF;
ELSIF OLD.told_at IS NOT NULL OR NEW.told_at IS NULL THEN
    {_refuse("a_voter_is_told_of_an_answer_once", "the voter was told")}
END IF;
IF {_without("OLD", MOVING)} <> {_without("NEW", MOVING)} AND (
    OLD.state <> '{State.RETURNED}' OR NEW.state <> '{State.RECEIVED}'
    OR {_without("OLD", MOVING + COMPLETED)} <> {_without("NEW", MOVING + COMPLETED)}
) THEN
    {_refuse("what_an_application_asks_does_not_change", "what an application asks does not change")}
END IF;
RETURN NEW;
"""  # noqa: S608  # a trigger's body: nothing of it comes from outside

STEP_RESTS = f"""
IF NEW.act IN ({_CHANGED}) AND NOT EXISTS (
    SELECT 1 FROM voter_applications_application a
    JOIN voters_entry e ON e.id = NEW.entry AND e.until IS NULL AND e.precinct_id = a.target_id
    JOIN voters_change c ON c.id = e.opened_by_id AND c.at >= a.received_at
    WHERE a.id = NEW.application_id
) THEN
    {_refuse("a_positive_answer_rests_on_the_register", "the register does not say so")}
END IF;
RETURN NEW;
"""  # noqa: S608  # as above
