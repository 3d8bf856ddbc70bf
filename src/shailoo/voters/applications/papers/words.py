"""The fixed words of the papers of this room, in Kyrgyz, Russian and English."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "ky": {
        "notice": "Шайлоочунун арызына жооп",
        "application": "Арыздын номери",
        "kind": "Эмне суралган",
        "received": "Комиссияга келип түшкөн",
        "received_by": "Арызды кабыл алган участок",
        "target": "Тизмесинде туруу суралган участок",
        "answer": "Жооп",
        "norm": "Норма",
        "ground": "Негиз",
        "changed": "Тизме өзгөргөн күн",
        "not_printed": "Арыз номери боюнча аталат; шайлоочунун жеке маалыматы басылбайт. Түшүндүрмөнү арыздын "
        "барагынан номери жана коду менен окуса болот.",
        "biometrics": "Биометрикалык маалыматты Мамлекеттик каттоо кызматына тапшырыңыз. Андан кийин, тизмелер "
        "жабылганга чейин, тизмеге киргизилесиз.",
        "appeal": "Макул болбосоңуз, жогору турган шайлоо комиссиясына же сотко даттанууга болот.",
        "register": "Көчмө урна менен добуш берүүгө арыз бергендердин реестри",
        "precinct": "Шайлоо участогу №",
        "day": "Көчмө урна менен добуш берүү күнү",
        "number": "№",
        "name": "Фамилиясы, аты, атасынын аты",
        "no_reasons": "Реестрде себептер көрсөтүлбөйт. Арыздардын жалпы саны:",
        "secretary": "Комиссиянын катчысы",
        "chair": "Комиссиянын төрагасы",
    },
    "ru": {
        "notice": "Ответ на заявление избирателя",
        "application": "Номер заявления",
        "kind": "О чём заявление",
        "received": "Поступило в комиссию",
        "received_by": "Участок, принявший заявление",
        "target": "Участок, в список которого просят внести",
        "answer": "Ответ",
        "norm": "Норма",
        "ground": "Основание",
        "changed": "День изменения списка",
        "not_printed": "Заявление названо по номеру; личные данные избирателя не печатаются. Пояснение можно прочитать "
        "на странице заявления по номеру и коду.",
        "biometrics": "Сдайте биометрические данные в Государственную регистрационную службу. После этого, до закрытия "
        "списков, вас внесут в список.",
        "appeal": "При несогласии можно обратиться с жалобой в вышестоящую избирательную комиссию или в суд.",
        "register": "Реестр подавших заявления о голосовании с переносной урной",
        "precinct": "Избирательный участок №",
        "day": "День голосования с переносной урной",
        "number": "№",
        "name": "Фамилия, имя, отчество",
        "no_reasons": "Причины в реестре не указываются. Всего заявлений:",
        "secretary": "Секретарь комиссии",
        "chair": "Председатель комиссии",
    },
    "en": {
        "notice": "Answer to a voter’s application",
        "application": "Number of the application",
        "kind": "What was asked",
        "received": "Received by the commission",
        "received_by": "Precinct that received it",
        "target": "Precinct in whose list the voter asks to stand",
        "answer": "Answer",
        "norm": "Norm",
        "ground": "Ground",
        "changed": "Day on which the list changed",
        "not_printed": "The number stands for the application; no personal data of the voter are printed. An "
        "explanation can be read on the page of the application, by number and code.",
        "biometrics": "Give your biometric data to the State Registry Service. After that, until the lists are closed, "
        "you are put on the list.",
        "appeal": "If you do not agree, you can complain to the superior election commission or to a court.",
        "register": "Register of voters who have applied for the mobile ballot box",
        "precinct": "Precinct No.",
        "day": "Day of voting with the mobile ballot box",
        "number": "No.",
        "name": "Surname, name, patronymic",
        "no_reasons": "The register tells no reasons. Applications in all:",
        "secretary": "Secretary of the commission",
        "chair": "Chairperson of the commission",
    },
}
