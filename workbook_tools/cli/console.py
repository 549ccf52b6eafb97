"""What a person at the console reads: errors, progress, the closing summary."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_tools.cli.streams import write, write_error
from workbook_tools.progress import silent
from workbook_tools.remarks import Severity
from workbook_tools.text import decimal, plural, shown, tidy

if TYPE_CHECKING:
    from workbook_tools.comparing import Change
    from workbook_tools.dossier import Dossier
    from workbook_tools.pipeline.result import Result
    from workbook_tools.progress import Progress

_SHOWN_ERRORS = 20
_ENDS = (".", "!", "?", "…")
_CELL = re.compile(r"[A-Z]+\d")
_SENTENCE_END = re.compile(r"\.\s+(?=[А-ЯЁ«])")


def say_error(text: str) -> None:
    """Write one error to standard error: on one line, whole sentences to the last full stop."""
    line = tidy(shown(text))
    write_error(f"ошибка: {line}{'' if line.endswith(_ENDS) else '.'}\n")


class Speaker:
    """Writes to people: to standard output, or to standard error where the report takes the output."""

    def __init__(self, *, quiet: bool = False, to_errors: bool = False) -> None:
        self._quiet = quiet
        self._stream = sys.stderr if to_errors else sys.stdout

    def say(self, text: str = "") -> None:
        """Write one line, unless silence was asked for."""
        if not self._quiet:
            write(self._stream, f"{shown(text)}\n")

    def say_all(self, sentences: Iterable[str]) -> None:
        """Write each sentence on a line of its own."""
        for sentence in sentences:
            self.say(sentence)

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Give a function that shows progress on a terminal, and nothing elsewhere or where silence was asked for."""
        if self._quiet or not sys.stderr.isatty():
            yield silent
            return
        from rich.console import Console

        from workbook_tools.cli.stagebar import StageBar

        with StageBar(Console(stderr=True)) as bar:
            yield bar.show


def say_findings(dossier: Dossier) -> None:
    """Write the errors among the findings to standard error, one line a group, the first ones."""
    from workbook_tools import findings as found
    from workbook_tools.groups import first_of, grouped, worst_first
    from workbook_tools.records import rows

    errors = grouped(worst_first(rows(found.of_severity(dossier.findings, Severity.ERROR))), dossier.profile)
    for group in errors[:_SHOWN_ERRORS]:
        first, cells = group.first, first_of(group.cells, dossier.profile.limits.shown_cells)
        say_error(finding_line(first["file"], first["sheet"], cells, group.message, first["clause"]))
    if len(errors) > _SHOWN_ERRORS:
        left = sum(group.count for group in errors[_SHOWN_ERRORS:])
        write_error(f"и ещё ошибок: {left}, см. лист «Замечания»\n")


def finding_line(file: str, sheet: str, cell: str, message: str, clause: str) -> str:
    """Return a finding as one line: file, what, where, what to do, by which clause."""
    what, *rest = _SENTENCE_END.split(message, maxsplit=1)
    # A record that stands in no cell any more is named by its code.
    sign = "!" if _CELL.match(cell) else ", "
    place = sign.join(part for part in (sheet, cell) if part)
    where = f" ({place})" if place else ""
    advice = f" {rest[0]}" if rest else ""
    return f"{file}: {what.rstrip('.')}{where}.{advice} Основание: {clause}." if file else f"{what}.{advice}"


def say_summary(speaker: Speaker, result: Result) -> None:
    """Write how the run ended: files, how many need not be read, records, findings, rounds, changes, outputs."""
    from workbook_tools.volumes import told

    dossier = result.dossier
    if dossier is None:
        return
    speaker.say()
    if dossier.files:
        known, asked = result.from_cache
        again = f"; из кэша: {known} из {asked}" if asked else ""
        speaker.say(f"Файлы:      {_files(dossier)}{again}")
    speaker.say(f"Записи:     {_records(dossier)}")
    many = result.outputs and len(dossier.findings)
    listed = f"; подробно – {_where(dossier, result.listed, 'возвратных копий и ')}" if many else ""
    speaker.say(f"Замечания:  {_findings(dossier)}{listed}")
    for number, sentence in enumerate(_handed_over(dossier)):
        speaker.say(f"{'Чьи записи:' if number == 0 else '':12}{sentence}")
    _say_decisions(speaker, dossier, _where(dossier, result.listed))
    for number, sentence in enumerate(_rounds(dossier)):
        speaker.say(f"{'Исправлено:' if number == 0 else '':12}{sentence}")
    if dossier.reconciliation or dossier.changes:
        speaker.say(f"Изменения:  {_changes(dossier)}")
    for number, sentence in enumerate(told(dossier.volumes, dossier.profile)):
        speaker.say(f"{'Тома:' if number == 0 else '':12}{sentence}")
    say_outputs(speaker, result.outputs)


