"""What the database itself checks of a lot, by the same arithmetic as `drawing`: bodies of trigger functions.

The list cannot change behind its hash, nobody enters digits before the list is public, the digits are what two people
entered, every ticket is the sha256 that anyone can compute, and the order is that of the tickets.
"""

from __future__ import annotations

from shailoo.lots.states import MOVES

_MOVES = ", ".join(f"('{source}', '{target}')" for source, target in MOVES)


def _refuse(name: str, words: str) -> str:
    return f"RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';"


DRAW_MOVES = f"""
IF OLD.state = NEW.state OR (OLD.state, NEW.state) NOT IN ({_MOVES}) THEN
    {_refuse("a_lot_moves_along_the_table", "no act leads there")}
END IF;
IF to_jsonb(OLD) - 'state' <> to_jsonb(NEW) - 'state' THEN
    {_refuse("what_a_lot_is_does_not_change", "what a lot is does not change")}
END IF;
IF OLD.state = 'frozen' AND NEW.state = 'published' AND (
    NOT EXISTS (SELECT 1 FROM lots_publication p WHERE p.draw_id = NEW.id)
    OR NOT EXISTS (SELECT 1 FROM lots_round r WHERE r.draw_id = NEW.id)
    OR NEW.size <> (SELECT count(*) FROM lots_item i WHERE i.draw_id = NEW.id)
    OR NEW.list_hash IS DISTINCT FROM (
        SELECT encode(sha256(convert_to(
            string_agg(i.number || '. ' || i.label || chr(10), '' ORDER BY i.number), 'UTF8')), 'hex')
        FROM lots_item i WHERE i.draw_id = NEW.id)
) THEN
    {_refuse("a_published_list_is_the_hashed_one", "the list is not the one of its hash")}
END IF;
IF NEW.state = 'seeded' AND NOT EXISTS (
    SELECT 1 FROM lots_seed s JOIN lots_round r ON r.id = s.round_id
    WHERE r.draw_id = NEW.id AND NOT EXISTS (SELECT 1 FROM lots_result e WHERE e.round_id = r.id)
) THEN
    {_refuse("a_lot_is_seeded_by_two_equal_entries", "two people have not entered the same digits")}
END IF;
IF OLD.state = 'seeded' AND (
    EXISTS (SELECT 1 FROM lots_seed s JOIN lots_round r ON r.id = s.round_id
            WHERE r.draw_id = NEW.id AND NOT EXISTS (SELECT 1 FROM lots_result e WHERE e.round_id = r.id))
    OR (NEW.state = 'drawn') IS DISTINCT FROM NOT EXISTS (
        SELECT 1 FROM lots_round r WHERE r.draw_id = NEW.id
        AND NOT EXISTS (SELECT 1 FROM lots_result e WHERE e.round_id = r.id))
) THEN
    {_refuse("a_lot_is_drawn_with_its_last_round", "a round has no result yet, or all have")}
END IF;
IF NEW.state = 'voided' AND (
    NOT EXISTS (SELECT 1 FROM lots_voiding v WHERE v.draw_id = NEW.id)
    OR EXISTS (SELECT 1 FROM lots_seedentry e JOIN lots_round r ON r.id = e.round_id WHERE r.draw_id = NEW.id)
) THEN
    {_refuse("a_lot_is_voided_before_any_dice", "who has seen the dice voids no lot")}
END IF;
RETURN NEW;
"""  # noqa: S608  # a trigger's body: nothing of it comes from outside

LIST_STANDS = f"""
IF EXISTS (
    SELECT 1 FROM (SELECT DISTINCT draw_id FROM new_rows) n JOIN lots_draw d ON d.id = n.draw_id
    WHERE d.state <> 'frozen' OR EXISTS (SELECT 1 FROM lots_publication p WHERE p.draw_id = d.id)
) THEN
    {_refuse("a_published_list_stands", "a published list stands")}
END IF;
RETURN NULL;
"""  # noqa: S608  # a trigger's body: nothing of it comes from outside

