"""The only ways into the ledger and its log: functions that run with their owner's rights, and nobody else's.

`ledger_append` adds an act (form 2), `ledger_extend` gives every committed act that has none its place in the log,
`ledger_seal` keeps a signed head. The role of the application may call these and write none of their tables. Each fixes
its search path, so that nobody's table of the same name is taken for ours.
"""

from django.db import migrations

PATH = "SET search_path = pg_catalog, public, pg_temp"
HASH = """
CREATE FUNCTION ledger_part(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    octet_length(convert_to(given, 'UTF8'))::text || ':' || given || ',';

CREATE FUNCTION ledger_hash_2(
    chain text, place bigint, act text, subject text, office bigint, at timestamptz, grounds text[], payload text, previous text
) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT encode(sha256(convert_to(
        ledger_part('shailoo-act/2') || ledger_part(chain) || ledger_part(place::text) || ledger_part(act)
        || ledger_part(subject) || ledger_part(coalesce(office::text, ''))
        || ledger_part(to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
        || ledger_part(coalesce((SELECT string_agg(ledger_part(g), '' ORDER BY n)
                                 FROM unnest(grounds) WITH ORDINALITY AS each(g, n)), ''))
        || ledger_part(encode(sha256(convert_to(payload, 'UTF8')), 'hex')) || ledger_part(previous), 'UTF8')), 'hex')
$$
"""
APPEND = f"""
CREATE OR REPLACE FUNCTION ledger_append(
    chain_name text, act text, subject text, office bigint, at timestamptz, grounds text[], payload text
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
DECLARE
    link ledger_chain%ROWTYPE;
    digest text;
BEGIN
    INSERT INTO ledger_chain (name, sequence, head) VALUES (chain_name, 0, '') ON CONFLICT (name) DO NOTHING;
    SELECT * INTO link FROM ledger_chain c WHERE c.name = chain_name FOR UPDATE;
    digest := ledger_hash_2(chain_name, link.sequence + 1, act, subject, office, at, grounds, payload, link.head);
    INSERT INTO ledger_act (chain_id, sequence, name, subject, office_id, at, grounds, payload, form, previous, hash)
    VALUES (chain_name, link.sequence + 1, act, subject, office, at, grounds, payload, 2, link.head, digest);
    UPDATE ledger_chain SET sequence = link.sequence + 1, head = digest WHERE name = chain_name;
    RETURN digest;
END
$$
"""
FOLD = """
CREATE FUNCTION ledger_fold(nodes bytea[]) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    width int := cardinality(nodes);
BEGIN
    WHILE width > 1 LOOP
        width := width / 2;
        FOR i IN 1..width LOOP
            nodes[i] := sha256('\\x01'::bytea || nodes[2 * i - 1] || nodes[2 * i]);
        END LOOP;
    END LOOP;
    RETURN nodes[1];
END
$$
"""
EXTEND = f"""
CREATE FUNCTION ledger_extend() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
DECLARE
    before bigint;
    after bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(4977013);  -- one head at a time, until its transaction ends
    SELECT coalesce(max(index) + 1, 0) INTO before FROM ledger_leaf;
    INSERT INTO ledger_leaf (index, act_id, hash)
        SELECT before + row_number() OVER (ORDER BY a.id) - 1, a.id, sha256('\\x00'::bytea || decode(a.hash, 'hex'))
        FROM ledger_chain c LEFT JOIN ledger_logged l ON l.chain_id = c.name
        JOIN ledger_act a ON a.chain_id = c.name AND a.sequence > coalesce(l.sequence, 0);
    SELECT coalesce(max(index) + 1, 0) INTO after FROM ledger_leaf;
    INSERT INTO ledger_logged (chain_id, sequence, hash)
        SELECT DISTINCT ON (a.chain_id) a.chain_id, a.sequence, a.hash
        FROM ledger_leaf f JOIN ledger_act a ON a.id = f.act_id
        WHERE f.index >= before ORDER BY a.chain_id, a.sequence DESC
        ON CONFLICT (chain_id) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash;
    INSERT INTO ledger_subtree (level, index, hash)
        SELECT 8, f.index >> 8, ledger_fold(array_agg(f.hash ORDER BY f.index))
        FROM ledger_leaf f WHERE f.index >= before >> 8 << 8 AND f.index < after >> 8 << 8 GROUP BY f.index >> 8;
    FOR size IN 8..16 BY 8 LOOP
        INSERT INTO ledger_subtree (level, index, hash)
            SELECT size + 8, s.index >> 8, ledger_fold(array_agg(s.hash ORDER BY s.index))
            FROM ledger_subtree s
            WHERE s.level = size AND s.index >= before >> (size + 8) << 8 AND s.index < after >> (size + 8) << 8
            GROUP BY s.index >> 8;
    END LOOP;
    RETURN after;
END
$$
"""
SEAL = f"""
CREATE FUNCTION ledger_seal(
    number bigint, origin text, size bigint, root text, at timestamptz, chains text, previous text, note text, signature text
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
DECLARE
    latest ledger_head%ROWTYPE;
BEGIN
    PERFORM pg_advisory_xact_lock(4977013);
    SELECT * INTO latest FROM ledger_head h ORDER BY h.number DESC LIMIT 1;
    IF number <> coalesce(latest.number, 0) + 1 OR origin <> coalesce(latest.origin, origin)
        OR size <> (SELECT coalesce(max(index) + 1, 0) FROM ledger_leaf)
        OR previous <> coalesce(encode(sha256(convert_to(latest.note, 'UTF8')), 'hex'), '')
    THEN
        RAISE EXCEPTION 'a head follows the one before and covers the whole log' USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO ledger_head (number, origin, size, root, at, chains, chains_sha256, previous, note, signature) VALUES (
        number, origin, size, root, at, chains, encode(sha256(convert_to(chains, 'UTF8')), 'hex'), previous, note, signature);
END
$$
"""
CLOSED = "".join(
    f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC;\n"
    for name in (
        "ledger_append(text, text, text, bigint, timestamptz, text[], text)",
        "ledger_extend()",
        "ledger_seal(bigint, text, bigint, text, timestamptz, text, text, text, text)",
    )
)
FORMER_APPEND = """
CREATE OR REPLACE FUNCTION ledger_append(
    chain_name text, act text, subject text, office bigint, at timestamptz, grounds text[], payload text
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    link ledger_chain%ROWTYPE;
    digest text;
BEGIN
    INSERT INTO ledger_chain (name, sequence, head) VALUES (chain_name, 0, '') ON CONFLICT (name) DO NOTHING;
    SELECT * INTO link FROM ledger_chain c WHERE c.name = chain_name FOR UPDATE;
    digest := ledger_hash(chain_name, link.sequence + 1, act, subject, office, at, grounds, payload, link.head);
    INSERT INTO ledger_act (chain_id, sequence, name, subject, office_id, at, grounds, payload, form, previous, hash)
    VALUES (chain_name, link.sequence + 1, act, subject, office, at, grounds, payload, 1, link.head, digest);
    UPDATE ledger_chain SET sequence = link.sequence + 1, head = digest WHERE name = chain_name;
    RETURN digest;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_form_and_log")]
    operations = [
        migrations.RunSQL(
            HASH,
            "DROP FUNCTION ledger_hash_2(text, bigint, text, text, bigint, timestamptz, text[], text, text);"
            "DROP FUNCTION ledger_part(text);",
        ),
        migrations.RunSQL(APPEND, FORMER_APPEND),
        migrations.RunSQL(FOLD, "DROP FUNCTION ledger_fold(bytea[])"),
        migrations.RunSQL(EXTEND, "DROP FUNCTION ledger_extend()"),
        migrations.RunSQL(
            SEAL, "DROP FUNCTION ledger_seal(bigint, text, bigint, text, timestamptz, text, text, text, text)"
        ),
        migrations.RunSQL(CLOSED, migrations.RunSQL.noop),
    ]