def _where(dossier: Dossier, listed: str, copies: str = "") -> str:
    """Return where all findings are listed: what concerns no unit is in no copy."""
    from workbook_tools.pipeline.result import IN_BOOK, IN_COPIES

    sheet = f"лист «{dossier.profile.sheets['remarks'].name}»"
    return sheet if listed == IN_BOOK else f"{sheet} {copies if listed == IN_COPIES else ''}сводной книги"


def _handed_over(dossier: Dossier) -> list[str]:
    """Return what is told of records whose unit the profile does not know (П-18)."""
    from workbook_tools.owners import OWNERLESS

    return [str(text) for text in dossier.findings["message"][dossier.findings["variant"].isin(OWNERLESS)]]


def _say_decisions(speaker: Speaker, dossier: Dossier, where: str) -> None:
    """Write that the book of decisions could not be read, or how many of its decisions are in doubt.

    What is only told of one – it waits, or nothing asked for it – is no doubt.
    """
    variants = dossier.findings["variant"]
    is_told = dossier.findings["severity"] == Severity.INFO.value
    if (variants == "decisions_file").any():
        speaker.say("Решения:    книга решений не прочитана, ни одно решение не применено – см. первую ошибку")
    if doubted := int((variants.str.startswith("decision_") & ~is_told).sum()):
        speaker.say(f"Решения:    замечаний к ним {doubted} – не все применены, почему – {where}, правило П-20")


def say_changes(speaker: Speaker, changes: Iterable[Change]) -> None:
    """Write the sentence of each change; what is only proposed comes last, with why."""
    listed = sorted(changes, key=lambda change: change.proposed)
    for change in listed:
        score = f", сходство {decimal(change.score)}" if change.score < 1 else ""
        waits = f"Предложено{score}: " if change.proposed else ""
        speaker.say(" ".join([f"{waits}{change.text}", *(change.evidence if change.proposed else ())]))
    if not listed:
        speaker.say("Изменений нет.")


def say_outputs(speaker: Speaker, outputs: tuple[Path, ...]) -> None:
    """Write where the outputs lie."""
    for number, path in enumerate(outputs):
        speaker.say(f"{'Итоги:' if number == 0 else '':12}{path}")


def _files(dossier: Dossier) -> str:
    names = {
        "accepted": "приняты",
        "rejected": "не приняты",
        "superseded": "заменены более поздними",
        "unreadable": "не прочитаны",
        "ignored": "не читались",
    }
    statuses = [item.status for item in dossier.files]
    parts = [f"{label} {statuses.count(status)}" for status, label in names.items() if status in statuses]
    return ", ".join(parts)


def _records(dossier: Dossier) -> str:
    sums = dossier.reconciliation
    quarantined = len(dossier.records) - len(dossier.in_force)
    waiting = f", на уточнении {quarantined}" if quarantined else ""
    if sums is None:
        return f"{len(dossier.in_force)}{waiting}"
    return f"было {sums.before}, стало {sums.after}, перенесено без подтверждения {sums.carried_over}{waiting}"


def _findings(dossier: Dossier) -> str:
    counts = dossier.findings["severity"].value_counts()
    parts = [
        plural(int(counts.get(Severity.ERROR.value, 0)), "ошибка", "ошибки", "ошибок"),
        plural(int(counts.get(Severity.WARNING.value, 0)), "предупреждение", "предупреждения", "предупреждений"),
        plural(int(counts.get(Severity.INFO.value, 0)), "сведение", "сведения", "сведений"),
    ]
    return ", ".join(parts)


def _rounds(dossier: Dossier) -> Iterator[str]:
    """Yield for each unit that sent a file again how many of its remarks are mended, left, new."""
    for unit in dossier.units:
        if unit.round:
            yield f"{unit.code} – {unit.round.mended}, осталось {unit.round.left}, новых {unit.round.new}"


def _changes(dossier: Dossier) -> str:
    if not dossier.own_changes:
        return "нет"
    classes = [f"{dossier.profile.changes[name].code} – {count}" for name, count in dossier.by_class.items()]
    return (
        f"{len(dossier.own_changes)}, {dossier.profile.texts.of_cases} {len(dossier.cases)}; "
        f"строк журнала {sum(dossier.by_class.values())}: {', '.join(classes)}"
    )
