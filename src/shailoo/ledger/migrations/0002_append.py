"""The only way into the ledger: one statement that takes the chain's head, hashes and appends."""

from django.db import migrations

HASH = """
CREATE FUNCTION ledger_hash(
    chain text, place bigint, act text, subject text, office bigint, at timestamptz, grounds text[], payload text, previous text
) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT encode(sha256(convert_to(concat_ws(chr(31),
        chain, place::text, act, subject, coalesce(office::text, '-'),
        to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        array_to_string(grounds, ','), payload, previous), 'UTF8')), 'hex')
$$
"""
APPEND = """
CREATE FUNCTION ledger_append(
    chain_name text, act text, subject text, office bigint, at timestamptz, grounds text[], payload text
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    link ledger_chain%ROWTYPE;
    digest text;
BEGIN
    INSERT INTO ledger_chain (name, sequence, head) VALUES (chain_name, 0, '') ON CONFLICT (name) DO NOTHING;
    SELECT * INTO link FROM ledger_chain c WHERE c.name = chain_name FOR UPDATE;
    digest := ledger_hash(chain_name, link.sequence + 1, act, subject, office, at, grounds, payload, link.head);
    INSERT INTO ledger_act (chain_id, sequence, name, subject, office_id, at, grounds, payload, previous, hash)
    VALUES (chain_name, link.sequence + 1, act, subject, office, at, grounds, payload, link.head, digest);
    UPDATE ledger_chain SET sequence = link.sequence + 1, head = digest WHERE name = chain_name;
    RETURN digest;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        migrations.RunSQL(
            HASH, "DROP FUNCTION ledger_hash(text, bigint, text, text, bigint, timestamptz, text[], text, text)"
        ),
        migrations.RunSQL(
            APPEND, "DROP FUNCTION ledger_append(text, text, text, bigint, timestamptz, text[], text)"
        ),
    ]
