"""The Kyrgyz order in SQL: the same key as `shailoo.territory.names.ky_sort_key`. Its letters are frozen here."""

from django.db import migrations

LETTERS = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
CAPITALS = "АБВГДЕЁЖЗИЙКЛМНҢОӨПРСТУҮФХЦЧШЩЪЫЬЭЮЯ"
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PLACES = "".join(chr(0xE000 + place) for place in range(len(LETTERS)))

KY_SORT = f"""
CREATE FUNCTION ky_sort(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT translate(name, '{LETTERS}{CAPITALS}{LATIN}', '{PLACES}{PLACES}{LATIN.lower()}') COLLATE "C"
$$
"""


class Migration(migrations.Migration):
    dependencies = [("territory", "0001_initial")]
    operations = [migrations.RunSQL(KY_SORT, "DROP FUNCTION ky_sort(text)")]
