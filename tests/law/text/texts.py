"""Invented texts in the form in which a commission publishes a law. None of their words is the law's."""

from __future__ import annotations

ENGLISH = """
THE LAW OF A SMALL ISLAND

Chapter I Beginnings

- Article 1 Words
- Article 2 The boat

Chapter I. Beginnings

Article 1 Words

In this law these words are used:

Boat – a thing that floats;

Crew – people who row,

and who bail;

Harbour – a place to land;

Oar – a piece of wood:

- 1) long;
- 2) flat.

Sail – a piece of cloth;

Tide – the sea that moves.

Article 2 The boat (as of 5/06/2017)

1. A boat has a crew. It leaves when the

captain says so.

It returns at dusk.

2. These may not board:
 - those under seven;
 - those who cannot swim.

Others may.

4. Repealed (as of 1/01/2018)
4-1. The captain must **always**:
 - 1) count the crew;
 - 2) look at the sky, the sea

and the land;
 - 3) say goodbye.

He may also:

- 1) sing.

Article 2-1 Harbours
(as of 05/06/2017.

Note! From January on)

Every harbour has a light.

Chapter II The end

Article 3 **The old oars** *Repealed as of 23/04/15*

Article 4 The end

1. This law ends here.
"""

RUSSIAN = """
Глава I. Начало
Статья 1. Лодка
1. У лодки есть команда.
2. Команда:
1) гребёт;
2) поёт.
Статья 1¹. Гавань
У гавани есть маяк.
"""

KYRGYZ = """
I глава. Башталышы
1-берене. Кайык
1. Кайыктын өз тобу бар.
2. Топ төмөнкүлөрдү кылат:
1) калак урат;
2) көңүлдүү ырдайт.
2-берене. Порт
Порттун өзүнүн маягы бар.
"""

REGULATION = """
Some words before the regulation, which belong to nobody.
1. General words
1.1 The first point.
1.2. The second point: Article 5 is not cited here.
2. Guests
2.1. Guests may:
- come;
- go.
2.3. Guests are counted.
Article 9 Of another act
1. It is not part of the regulation.
"""
