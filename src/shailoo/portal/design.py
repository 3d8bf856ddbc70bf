"""/design/: every component in every state, in the language of the page; for our own people and for the visual tests.

The figures are those of the public record of 4 October 2020 where they are named, and invented where they only fill
a state; nothing here is read from the database.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from shailoo.accounts.web import public
from shailoo.portal.charts.bars import BarRow, bars
from shailoo.portal.charts.choropleth import Area, outline
from shailoo.portal.charts.hemicycle import Hemicycle, SeatList, hemicycle
from shailoo.portal.charts.shading import Figure, Key, ShadedMap, shade, tone_ranges, tones
from shailoo.portal.charts.tiles import tiles
from shailoo.portal.charts.timeline import Term, Timeline, timeline
from shailoo.portal.formats.dates import BISHKEK
from shailoo.portal.templatetags.figures import language, name, percent
from shailoo.wording import Catalogue, text

NOW = datetime(2020, 10, 5, 3, 20, tzinfo=BISHKEK)
LISTS = (
    ("p01", "Биримдик", "Биримдик", "Birimdik", 469_098, 46),
    ("p04", "Мекеним Кыргызстан", "Мекеним Кыргызстан", "Mekenim Kyrgyzstan", 452_971, 45),
    ("p15", "Кыргызстан", "Кыргызстан", "Kyrgyzstan", 166_859, 16),
    ("p08", "Бүтүн Кыргызстан", "Бүтүн Кыргызстан", "Butun Kyrgyzstan", 139_736, 13),
    (
        "p11",
        "Афганистан согушунун ардагерлеринин жана ушул сыяктуу жергиликтүү чыр-чатактардын катышуучуларынын партиясы",
        "Партия ветеранов войны в Афганистане и участников других подобных локальных конфликтов",
        "Party of Veterans of the War in Afghanistan and of Other Local Conflicts of the Same Kind",
        3_288,
        0,
    ),
)
REGIONS = (
    ("KG05", "Баткен облусу", "Баткенская область", "Batken", 2210),
    ("KG03", "Жалал-Абад облусу", "Джалал-Абадская область", "Jalal-Abad", 3044),
    ("KG02", "Ысык-Көл облусу", "Иссык-Кульская область", "Issyk-Kul", 1402),
    ("KG04", "Нарын облусу", "Нарынская область", "Naryn", 1877),
    ("KG06", "Ош облусу", "Ошская область", "Osh", 4120),
    ("KG07", "Талас облусу", "Таласская область", "Talas", 2660),
    ("KG08", "Чүй облусу", "Чуйская область", "Chui", 2488),
    ("KG11", "Бишкек шаары", "город Бишкек", "Bishkek", 1673),
    ("KG21", "Ош шаары", "город Ош", "Osh city", None),
    ("ABROAD", "Чет өлкө", "За рубежом", "Abroad", 990),
)
VOTES, PARTICIPATED = 1_887_345, 1_980_000
# Rough outlines of three areas and a point, in degrees: enough to show how a map is drawn without any import.
SKETCH = (
    ("KG07", {"type": "Polygon", "coordinates": [[[71, 42], [73, 42], [73, 43], [71.5, 42.8], [71, 42]]]}),
    ("KG08", {"type": "Polygon", "coordinates": [[[73, 42], [76, 42.3], [75.5, 43], [73, 43], [73, 42]]]}),
    ("KG04", {"type": "Polygon", "coordinates": [[[73, 42], [74, 40.5], [77, 41], [76, 42.3], [73, 42]]]}),
    ("KG11", {"type": "Point", "coordinates": [74.6, 42.87]}),
)


class Specimen(forms.Form):
    """A form with every kind of field; bound to nothing right, so that its errors can be looked at."""

    participated = forms.IntegerField(
        label=gettext_lazy("Voters who took part"), help_text=gettext_lazy("As written on line 3 of the protocol")
    )
    reason = forms.CharField(label=gettext_lazy("Reason for the recount"), widget=forms.Textarea(attrs={"rows": 3}))
    commission = forms.ChoiceField(
        label=gettext_lazy("Commission"), choices=[("", "—"), ("1", gettext_lazy("Territorial commission"))]
    )
    counted = forms.ChoiceField(
        label=gettext_lazy("How were the ballots counted?"),
        choices=[("hand", gettext_lazy("By hand")), ("scanner", gettext_lazy("By scanner"))],
        widget=forms.RadioSelect,
    )
    present = forms.MultipleChoiceField(
        label=gettext_lazy("Who was present?"),
        choices=[("o", gettext_lazy("Observers")), ("r", gettext_lazy("Representatives of candidates"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    image = forms.FileField(label=gettext_lazy("Image of the signed protocol"), required=False)
    signed = forms.BooleanField(label=gettext_lazy("All members have signed"))


@public
@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """The page of components, for whoever designs, translates or tests the faces."""
    return render(request, "portal/design.html", specimens(request))


def specimens(request: HttpRequest) -> dict[str, object]:
    """What the page shows: realistic, long, empty, zero and huge."""
    names = {code: name({"name_ky": ky, "name_ru": ru, "name_en": en}) for code, ky, ru, en, *_rest in LISTS}
    rows = [BarRow(code, names[code], votes, int(code[1:])) for code, *_names, votes, _seats in LISTS]
    rows.append(BarRow("p17", _("Against all"), 34_512, 17))
    held = [SeatList(code, names[code], seats, int(code[1:])) for code, *_names, seats in LISTS if seats]
    return {
        "now": NOW,
        "votes": VOTES,
        "participated": PARTICIPATED,
        "bars": bars(rows, base=PARTICIPATED, threshold=Fraction(7, 100)),
        "no_bars": bars([], base=0),
        "terms": _terms(),
        "term_states": [(code, text(Catalogue.VALUES, f"deadline_state.{code}", language())) for code in TERM_STATES],
        "held": held,
        "seats": hemicycle(held, 120, vacant=_("Vacant")),
        "vacant_seats": _with_vacant(held),
        "tiles": _tiles(),
        "map": _map(),
        "steps": _steps(),
        "deadlines": [NOW + timedelta(days=12), NOW + timedelta(hours=5), NOW + timedelta(minutes=9), NOW],
        "form": Specimen(),
        "refused": Specimen({"reason": ""}),
        "listed": Paginator(range(2_413), 25).get_page(request.GET.get("page", "4")),
        "exports": [("CSV", "#tables"), ("JSON", "#tables"), ("XLSX", "#tables")],
        "regions": [
            (name({"name_ky": ky, "name_ru": ru, "name_en": en}), value and value * 100, Fraction(value or 0, 10_000))
            for _code, ky, ru, en, value in REGIONS
        ],
        "changes": [
            (names["p01"], 479_481, 469_098),
            (names["p08"], 138_362, 139_736),
            (_("Against all"), 34_512, 34_512),
        ],
        "colours": ("grey", "blue", "green", "orange", "red"),
        "trail": [
            (_("Results"), "/"),
            (name({"name_ky": "Ош облусу", "name_ru": "Ошская область"}), "/"),
            ("№ 5 001", ""),
        ],
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    }


def _with_vacant(held: list[SeatList]) -> Hemicycle:
    return hemicycle([SeatList(held[0].id, held[0].name, 65, held[0].series)], 120, vacant=_("Vacant"))


def _figures(codes: tuple[str, ...]) -> tuple[list[Figure], list[Key]]:
    values = {code: None if share is None else Fraction(share, 10_000) for code, *_names, share in REGIONS}
    shown = {code: value for code, value in values.items() if code in codes}
    fills, bounds = tones(shown)
    figures = [
        Figure(code, name({"name_ky": ky, "name_ru": ru, "name_en": en}), percent(values[code]), fills[code], "#maps")
        for code, ky, ru, en, _share in REGIONS
        if code in codes
    ]
    keys = [
        Key(fill, percent(low) if low == high else f"{percent(low)} – {percent(high)}")
        for fill, low, high in tone_ranges(bounds)
    ]
    return figures, [*keys, Key("unknown", _("Not counted yet"))]


def _tiles() -> ShadedMap:
    codes = tuple(code for code, *_rest in REGIONS)
    return shade(tiles(codes), *_figures(codes))


def _map() -> ShadedMap:
    codes = tuple(code for code, _geometry in SKETCH)
    return shade(outline([Area(code, geometry) for code, geometry in SKETCH]), *_figures(codes))


def _steps() -> list[tuple[str, str]]:
    """Sentences as the wording of the steps gives them, each with its norm."""
    return [
        (_("16 lists took part; 5 of them passed both barriers."), "L64.2"),
        (_("The votes of the admitted lists divided by 120 seats give the first quotient."), "L64.3"),
        (_("One seat more went to each of the largest remainders."), "L64.3"),
    ]


TERM_STATES = ("coming", "due", "done", "late", "passed")


def _terms() -> Timeline | None:
    """A term of each state, one after the other."""
    first, lane = date(2020, 7, 3), _("Central Election Commission")
    terms = [
        Term(lane, first + timedelta(days=20 * at), first + timedelta(days=20 * at + 9), state, lane)
        for at, state in enumerate(TERM_STATES)
    ]
    lanes = [lane]
    return timeline(terms, lanes, today=date(2020, 8, 1), voting=date(2020, 10, 4))
