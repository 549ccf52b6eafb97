"""«Решения»: what the officer must accept or return, what was decided, and room to say why and until when."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from workbook_tools.decisions.decision import VERDICTS, verdict_of
from workbook_tools.decisions.settle import ACCEPTED, CLASH, EXPIRED, KEPT, OPEN, RETURNED
from workbook_tools.matters import Known, process_of, processes
from workbook_tools.reports.places import Places, first_places
from workbook_tools.reports.table import Cells, TableText, as_date, fitting, write_table
from workbook_tools.text import plural
from workbook_tools.xlsx.style import CELL, DATE, INPUT_FILL

if TYPE_CHECKING:
    from workbook_tools.decisions import Decision, Question, Settled
    from workbook_tools.dossier import Dossier
    from workbook_tools.profile import Profile
    from workbook_tools.xlsx.book import XlsxSheet

_NOTE = (
    "Выберите «принять» или «вернуть» и назовите причину; срок действия – если решение временное. Сохраните книгу "
    "и укажите её при следующем запуске: решения будут применены.\n"
    "Принять – сведения остаются в Перечне; вернуть – строка не принимается, подразделение получит причину."
)
_NOTE_OF_COMPARISON = (
    "Выберите «принять» или «вернуть» и назовите причину. Сохраните книгу и укажите её при следующем сравнении: "
    "решения будут применены.\n"
    "Принять – это одна запись, и изменена она; вернуть – это две записи: прежняя исключена, новая включена."
)
# What is asked of the unit cannot be answered by the officer here: what each choice comes to, by rule and message.
_CHOICES = {
    ("П-23", "absent"): (
        "Принять – запись остаётся без адреса: в графе «{reason}» напишите, почему он не нужен. Вернуть – строка не "
        "принимается, пока подразделение не впишет адрес в графу «{contact}» своего файла: в графе «{reason}» напишите "
        "ему, что вписать. На этом листе адрес не вписывают."
    ),
}
_STATUS = {
    OPEN: "ждёт решения",
    ACCEPTED: "принято",
    RETURNED: "возвращено",
    KEPT: "хранится: такого вопроса в этом запуске нет",
    CLASH: "не применено: почему – сказано среди замечаний",
    EXPIRED: "срок прежнего решения истёк",
}
_AWAITS = "хранится: ждёт файла подразделения"
_UNFINISHED = "ждёт решения: написанное не применено, почему – сказано среди замечаний"
_WRITTEN = ("decision", "reason", "until", "who", "when")
_DATES = ("until", "when")


def write_decisions(sheet: XlsxSheet, dossier: Dossier) -> Places:
    """Write «Решения»; the cells that the officer fills in are told apart from those that are given.

    Returns
    -------
    dict
        Where the first open question stands: «questions».
    """
    settled = dossier.settlement.settled
    known = processes(dossier)
    rows = [_cells(number, item, dossier.profile, known) for number, item in enumerate(settled, 1)]
    note = _NOTE_OF_COMPARISON if dossier.compared else _NOTE
    title = TableText("Решения уполномоченного сотрудника", f"{_count(dossier)}\n{note}", "Вопросов нет.")
    header = write_table(sheet, "decisions", rows, dossier.profile, title)
    names = [column.name for column in dossier.profile.sheets["decisions"].columns]
    for offset, row in enumerate(rows, 1):
        for name in _WRITTEN:
            style = (DATE if name in _DATES else CELL) | {"bg_color": INPUT_FILL}
            sheet.put(header + offset, names.index(name), row[name], style)
    if rows:
        _validate(sheet, header + 1, header + len(rows), names)
    return first_places(sheet, header + 1, ([] if item.applies else ["questions"] for item in settled))


def _count(dossier: Dossier) -> str:
    if not dossier.settlement.settled:
        return "Вопросов уполномоченному сотруднику нет."
    waits = plural(dossier.open_questions, "вопрос ждёт", "вопроса ждут", "вопросов ждут")
    lines = len(dossier.settlement.settled)
    return f"{waits} решения." if lines == dossier.open_questions else f"{waits} решения, всего строк: {lines}."


def _cells(number: int, item: Settled, profile: Profile, known: Known) -> Cells:
    asked = _of_question(item.question, profile, known) if item.question else _of_decision(item.decision, profile)
    # An exception that has run out asks for a new decision: the old words would pass for one.
    given = item.decision if item.decision and item.status != EXPIRED else None
    return {
        "number": number,
        **asked,
        "decision": _verdict(given) if given else "",
        "reason": given.reason if given else "",
        "until": as_date(given.until) if given else "",
        "who": given.who if given else "",
        "when": as_date(given.when) if given else "",
        "status": _status(item),
    }


def _verdict(decision: Decision) -> str:
    """Return the verdict in the words of the list, as typed where it is none of them."""
    verdict = verdict_of(decision.verdict)
    return VERDICTS[verdict][0] if verdict else decision.verdict


def _of_question(question: Question, profile: Profile, known: Known) -> Cells:
    process = process_of(question, known)
    about = f" Процесс: «{process}»." if process else ""
    return {
        "key": question.key,
        "question": fitting(f"{question.text}{about}{_choices(question, profile)}"),
        "code": question.code,
        "unit": profile.unit_name(question.unit),
        "source": question.source,
        "clause": question.clause,
        "answer": question.answer,
    }


def _status(item: Settled) -> str:
    if item.awaits:
        return _AWAITS
    return _UNFINISHED if item.decision and item.status == OPEN else _STATUS[item.status]


def _choices(question: Question, profile: Profile) -> str:
    """Return what it comes to to accept and to return a unit's row, where the question itself leaves that open."""
    choices = _CHOICES.get(question.kind, "") if question.row else ""
    words = {"reason": profile.headers("decisions")["reason"], "contact": profile.column_header("contact")}
    return f" {choices.format_map(words)}" if choices else ""


def _of_decision(decision: Decision | None, profile: Profile) -> Cells:
    if decision is None:
        return {}
    names = ("key", "question", "code", "source", "clause")
    return {name: str(getattr(decision, name)) for name in names} | {"unit": profile.unit_name(decision.unit)}


def _validate(sheet: XlsxSheet, first: int, last: int, names: list[str]) -> None:
    verdict = names.index("decision")
    choice: dict[str, object] = {
        "validate": "list",
        "source": [words[0] for words in VERDICTS.values()],
        "error_title": "Решение",
        "error_message": "Выберите «принять» или «вернуть».",
    }
    sheet.validate((first, verdict, last, verdict), choice)
    for name in _DATES:
        column = names.index(name)
        day: dict[str, object] = {
            "validate": "date",
            "criteria": ">=",
            "value": datetime.date(2000, 1, 1),
            "error_type": "warning",
            "error_title": "Дата",
            "error_message": "Запишите дату в виде дд.мм.гггг, например 31.12.2026.",
        }
        sheet.validate((first, column, last, column), day)
