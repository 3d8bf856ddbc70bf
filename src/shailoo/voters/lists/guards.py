"""What the database itself holds of the lists: bodies of trigger functions."""

from __future__ import annotations


def _refuse(name: str, words: str) -> str:
    return f"RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';"


STAGES = "ARRAY['preliminary', 'control', 'final']"
EDITION_IS_NEXT = f"""
IF NEW.number <> 1 + (SELECT count(*) FROM voter_lists_edition e
                      WHERE e.register_id = NEW.register_id AND e.stage = NEW.stage) THEN
    {_refuse("editions_come_without_gaps", "editions come one after the other")}
END IF;
IF EXISTS (SELECT 1 FROM voter_lists_edition e WHERE e.register_id = NEW.register_id
           AND array_position({STAGES}, e.stage::text) > array_position({STAGES}, NEW.stage::text)) THEN
    {_refuse("stages_do_not_go_back", "a later stage has been made")}
END IF;
IF (NEW.stage = 'final') <> EXISTS (SELECT 1 FROM voters_closing c WHERE c.register_id = NEW.register_id) THEN
    {_refuse("the_final_lists_alone_follow_the_closing", "the final lists follow the closing, the others do not")}
END IF;
IF NEW.stage = 'final' AND NEW.number <> 1 THEN
    {_refuse("the_final_lists_are_made_once", "the final lists are made once")}
END IF;
IF NEW.change_id IS DISTINCT FROM (SELECT c.id FROM voters_change c WHERE c.register_id = NEW.register_id
                                   ORDER BY c.number DESC LIMIT 1) THEN
    {_refuse("an_edition_freezes_the_last_change", "an edition freezes the last change of its register")}
END IF;
RETURN NEW;
"""  # noqa: S608  # a trigger's body: nothing of it comes from outside

LISTS_ARE_WHOLE = f"""
IF EXISTS (
    SELECT 1 FROM (SELECT edition_id, count(*) AS precincts, sum(voters) AS voters FROM new_rows GROUP BY 1) n
    LEFT JOIN voter_lists_edition e ON e.id = n.edition_id
    WHERE e.id IS NULL OR e.precincts <> n.precincts OR e.voters <> n.voters
) THEN
    {_refuse("an_edition_is_written_whole", "the lists of an edition are written at once")}
END IF;
IF EXISTS (
    SELECT 1 FROM (SELECT DISTINCT edition_id FROM new_rows) n
    JOIN voter_lists_edition e ON e.id = n.edition_id
    JOIN voters_register r ON r.id = e.register_id
    WHERE e.precincts <> (SELECT count(*) FROM elections_votingprecinct v WHERE v.voting_id = r.voting_id)
) OR EXISTS (
    SELECT 1 FROM new_rows n
    JOIN voter_lists_edition e ON e.id = n.edition_id
    JOIN voters_register r ON r.id = e.register_id
    LEFT JOIN elections_votingprecinct v ON v.voting_id = r.voting_id AND v.precinct_id = n.precinct_id
              AND v.region_id = n.region_id
    WHERE v.id IS NULL
) THEN
    {_refuse("every_precinct_that_votes_has_one_list", "every precinct that votes has one list")}
END IF;
RETURN NULL;
"""  # noqa: S608  # as above

PUBLICATION_FITS = f"""
IF EXISTS (SELECT 1 FROM voter_lists_edition e WHERE e.id = NEW.edition_id AND e.stage = 'control') THEN
    {_refuse("control_lists_are_posted_only", "control lists are not published on the site")}
END IF;
RETURN NEW;
"""  # noqa: S608  # as above

POSTING_IS_NEXT = f"""
IF NEW.version <> 1 + (SELECT count(*) FROM voter_lists_posting p WHERE p.list_id = NEW.list_id) THEN
    {_refuse("postings_come_without_gaps", "versions of a posting come one after the other")}
END IF;
RETURN NEW;
"""  # noqa: S608  # as above
