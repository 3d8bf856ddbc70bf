"""The check of the catalogues: what it must find, one fault at a time."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
import translations
from translations import Catalogue

SOURCE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
title = _("Results of %(area)s")
def counted(n): return ngettext("%(n)s vote", "%(n)s votes", n) % {"n": n}
lead = pgettext("ballot", "Line")
other = _(computed)
"""
TEMPLATE = """{% load i18n %}<h1>{% translate "Turnout" %}</h1>
    <p>{% blocktranslate with area=name trimmed %}
        Voters who took part in {{ area }}
    {% endblocktranslate %}</p>
  {{ _("Downloads") }}
"""
RUSSIAN = {
    "Results of %(area)s": "Результаты: %(area)s",
    "Line": "Строка",
    "Turnout": "Явка",
    "Voters who took part in %(area)s": "Приняли участие: %(area)s",
    "Downloads": "Файлы",
}


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one Python file and one template."""
    sources = tmp_path / "src" / "shailoo"
    (sources / "templates" / "portal").mkdir(parents=True)
    (sources / "pages.py").write_text(SOURCE)
    (sources / "templates" / "portal" / "page.html").write_text(TEMPLATE)
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "SOURCES", sources)
    translations.update()
    return sources


@pytest.fixture
def russian(sources: Path) -> Catalogue:
    """The complete Russian catalogue of that project."""
    catalogue = next(found for found in translations.catalogues() if found.language == "ru")
    file = catalogue.load()
    for entry in file:
        if entry.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(range(4), "%(n)s голосов")
        else:
            entry.msgstr = RUSSIAN[entry.msgid]
    file.save()
    return catalogue


def entry(file: polib.POFile, text: str) -> polib.POEntry:
    """The entry of `text`, which is there."""
    found = file.find(text)
    assert found is not None
    return found


def test_messages_of_python_and_templates_are_found_and_computed_ones_are_not(sources: Path) -> None:
    found = translations.messages_of(sources)
    assert {message.text for message in found} == {*RUSSIAN, "%(n)s vote"}
    assert {message.context for message in found if message.text == "Line"} == {"ballot"}


def test_a_complete_catalogue_has_no_fault(russian: Catalogue) -> None:
    assert list(translations.faults(russian)) == []


def test_an_untouched_catalogue_misses_everything_and_fails_the_check(
    sources: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert translations.check() == 1
    told = capsys.readouterr().out
    assert "locale/ky/LC_MESSAGES/django.po: missing: 'Turnout' (src/shailoo/templates/portal/page.html)" in told


def test_updating_keeps_what_was_translated_and_drops_what_is_no_longer_used(russian: Catalogue, sources: Path) -> None:
    (sources / "pages.py").write_text(SOURCE.replace('"Results of %(area)s"', '"Result"'))
    translations.update()
    assert [*translations.faults(russian)] == ["missing: 'Result' (src/shailoo/pages.py)"]
    assert entry(russian.load(), "Turnout").msgstr == "Явка"


def test_a_message_that_no_source_uses_is_left_over(russian: Catalogue, sources: Path) -> None:
    (sources / "templates" / "portal" / "page.html").unlink()
    assert "left over: 'Turnout'" in list(translations.faults(russian))


def test_a_vague_translation_counts_as_a_fault(russian: Catalogue) -> None:
    file = russian.load()
    entry(file, "Turnout").flags.append("fuzzy")
    file.save()
    assert list(translations.faults(russian)) == ["vague (fuzzy): 'Turnout'"]


def test_a_plural_needs_every_form_of_the_language(russian: Catalogue) -> None:
    file = russian.load()
    entry(file, "%(n)s vote").msgstr_plural[2] = ""
    file.save()
    assert list(translations.faults(russian)) == ["missing: '%(n)s vote' (src/shailoo/pages.py)"]


@pytest.mark.parametrize("translated", ["Результаты", "Результаты: %(place)s"])
def test_a_lost_or_invented_placeholder_is_a_fault(russian: Catalogue, translated: str) -> None:
    file = russian.load()
    entry(file, "Results of %(area)s").msgstr = translated
    file.save()
    assert [fault.partition(" (")[0] for fault in translations.faults(russian)] == ["placeholders differ"]


def test_a_room_with_a_catalogue_of_its_own_keeps_its_messages_there(sources: Path) -> None:
    room = sources / "counting"
    (room / "locale").mkdir(parents=True)
    (room / "forms.py").write_text("label = _('Protocol')\n")
    translations.update()
    own = Catalogue(room / "locale/ru/LC_MESSAGES/django.po", "ru")
    assert [entry.msgid for entry in own.load()] == ["Protocol"]
    assert "Protocol" not in {message.text for message in translations.messages_of(sources)}


def test_compiled_catalogues_are_what_gettext_reads(russian: Catalogue) -> None:
    translations.compile_all()
    compiled = polib.mofile(str(russian.path.with_suffix(".mo"))).find("Turnout")
    assert compiled is not None
    assert compiled.msgstr == "Явка"