ENTRY_DECLARED = [("here", "record")]
ENTRY_GUARD = f"""
SELECT d.state, d.commission_id, r.number, r.draw_id, p.at AS published_at
  INTO here FROM lots_round r JOIN lots_draw d ON d.id = r.draw_id
  LEFT JOIN lots_publication p ON p.draw_id = d.id WHERE r.id = NEW.round_id;
IF here.state <> 'published' OR here.published_at IS NULL OR NEW.at < here.published_at THEN
    {_refuse("digits_come_after_the_list_is_public", "digits come after the list is public")}
END IF;
IF EXISTS (SELECT 1 FROM lots_round r WHERE r.draw_id = here.draw_id AND r.number < here.number
           AND NOT EXISTS (SELECT 1 FROM lots_result e WHERE e.round_id = r.id))
   OR EXISTS (SELECT 1 FROM lots_seed s WHERE s.round_id = NEW.round_id) THEN
    {_refuse("rounds_are_drawn_in_turn", "rounds are drawn one after the other")}
END IF;
IF NEW.person_id IS DISTINCT FROM (SELECT o.person_id FROM accounts_office o WHERE o.id = NEW.office_id) THEN
    {_refuse("digits_are_by_the_person_of_the_office", "an entry is by the person of its office")}
END IF;
IF NOT EXISTS (
    SELECT 1 FROM commissions_sitting s JOIN commissions_attendance a ON a.sitting_id = s.id
    WHERE s.id = NEW.sitting_id AND s.commission_id = here.commission_id AND s.state = 'open'
      AND a.office_id = NEW.office_id AND a.left_at IS NULL
) THEN
    {_refuse("digits_are_entered_in_an_open_sitting", "whoever enters digits is present at an open sitting")}
END IF;
RETURN NEW;
"""  # noqa: S608  # a trigger's body: nothing of it comes from outside

SEED_GUARD = f"""
IF (SELECT count(DISTINCT e.person_id) FROM lots_seedentry e
    WHERE e.round_id = NEW.round_id AND e.attempt = NEW.attempt AND e.digits = NEW.digits) <> 2 THEN
    {_refuse("a_seed_is_what_two_people_entered", "a seed is what two people entered")}
END IF;
RETURN NEW;
"""  # noqa: S608  # a trigger's body: nothing of it comes from outside

TICKETS_GUARD = f"""
IF EXISTS (
    SELECT 1 FROM new_rows n JOIN lots_round r ON r.id = n.round_id JOIN lots_draw d ON d.id = r.draw_id
    LEFT JOIN lots_item i ON i.id = n.item_id AND i.draw_id = d.id LEFT JOIN lots_seed s ON s.round_id = r.id
    WHERE i.id IS NULL OR s.id IS NULL OR n.ticket IS DISTINCT FROM encode(sha256(convert_to(
        d.purpose_line || '|' || d.list_hash || '|' || r.number || '|' || s.digits || '|' || i.number, 'UTF8')), 'hex')
       OR n.taken IS DISTINCT FROM (r.drawn IS NULL OR n.place <= r.drawn)
       OR EXISTS (SELECT 1 FROM lots_result e WHERE e.round_id = r.id)
) THEN
    {_refuse("a_ticket_is_what_anyone_computes", "a ticket is the sha256 of purpose, list, round, seed and number")}
END IF;
RETURN NULL;
"""  # noqa: S608  # a trigger's body: nothing of it comes from outside

RESULT_DECLARED = [("here", "record")]
RESULT_GUARD = f"""
SELECT d.id AS draw_id, d.size, d.taking, r.number INTO here
  FROM lots_round r JOIN lots_draw d ON d.id = r.draw_id WHERE r.id = NEW.round_id;
IF EXISTS (
    SELECT 1 FROM (SELECT place, row_number() OVER (ORDER BY ticket COLLATE "C") AS due
                   FROM lots_place WHERE round_id = NEW.round_id) p WHERE p.place <> p.due
) OR EXISTS (
    SELECT 1 FROM lots_item i WHERE i.draw_id = here.draw_id AND (
        here.taking = 'once' AND EXISTS (
            SELECT 1 FROM lots_place b JOIN lots_round r ON r.id = b.round_id
            WHERE b.item_id = i.id AND b.taken AND r.number < here.number)
    ) = EXISTS (SELECT 1 FROM lots_place p WHERE p.item_id = i.id AND p.round_id = NEW.round_id)
) OR NOT EXISTS (SELECT 1 FROM lots_place p WHERE p.round_id = NEW.round_id AND p.taken) THEN
    {_refuse("the_order_is_that_of_the_tickets", "the order is that of the tickets of all who take part")}
END IF;
RETURN NEW;
"""  # noqa: S608  # a trigger's body: nothing of it comes from outside
