"""What the database itself holds of the numbers of an edition: the body of a trigger function, once a statement."""

from __future__ import annotations

UNITS_ADD_UP = """
IF EXISTS (
    SELECT 1 FROM new_rows n WHERE n.voters <> (SELECT coalesce(sum(c), 0) FROM unnest(n.cells) AS c)
) THEN
    RAISE EXCEPTION 'the cells of a unit are its voters'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'cells_add_up_to_voters';
END IF;
IF EXISTS (
    SELECT 1 FROM new_rows n JOIN voter_enquiry_statistics s ON s.id = n.statistics_id
    LEFT JOIN voter_lists_voterlist l ON l.edition_id = s.edition_id AND l.precinct_id = n.precinct_id
    WHERE n.precinct_id IS NOT NULL AND n.voters IS DISTINCT FROM l.voters
) THEN
    RAISE EXCEPTION 'a precinct has the voters of its list'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_precinct_has_the_voters_of_its_list';
END IF;
IF EXISTS (
    SELECT 1 FROM new_rows n
    WHERE n.precinct_id IS NULL
      AND n.voters <> (SELECT coalesce(sum(p.voters), 0) FROM new_rows p
                       WHERE p.statistics_id = n.statistics_id AND p.parent = n.key)
) THEN
    RAISE EXCEPTION 'a unit has the voters of its parts'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'a_unit_has_the_voters_of_its_parts';
END IF;
RETURN NULL;
"""
