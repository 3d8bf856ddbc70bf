"""The words of a printed list, in Kyrgyz and in Russian."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from shailoo.voters.printing.sheets.content import Bilingual, Column

COLUMNS: Mapping[Column, Bilingual] = MappingProxyType(
    {
        Column.NUMBER: Bilingual("№", "№"),
        Column.NAME: Bilingual("Фамилиясы, аты, атасынын аты", "Фамилия, имя, отчество"),
        Column.BORN: Bilingual("Туулган күнү", "Дата рождения"),
        Column.RESIDENCE: Bilingual("Жашаган жери", "Место жительства"),
        Column.DOCUMENT: Bilingual("Документтин сериясы, номери", "Серия, номер документа"),
        Column.SIGNATURE: Bilingual("Шайлоочунун колу", "Подпись избирателя"),
        Column.MEMBER: Bilingual("Мүчөнүн колу", "Подпись члена комиссии"),
        Column.NOTE: Bilingual("Эскертүү", "Примечание"),
    }
)
PRECINCT = Bilingual("№ {} шайлоо участкасы", "Избирательный участок № {}")
LIST = Bilingual("Тизме № {}", "Список № {}")
COPY = Bilingual("нуска № {}", "экземпляр № {}")
FORMED = Bilingual("түзүлгөн күнү {}", "дата составления {}")
HASH = Bilingual("Тизменин SHA-256", "SHA-256 списка")
PAGE = Bilingual("{}-барак, баары {}", "лист {} из {}")
ON_PAGE = Bilingual("Бул барактагы шайлоочулар: {}", "Избирателей на листе: {}")
SO_FAR = Bilingual("Ушул баракка чейин кошо: {}", "Нарастающим итогом: {}")

TOTALS = Bilingual("Жыйынтык барагы", "Итоговый лист")
VOTERS = Bilingual("Тизмедеги шайлоочулардын саны", "Число избирателей в списке")
PAGES = Bilingual("Шайлоочулар жазылган барактардын саны", "Число листов с избирателями")
ISSUED = Bilingual("Бюллетень алган шайлоочулардын саны", "Число избирателей, получивших бюллетень")
SIGNATURES = Bilingual("Тизмедеги колдордун саны", "Число подписей в списке")
BY_PAGE = Bilingual("Барактар боюнча шайлоочулар", "Избиратели по листам")
CHAIR = Bilingual("Төрага", "Председатель")
SECRETARY = Bilingual("Катчы", "Секретарь")
DATE = Bilingual("Күнү", "Дата")
SEAL = Bilingual("Мөөр", "Печать")
