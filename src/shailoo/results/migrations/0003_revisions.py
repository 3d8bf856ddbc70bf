"""The pulse of the public figures: whatever changes them moves one of the voting's counters, in the same transaction.

A counter that another transaction holds is passed over, and a new one begun where all are held: nobody waits, nothing
deadlocks, no change goes uncounted. The step is random, so that neither an act that is rolled back nor a restored
backup ever shows other figures under a revision that somebody has seen.
"""

from django.db import migrations

MOVE = """
CREATE FUNCTION results_figures_change(changed bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    free bigint;
    step bigint := 1 + floor(random() * 549755813888)::bigint;
BEGIN
    SELECT id INTO free FROM results_revision
    WHERE voting_id = changed ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1;
    IF free IS NULL THEN
        INSERT INTO results_revision (voting_id, value, changed_at) VALUES (changed, step, clock_timestamp());
    ELSE
        UPDATE results_revision SET value = value + step, changed_at = clock_timestamp() WHERE id = free;
    END IF;
END
$$
"""

PUBLIC = "('accepted', 'to_explain', 'parked', 'returned')"
VOTING = "SELECT DISTINCT voting_id FROM now"
OF_PROTOCOL = "SELECT DISTINCT p.voting_id FROM now JOIN counting_protocol p ON p.id = now.protocol_id"
OF_FIGURES = "SELECT DISTINCT f.voting_id FROM now JOIN counting_figures f ON f.id = now.figures_id"
OF_ELECTION = "SELECT v.id FROM elections_voting v WHERE v.election_id IN (SELECT election_id FROM now)"
ITSELF = "SELECT v.id FROM elections_voting v WHERE v.election_id IN (SELECT id FROM now)"
OF_OPTION = "SELECT DISTINCT o.voting_id FROM now JOIN elections_option o ON o.id = now.option_id"

SOURCES = (
    # table, operation, the votings whose public figures a statement changed
    ("counting_protocol", "INSERT", f"{VOTING} WHERE state IN {PUBLIC}"),
    (
        "counting_protocol",
        "UPDATE",
        f"""SELECT DISTINCT now.voting_id FROM now JOIN was ON was.id = now.id
            WHERE (was.state, was.round) IS DISTINCT FROM (now.state, now.round)
              AND (was.state IN {PUBLIC} OR now.state IN {PUBLIC})""",
    ),
    ("counting_figures", "INSERT", VOTING),
    ("counting_explanation", "INSERT", OF_FIGURES),
    ("counting_scan", "INSERT", OF_PROTOCOL),
    ("counting_scannerreport", "INSERT", VOTING),
    ("elections_election", "UPDATE", ITSELF),
    ("elections_option", "INSERT", VOTING),
    ("elections_option", "UPDATE", VOTING),
    ("elections_option", "DELETE", VOTING),
    ("elections_listedcandidate", "INSERT", OF_OPTION),
    ("elections_listedcandidate", "UPDATE", OF_OPTION),
    ("elections_listedcandidate", "DELETE", OF_OPTION),
    ("elections_votingprecinct", "INSERT", VOTING),
    ("elections_votingprecinct", "UPDATE", VOTING),
    ("elections_votingprecinct", "DELETE", VOTING),
    ("results_tecprotocol", "INSERT", VOTING),
    ("results_invalidation", "INSERT", VOTING),
    ("results_questiondecided", "INSERT", VOTING),
    ("results_readingtaken", "INSERT", OF_ELECTION),
    ("results_determination", "INSERT", VOTING),
    ("results_publication", "INSERT", VOTING),
)
ROWS = {"INSERT": "NEW TABLE AS now", "UPDATE": "OLD TABLE AS was NEW TABLE AS now", "DELETE": "OLD TABLE AS now"}


def watch(table: str, operation: str, votings: str) -> migrations.RunSQL:
    name = f"results_after_{operation.lower()}_on_{table}"
    return migrations.RunSQL(
        [
            f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM results_figures_change(changed) FROM ({votings}) AS moved (changed);
                RETURN NULL;
            END
            $$
            """,
            f"""
            CREATE TRIGGER {name} AFTER {operation} ON {table} REFERENCING {ROWS[operation]}
            FOR EACH STATEMENT EXECUTE FUNCTION {name}()
            """,
        ],
        [f"DROP TRIGGER {name} ON {table}", f"DROP FUNCTION {name}()"],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("results", "0002_decisions"),
        ("counting", "0001_initial"),
        ("elections", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(MOVE, "DROP FUNCTION results_figures_change(bigint)"),
        *(watch(*source) for source in SOURCES),
    ]
