"""What the database itself checks before a new version of a protocol and before figures are kept.

The texts below are the bodies of trigger functions. A new version carries out a decision: of the CEC on a recount, of
the TEC on a correction, on this precinct. Figures are what two people entered: the guard puts the two last entries of
the round together exactly as `comparison.settled` does, and refuses any figure that neither of the two wrote; then it
holds every column that is summed against the line that it stands for.
"""

from __future__ import annotations

from shailoo.law.protocol.summed import SUMMED_LINES

SUMMED = SUMMED_LINES

REPLACEMENT_GUARD = """
IF NOT EXISTS (
    SELECT 1 FROM commissions_decision d JOIN territory_precinct p ON p.id = NEW.precinct_id
     WHERE d.id = NEW.carries_out_id AND d.matter = NEW.occasion AND d.taken_at <= NEW.received_at
       AND d.subject = 'voting:' || NEW.voting_id || '/precinct:' || p.number
       AND CASE NEW.occasion
           WHEN 'recount' THEN d.body_id = (SELECT c.body_id FROM commissions_commission c WHERE c.level = 'cec')
           ELSE d.body_id = NEW.tec_id END
) THEN
    RAISE EXCEPTION 'a new version rests on a decision on this precinct that was taken before'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_new_version_carries_out_a_decision';
END IF;
RETURN NEW;
"""

_COLUMNS = ", ".join(f"'{name}'" for name in SUMMED)

FIGURES_DECLARED = [
    ("entered", "boolean"),
    ("one", "jsonb"),
    ("two", "jsonb"),
    ("chosen", "jsonb"),
    ("field", "text"),
    ("place", "text[]"),
    ("expected", "jsonb"),
    ("ballot", "integer[]"),
    ("written", "jsonb"),
    ("summed", "text"),
]

FIGURES_GUARD = f"""
SELECT p.source = 'entry' OR NEW.round > 1 INTO entered FROM counting_protocol p WHERE p.id = NEW.protocol_id;
IF NOT entered THEN
    RETURN NEW;
END IF;
SELECT e.lines INTO one FROM counting_entry e
 WHERE e.protocol_id = NEW.protocol_id AND e.round = NEW.round AND e.slot = 1 AND e.finished_at IS NOT NULL
 ORDER BY e.again DESC LIMIT 1;
SELECT e.lines INTO two FROM counting_entry e
 WHERE e.protocol_id = NEW.protocol_id AND e.round = NEW.round AND e.slot = 2 AND e.finished_at IS NOT NULL
 ORDER BY e.again DESC LIMIT 1;
SELECT s.choices INTO chosen FROM counting_settlement s JOIN counting_discrepancy d ON d.id = s.discrepancy_id
 WHERE d.protocol_id = NEW.protocol_id AND d.round = NEW.round AND d.again;
expected := one;
IF chosen IS NULL AND one IS DISTINCT FROM two THEN
    expected := NULL;
ELSIF chosen IS NOT NULL THEN
    FOR field IN SELECT k FROM jsonb_object_keys(chosen) k WHERE chosen -> k = '2'::jsonb LOOP
        place := string_to_array(field, '.');
        IF two #> place IS NULL THEN
            expected := expected #- place;
        ELSE
            expected := jsonb_set(expected, place, two #> place, true);
        END IF;
    END LOOP;
END IF;
IF expected IS NULL OR NEW.lines IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'figures are what two people entered'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'figures_are_what_two_people_entered';
END IF;
written := to_jsonb(NEW);
SELECT array_agg(coalesce((NEW.lines -> 'votes' ->> o.code)::integer, CASE WHEN o.withdrawn THEN 0 END)
    ORDER BY o.position) INTO ballot
  FROM elections_option o WHERE o.voting_id = NEW.voting_id AND o.kind <> 'against_all';
FOREACH summed IN ARRAY ARRAY[{_COLUMNS}] LOOP
    IF summed <> 'valid' AND written -> summed IS DISTINCT FROM coalesce(NEW.lines -> summed, 'null'::jsonb) THEN
        ballot := NULL;
    END IF;
END LOOP;
IF NEW.votes IS DISTINCT FROM ballot OR (
    NEW.lines ? 'valid' AND NEW.valid IS DISTINCT FROM (NEW.lines ->> 'valid')::integer
) THEN
    RAISE EXCEPTION 'a summed figure is the line that it stands for'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_summed_figure_is_its_line';
END IF;
RETURN NEW;
"""  # noqa: S608  # a trigger's body: nothing of it comes from outside
