"""«Акт соответствия»: from what, with what and by whose decisions an edition in force was made."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools import findings as found
from workbook_tools.approval import edition_line, reservations
from workbook_tools.decisions.decision import VERDICTS, verdict_of
from workbook_tools.dossier import RECEIVED
from workbook_tools.matters import sum_of
from workbook_tools.remarks import Severity
from workbook_tools.reports.order_table import most_bytes, plain_table_xml
from workbook_tools.reports.word import (
    A4_MM,
    CENTRE,
    LEFT,
    Stretches,
    add_text,
    new_document,
    save_document,
)
from workbook_tools.sources import LEFT_OVER
from workbook_tools.tally import CHECKED, OFF
from workbook_tools.text import plural, russian_date

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

    from workbook_tools.decisions.decision import Decision
    from workbook_tools.dossier import Dossier
    from workbook_tools.records import Edition

_GAP_PT = 12.0
_SIDE_MM = 10
_CHECKSUM = "Контрольная сумма (SHA-256)"
_STATUS = {
    "accepted": "принят",
    "rejected": "не принят",
    "superseded": "заменён более поздним",
    "ignored": "не читался",
    "unreadable": "не прочитан",
}
_AGAIN = "При утверждении файлы прочитаны и сведены заново; отчёт вышел тот же, что при сведении."
Row = Sequence[str]


class File(NamedTuple):
    """A file by its name and the SHA-256 of its content."""

    name: str
    sha256: str


class Proof(NamedTuple):
    """What is certified of an edition beside what its dossier says.

    Attributes
    ----------
    merged_by
        The version of the program that made the project.
    base
        The edition that it was made from; None where there was none.
    published
        The workbook in force with its volumes, and the archive of the case.
    archived
        What the archive holds.
    """

    merged_by: str
    base: Edition | None
    published: Sequence[File]
    archived: Sequence[File]


def write_certificate(path: Path, dossier: Dossier, proof: Proof) -> None:
    """Write the certificate of an edition in force.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    profile = dossier.profile
    created = datetime.date.fromisoformat(dossier.date)
    document = new_document(profile.style, "Акт соответствия", profile.body.name, created)
    stretches = Stretches(document)
    for text, gap in ((profile.body.name, _GAP_PT), ("АКТ СООТВЕТСТВИЯ", 0), (_subject(dossier), 2 * _GAP_PT)):
        add_text(document, text, CENTRE, bold=True, after=gap, side_mm=_SIDE_MM)
    sections = list(_sections(dossier, proof))
    for number, (title, lines, tables) in enumerate(sections, 1):
        is_last = number == len(sections)
        heading = add_text(document, f"{number}. {title}", LEFT, bold=True, after=_GAP_PT / 2)
        heading.paragraph_format.keep_with_next = True
        for line in lines:
            add_text(document, line).paragraph_format.keep_with_next = bool(tables)
        for table in tables:
            _write_table(stretches, table, dossier, keep_last=is_last)
        add_text(document, "", LEFT).paragraph_format.keep_with_next = is_last
    _write_signature(document, dossier, len(proof.archived))
    save_document(document, path, stretches)


def _subject(dossier: Dossier) -> str:
    approval = dossier.approval
    act = f", {dossier.profile.act.kind} от {russian_date(approval.date)} № {approval.number}" if approval else ""
    return f"редакции Перечня от {russian_date(dossier.date)}{act}"


_Table = tuple[Row, Sequence[Row], Sequence[float]]
_Section = tuple[str, Sequence[str], Sequence[_Table]]


def _sections(dossier: Dossier, proof: Proof) -> Iterator[_Section]:
    """Yield the certificate's sections: title, paragraphs, tables."""
    yield "Что утверждено", [edition_line(dossier), *_records(dossier)], [_files(proof.published)]
    yield "Чем сделано", [_AGAIN], [_made_with(dossier, proof)]
    yield "Файлы подразделений", [_answered(dossier)], [_units_files(dossier)]
    yield "Строки и записи на каждом шаге", [], [_counts(dossier)]
    yield "Замечания", [_remarks(dossier)], []
    yield "Решения", [_decided(dossier)], [_decisions(dossier)] if _applied(dossier) else []
    yield "Что оставалось открытым", reservations(dossier) or ["Ничего: ошибок и вопросов без решения нет."], []
    yield "Состав архива", ["Все исходные файлы в том виде, в каком они прочитаны:"], [_files(proof.archived)]


def _records(dossier: Dossier) -> list[str]:
    waiting = len(dossier.records) - len(dossier.in_force)
    kept = f" На уточнении, вне Перечня: {waiting}." if waiting else ""
    return [f"{sum_of(dossier) or f'Записей: {len(dossier.in_force)}.'}{kept}"]


def _made_with(dossier: Dossier, proof: Proof) -> _Table:
    profile, base = dossier.profile, proof.base
    off = ", ".join(line.code for line in dossier.rules if line.status == OFF)
    disabled = f", отключены: {off}" if off else ""
    checked = sum(line.status == CHECKED for line in dossier.rules)
    file, sha256 = dossier.decided_in
    used = {
        "Программа perechen при сведении": f"версия {proof.merged_by}",
        "Программа perechen при утверждении": f"версия {version('perechen')}",
        "Шаблон подразделения": f"версия {profile.template.version}",
        "Профиль (правила и справочники)": f"{profile.name}\nSHA-256 {dossier.profile_sha256}",
        "Правила": f"всего {len(dossier.rules)}, проверено {checked}{disabled}",
        "Прежняя редакция": f"{base.file}\nSHA-256 {base.sha256}" if base else "не было",
        "Книга с решениями": f"{file}\nSHA-256 {sha256}" if sha256 else "не было",
    }
    return ("Чем", "Что именно"), list(used.items()), (1, 2)


