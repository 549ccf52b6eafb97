"""«Журнал изменений»: one line a class of change, with the sentence that can be quoted; proposals stand apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.comparing.change import CARRIED_OVER, EXCLUDED, NEW, RULE, SPLIT_MERGED
from workbook_tools.comparing.classes import BLANK
from workbook_tools.comparing.marking import Marked, Piece, marked, marked_needs
from workbook_tools.dossier import activity_of, counted_as
from workbook_tools.matters import open_questions, questions_on, sum_of, told_of_dropped
from workbook_tools.reports.places import Places, first_places
from workbook_tools.reports.table import TableText, append_lines, as_date, fitting, fitting_widths, write_lines
from workbook_tools.text import decimal
from workbook_tools.xlsx.style import ADDED, CELL, HEADING, STRUCK, Properties

if TYPE_CHECKING:
    from workbook_tools.comparing import Change, Entry
    from workbook_tools.dossier import Dossier
    from workbook_tools.profile import Profile
    from workbook_tools.xlsx.book import Value, XlsxSheet

_VARIANT_LETTERS = {"body": "а", "process": "б"}
_FONTS: dict[str, Properties] = {"same": {}, "removed": STRUCK, "added": ADDED}
# Title, note, link and header above the lines; the heading of those that are only proposed.
ROWS_AROUND = 8
_LEGEND = "Изъятые слова зачёркнуты, новые выделены полужирным."


class Line(NamedTuple):
    """One line of the journal: a change and its place among all, one of its classes, the numbers of its questions."""

    at: int
    change: Change
    entry: Entry
    questions: tuple[int, ...]


@dataclass(frozen=True)
class Journal:
    """Lines of the journal: those that are settled, those that are only proposed, and the numbers of their first."""

    decided: Sequence[Line]
    proposed: Sequence[Line]
    first: int = 1
    first_proposed: int = 1

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.decided) + len(self.proposed)

    def part(self, start: int, stop: int) -> Journal:
        """Return the lines from one place to another, half open, with the numbers that they have in the whole."""
        settled = len(self.decided)
        return Journal(
            self.decided[start:stop],
            self.proposed[max(0, start - settled) : max(0, stop - settled)],
            start + 1,
            max(0, start - settled) + 1,
        )


def journal_of(dossier: Dossier) -> Journal:
    """Return all lines of the journal."""
    asked = open_questions(dossier)
    lines = [
        Line(at, change, entry, questions_on(change, asked))
        for at, change in enumerate(dossier.changes)
        for entry in change.entries
    ]
    decided, proposed = ([line for line in lines if line.change.proposed is apart] for apart in (False, True))
    return Journal(decided, sorted(proposed, key=lambda line: line.change.score))


def write_journal(sheet: XlsxSheet, dossier: Dossier, part: Journal | None = None) -> Places:
    """Write «Журнал изменений» (columns: regulation.md section 5).

    Parameters
    ----------
    part
        The lines to write; without it all.

    Returns
    -------
    dict
        Where the changes begin, and the first line of each class and of what is included, changed and excluded, also
        within an activity: «changes», «class …», «class … …», «included», «included …»; of each class the first
        that is only proposed: «waiting …»; of each change its first: «change …» with its place among
        all.
    """
    journal = journal_of(dossier) if part is None else part
    decided, proposed = journal.decided, journal.proposed
    empty = "Изменений нет." if not proposed else "Решённых изменений нет: все ждут решения, см. ниже."
    text = TableText(dossier.profile.sheets["journal"].name, note_of(dossier), empty)
    cells = _cells(decided, dossier, journal.first)
    waiting = _cells(proposed, dossier, journal.first_proposed)
    widths = fitting_widths("journal", [*cells, *waiting], dossier.profile)
    header = write_lines(sheet, "journal", cells, dossier.profile, text, widths=widths)
    _mark(sheet, header + 1, decided, dossier.profile)
    places = first_places(sheet, header + 1, map(_names, decided))
    if proposed:
        # Below the table, out of reach of its filter.
        top = header + max(len(decided), 1) + 2
        _write_heading(sheet, top, dossier.profile)
        append_lines(sheet, top + 1, widths, waiting)
        _mark(sheet, top + 1, proposed, dossier.profile)
        places = first_places(sheet, top + 1, map(_names, proposed)) | places
    return {"changes": sheet.place(header)} | places


def _names(line: Line) -> Iterator[str]:
    """Yield under which figures a line is counted."""
    activity, counted = activity_of(line.change), counted_as(line.change)
    for name in (f"class {line.entry.kind}", *([counted] if counted else [])):
        yield from (name, f"{name} {activity}")
    if line.change.proposed:
        yield f"waiting {line.entry.kind}"
    yield f"change {line.at}"


def _write_heading(sheet: XlsxSheet, row: int, profile: Profile) -> None:
    decisions = profile.sheets["decisions"].name
    sheet.put(row, 0, f"Предложено программой, ждёт решения на листе «{decisions}»", HEADING)


def note_of(dossier: Dossier) -> str:
    """Return what the changes come to: by section III, by class, and that the register adds up."""
    if not dossier.changes:
        return told_of_dropped(dossier)
    profile = dossier.profile
    totals = ", ".join(f"{profile.changes[name].code} – {count}" for name, count in dossier.by_class.items())
    lines = sum(dossier.by_class.values())
    several = " (у одной записи их может быть несколько)" if lines > len(dossier.own_changes) else ""
    classes = f" Строк по классам: {lines}{several}: {totals}." if lines else ""
    proposed = sum(change.proposed for change in dossier.changes)
    waits = f" Из них предложено программой и ждёт решения: {proposed}." if proposed else ""
    carried = len(dossier.changes) - len(dossier.own_changes)
    confirmed = f" Перенесено без подтверждения: {carried} ({profile.changes[CARRIED_OVER].code})." if carried else ""
    sums = f"\n{' '.join(filter(None, (sum_of(dossier), _LEGEND)))}"
    return (
        f"Изменений: {len(dossier.own_changes)}, {profile.texts.of_cases}: {len(dossier.cases)}."
        f"{classes}{waits}{confirmed}{sums}"
    )


def _cells(lines: Iterable[Line], dossier: Dossier, first: int) -> list[list[Value]]:
    day, decides = as_date(dossier.date), dossier.compared is None
    names = [column.name for column in dossier.profile.sheets["journal"].columns]
    shown = (_line(line, dossier.profile, decides=decides) for line in lines)
    numbered = ({"number": number, "date": day, **line} for number, line in enumerate(shown, first))
    return [[line.get(name, "") for name in names] for line in numbered]


def _line(line: Line, profile: Profile, *, decides: bool) -> dict[str, Value]:
    change, entry = line.change, line.entry
    record, setting = change.record, profile.changes[entry.kind]
    letter = _VARIANT_LETTERS.get(entry.variant, "")
    detail = f" ({setting.variants[entry.variant]})" if letter else ""
    was, now = _texts(change, entry)
    return {
        "code": record["code"],
        "class": f"{setting.code}{letter}. {setting.label}{detail}",
        "section_iii": "да" if setting.case else "нет",
        "activity": record["activity"],
        "process": record["process"],
        "touchpoint": record["touchpoint"],
        "column": profile.field[entry.column].header if entry.column else "",
        "before": was,
        "after": now,
        "basis": _basis(change, entry),
        "unit": profile.unit_name(record["unit"]),
        "decision": _decision(line) if decides or change.proposed else "",
        "text": _text(change, entry),
    }


def _texts(change: Change, entry: Entry) -> tuple[str, str]:
    """Return what stood and what stands: of a record that came or went, its touchpoint."""
    touchpoint = str(change.record["touchpoint"])
    was = entry.before or (touchpoint if entry.kind == EXCLUDED else "")
    return was, entry.after or (touchpoint if entry.kind == NEW else "")


def _text(change: Change, entry: Entry) -> str:
    """Return the sentence of a class; of a proposed match also why the two records are taken to be one."""
    if not change.proposed or not change.evidence:
        return fitting(entry.text)
    return fitting(f"{entry.text} Сходство {decimal(change.score)}. {' '.join(change.evidence)}")


def _basis(change: Change, entry: Entry) -> str:
    """Return the document behind a line; what nobody confirmed has none."""
    if entry.kind in {CARRIED_OVER, RULE}:
        return ""
    # Of a record that is gone its own document is that of its inclusion.
    if change.after is None or (entry.kind == SPLIT_MERGED and change.basis):
        return change.basis
    return str(change.record["basis"])


def _decision(line: Line) -> str:
    """Return what was decided; data about which a question stands open are in the register, but not settled."""
    if line.entry.kind == CARRIED_OVER:
        return "не подтверждено"
    if line.change.proposed:
        return "ждёт решения"
    if not line.questions:
        return "принято"
    numbers = ", ".join(map(str, line.questions))
    return f"внесено; {'открыт вопрос' if len(line.questions) == 1 else 'открыты вопросы'} № {numbers}"


def _mark(sheet: XlsxSheet, first: int, lines: Iterable[Line], profile: Profile) -> None:
    """Write the cells «Было» and «Стало» again with the changed words marked."""
    names = [column.name for column in profile.sheets["journal"].columns]
    places = names.index("before"), names.index("after")
    for row, line in enumerate(lines, first):
        for column, pieces in zip(places, _marked(line.change, line.entry, profile), strict=True):
            if any(piece.mark != "same" for piece in pieces):
                sheet.put_rich(row, column, list(_fonts(pieces)), CELL)


def _marked(change: Change, entry: Entry, profile: Profile) -> Marked:
    was, now = _texts(change, entry)
    if BLANK in {was, now}:
        # Where nothing stood no word was taken out.
        same, new = (Piece(text, "same") for text in (was, now))
        return Marked((same,), (new if now == BLANK else Piece(now, "added"),))
    return marked_needs(was, now, profile) if entry.column == "needs" else marked(was, now)


def _fonts(pieces: Iterable[Piece]) -> Iterator[tuple[str, Properties]]:
    yield from ((piece.text, _FONTS[piece.mark]) for piece in pieces)
