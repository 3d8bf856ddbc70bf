"""What the database itself holds of the register: bodies of trigger functions.

One statement, however many rows: a country of entries is checked at once against the change that brought them, the
precincts that vote, and nothing else. Foreign keys would ask the same of each row, and take a minute for it.
"""

from __future__ import annotations

from shailoo.voters.states import MOVES

_MOVES = ", ".join(f"('{source}', '{target}')" for source, target in MOVES)


def _refuse(name: str, words: str) -> str:
    return f"RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';"


DECIDED = ("state", "decided_by_id", "decided_at", "reason")
DELIVERY_MOVES = f"""
IF OLD.state = NEW.state OR (OLD.state, NEW.state) NOT IN ({_MOVES}) THEN
    {_refuse("a_delivery_moves_along_the_table", "no act leads there")}
END IF;
IF to_jsonb(OLD) - '{{{",".join(DECIDED)}}}'::text[] <> to_jsonb(NEW) - '{{{",".join(DECIDED)}}}'::text[] THEN
    {_refuse("what_a_delivery_is_does_not_change", "what a delivery is does not change")}
END IF;
RETURN NEW;
"""  # a trigger's body: nothing of it comes from outside

DELIVERY_IS_NEXT = f"""
IF NEW.number <> 1 + (SELECT count(*) FROM voters_delivery d
                      WHERE d.register_id = NEW.register_id AND d.state = 'accepted') THEN
    {_refuse("deliveries_come_without_gaps", "deliveries come one after the other")}
END IF;
IF EXISTS (SELECT 1 FROM voters_closing c WHERE c.register_id = NEW.register_id) THEN
    {_refuse("closed_lists_take_no_delivery", "the lists are closed")}
END IF;
RETURN NEW;
"""  # noqa: S608  # as above

CHANGE_IS_NEXT = f"""
IF NEW.number <> 1 + (SELECT coalesce(max(c.number), 0) FROM voters_change c WHERE c.register_id = NEW.register_id)
   OR EXISTS (SELECT 1 FROM voters_change c WHERE c.register_id = NEW.register_id AND c.at >= NEW.at) THEN
    {_refuse("changes_come_one_after_the_other", "changes come one after the other")}
END IF;
IF EXISTS (SELECT 1 FROM voters_closing c WHERE c.register_id = NEW.register_id) THEN
    {_refuse("closed_lists_do_not_change", "the lists are closed")}
END IF;
IF NOT EXISTS (SELECT 1 FROM voters_delivery d WHERE d.id = NEW.delivery_id AND d.register_id = NEW.register_id
               AND d.state = 'checked') THEN
    {_refuse("a_change_is_by_a_delivery_of_its_register", "no such delivery is open")}
END IF;
RETURN NEW;
"""  # noqa: S608  # as above

_LAST = "(SELECT max(l.number) FROM voters_change l WHERE l.register_id = c.register_id)"
ENTRIES_OPEN = f"""
WITH n AS MATERIALIZED (
    SELECT DISTINCT register_id, opened_by_id, since, until, closed_by_id, precinct_id, region_id FROM new_rows
)
SELECT 'entries_open_with_the_last_change' INTO broken FROM n
LEFT JOIN voters_change c ON c.id = n.opened_by_id AND c.register_id = n.register_id
WHERE c.id IS NULL OR c.at <> n.since OR n.until IS NOT NULL OR n.closed_by_id IS NOT NULL OR c.number <> {_LAST}
UNION ALL
SELECT 'entries_stand_in_precincts_that_vote' FROM n
JOIN voters_register r ON r.id = n.register_id
LEFT JOIN elections_votingprecinct v ON v.voting_id = r.voting_id AND v.precinct_id = n.precinct_id
          AND v.region_id = n.region_id
WHERE v.id IS NULL
LIMIT 1;
IF broken = 'entries_open_with_the_last_change' THEN
    {_refuse("entries_open_with_the_last_change", "an entry opens with the last change of its register")}
ELSIF broken IS NOT NULL THEN
    {_refuse("entries_stand_in_precincts_that_vote", "an entry stands in a precinct that votes")}
END IF;
RETURN NULL;
"""  # noqa: S608  # as above

ENTRIES_CLOSE = f"""
IF EXISTS (
    SELECT 1 FROM (SELECT DISTINCT register_id, closed_by_id, until FROM new_rows) n
    LEFT JOIN voters_change c ON c.id = n.closed_by_id AND c.register_id = n.register_id
    WHERE c.id IS NULL OR c.at IS DISTINCT FROM n.until OR c.number <> {_LAST}
) THEN
    {_refuse("entries_close_with_the_last_change", "an entry closes with the last change of its register")}
END IF;
RETURN NULL;
"""  # noqa: S608  # as above

STANDS = (
    "register_id",
    "region_id",
    "precinct_id",
    "pin",
    "surname",
    "name",
    "patronymic",
    "sex",
    "born",
    "basis",
    "district",
    "locality",
    "street",
    "house",
    "flat",
    "since",
    "opened_by_id",
    "opened_because",
)
"""The columns of an entry that never change."""
_OLD = ", ".join(f"OLD.{name}" for name in STANDS)
_NEW = ", ".join(f"NEW.{name}" for name in STANDS)
STAYS = f"OLD.until IS NOT NULL OR NEW.until IS NULL OR ({_OLD}) IS DISTINCT FROM ({_NEW})"
"""When a change of an entry is refused: it was closed before, is not closed by it, or becomes another."""

KEYS = ("a_person_has_one_current_entry", "entries_of_a_precinct")
"""The keys of the large table that are made anew when the first delivery of an installation fills it."""
KEYS_STAND = f"""
IF (SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = 'voters_entry'::regclass AND i.indisvalid AND c.relname IN {KEYS}) <> {len(KEYS)} THEN
    {_refuse("entries_have_their_keys", "the entries have lost their keys")}
END IF;
RETURN NULL;
"""  # noqa: S608  # names of ours

_PATH = "SET search_path = public, pg_temp"
FILL = f"""
CREATE FUNCTION voters_entries_without_keys() RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER {_PATH} AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM voters_entry) THEN RETURN false; END IF;
    LOCK TABLE voters_entry IN ACCESS EXCLUSIVE MODE;
    IF EXISTS (SELECT 1 FROM voters_entry) THEN RETURN false; END IF;
    INSERT INTO voters_filling (at) VALUES (statement_timestamp());
    ALTER TABLE voters_entry DROP CONSTRAINT a_person_has_one_current_entry;
    DROP INDEX entries_of_a_precinct;
    RETURN true;
END
$$;
CREATE FUNCTION voters_entries_with_keys() RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER {_PATH} AS $$
BEGIN
    CREATE UNIQUE INDEX a_person_has_one_current_entry
        ON voters_entry (register_id, pin, until) NULLS NOT DISTINCT;
    ALTER TABLE voters_entry ADD CONSTRAINT a_person_has_one_current_entry
        UNIQUE USING INDEX a_person_has_one_current_entry;
    CREATE INDEX entries_of_a_precinct ON voters_entry (precinct_id, register_id);
    RETURN true;
END
$$;
"""  # noqa: S608  # names of ours
"""Only an empty table loses its keys, in a transaction that does not end without them (`KEYS_STAND`)."""
NO_FILL = "DROP FUNCTION voters_entries_without_keys(); DROP FUNCTION voters_entries_with_keys();"