def _answered(dossier: Dossier) -> str:
    names = ", ".join(unit.name for unit in dossier.missing_units)
    received = sum(unit.status == RECEIVED for unit in dossier.units)
    silent = f" Не ответили: {names}; их записи перенесены без подтверждения." if names else ""
    units = plural(len(dossier.units), "подразделения", "подразделений", "подразделений")
    left_over = sum(item.reason == LEFT_OVER for item in dossier.files)
    beside = f" Служебных файлов, которые не читались: {left_over}." if left_over else ""
    return f"Ответили {received} из {units}.{silent}{beside}"


def _units_files(dossier: Dossier) -> _Table:
    rows = [
        (
            item.file,
            item.unit,
            f"{_STATUS[item.status]}{f': {item.reason}' if item.reason else ''}",
            str(item.rows),
            item.sha256,
        )
        for item in dossier.files
        if item.reason != LEFT_OVER
    ]
    return ("Файл", "Код", "Что с ним стало", "Строк", _CHECKSUM), rows, (50, 11, 29, 10, 40)


def _counts(dossier: Dossier) -> _Table:
    sums = dossier.reconciliation
    if sums is None:
        return ("Шаг", "Сколько"), [], (4, 1)
    filled = sum(item.filled for item in dossier.ledgers)
    aside = sum(len(item.aside) for item in dossier.ledgers)
    steps = {
        "Заполнено строк на листах": filled,
        "– из них не данные (шапки, итоги и подобное)": aside,
        "Прочитано строк": sums.read,
        "– без изменений": sums.unchanged,
        "– изменено": sums.changed,
        "– включено": sums.included,
        "– исключено": sums.excluded,
        **({"– – из них записей на уточнении, вне Перечня": len(dossier.dropped)} if dossier.dropped else {}),
        "– не принято": sums.rejected,
        "– заменено более поздними": sums.superseded,
        "Записей было": sums.before,
        "Записей стало": sums.after,
        "– из них перенесено без подтверждения": sums.carried_over,
    }
    return ("Шаг", "Сколько"), [(name, str(count)) for name, count in steps.items()], (4, 1)


def _remarks(dossier: Dossier) -> str:
    counts = [found.count(dossier.findings, severity) for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)]
    errors = plural(counts[0], "ошибка", "ошибки", "ошибок")
    warnings = plural(counts[1], "предупреждение", "предупреждения", "предупреждений")
    by_rule = ", ".join(f"{line.code} – {line.errors}" for line in dossier.rules if line.errors)
    which = f" Ошибки по правилам: {by_rule}." if by_rule else ""
    return f"{errors}, {warnings}, {plural(counts[2], 'сведение', 'сведения', 'сведений')}.{which}"


def _decided(dossier: Dossier) -> str:
    asked = sum(item.question is not None for item in dossier.settlement.settled)
    kept = len(dossier.settlement.settled) - asked
    before = f" Прежних решений, которые не понадобились и хранятся: {kept}." if kept else ""
    if not asked:
        return f"Вопросов уполномоченному сотруднику не было.{before}"
    return f"Вопросов: {asked}, решено: {len(_applied(dossier))}, ждут решения: {dossier.open_questions}.{before}"


def _applied(dossier: Dossier) -> list[Row]:
    return [
        (
            f"{item.question.text}\n{item.question.code or item.question.source}".rstrip(),
            VERDICTS[verdict][0] if (verdict := verdict_of(item.decision.verdict)) else "",
            f"{item.decision.reason}{_until(item.decision)}".lstrip(),
            f"{item.decision.who}\n{russian_date(item.decision.when)}",
        )
        for item in dossier.settlement.settled
        if item.applies and item.question and item.decision
    ]


def _until(decision: Decision) -> str:
    """Return until when a decision holds; "" where it does for good."""
    return f"\nДействует до {russian_date(decision.until)}." if decision.until else ""


def _decisions(dossier: Dossier) -> _Table:
    return ("Вопрос", "Решение", "Причина", "Кто и когда"), _applied(dossier), (50, 16, 34, 26)


def _files(files: Sequence[File]) -> _Table:
    return ("Файл", _CHECKSUM), [(item.name, item.sha256) for item in files], (1, 1)


def _write_table(stretches: Stretches, table: _Table, dossier: Dossier, *, keep_last: bool) -> None:
    headers, rows, shares = table
    margins = dossier.profile.style.margins_mm
    width = A4_MM[0] - margins.left - margins.right
    xml = plain_table_xml(headers, rows, shares, width, keep_last=keep_last)
    stretches.put(xml, most_bytes([headers, *rows]))


def _write_signature(document: WordDocument, dossier: Dossier, archived: int) -> None:
    """Write the signature, which stands on no page alone: not every editor keeps a table's row with what follows it."""
    add_text(document, f"Всего файлов в архиве: {archived}.").paragraph_format.keep_with_next = True
    officer = dossier.profile.officer
    who = officer.post[:1].upper() + officer.post[1:]
    line = add_text(document, f"{who} ____________________ {officer.name}".rstrip(), LEFT, after=_GAP_PT)
    line.paragraph_format.keep_together = line.paragraph_format.keep_with_next = True
    add_text(document, "«____» ____________________ 20____ г.", LEFT)
