"""What the database itself holds of the sources: the two functions of an address, and bodies of triggers."""

from __future__ import annotations

from shailoo.voters.sources.states import MOVES

_MOVES = ", ".join(f"('{source}', '{target}')" for source, target in MOVES)

ADDRESS_FUNCTIONS = r"""
CREATE FUNCTION address_key(written text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(regexp_replace(replace(lower(written), 'ё', 'е'),
        '(^|[\s.,"«»-]+)(ул|улица|көч|көчө|көчөсү|с|село|айыл|айылы|г|город|шаар|шаары)(?=$|[\s.,"«»-])', ' ', 'g'),
        '[\s.,"«»-]+', ' ', 'g'))
$$;
CREATE FUNCTION address_house(written text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT substring(written FROM '^\s*([0-9]{1,5})(?![0-9])')::integer
$$;
"""
"""How an address is compared: without case, marks and the words "street", "village", "town"; a house by its number."""
NO_ADDRESS_FUNCTIONS = "DROP FUNCTION address_key(text); DROP FUNCTION address_house(text);"

REPORT_MOVES = f"""
IF OLD.state = NEW.state OR (OLD.state, NEW.state) NOT IN ({_MOVES}) THEN
    RAISE EXCEPTION 'no act leads there'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_report_moves_along_the_table';
END IF;
IF to_jsonb(OLD) - 'state' <> to_jsonb(NEW) - 'state' THEN
    RAISE EXCEPTION 'what a report is does not change'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'what_a_report_is_does_not_change';
END IF;
RETURN NEW;
"""  # a trigger's body: nothing of it comes from outside

APPROVED_BY_DECISION = """
IF NOT EXISTS (
    SELECT 1 FROM commissions_decision d
    WHERE d.id = NEW.carries_out_id AND d.matter = 'precincts' AND d.taken_at <= NEW.at
      AND d.subject = 'address_plan:' || NEW.plan_id
) THEN
    RAISE EXCEPTION 'borders are approved by a decision on them'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'addresses_are_approved_by_a_decision';
END IF;
RETURN NEW;
"""

ONE_ANSWER = """
IF EXISTS (SELECT 1 FROM voter_sources_planapproval a WHERE a.plan_id = NEW.plan_id)
   OR EXISTS (SELECT 1 FROM voter_sources_planreturn r WHERE r.plan_id = NEW.plan_id) THEN
    RAISE EXCEPTION 'a plan is answered once' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_plan_is_answered_once';
END IF;
RETURN NEW;
"""
