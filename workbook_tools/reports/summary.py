"""«Сводка»: one page that says how things stand, what changed and what must be decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbook_tools.approval import edition_line
from workbook_tools.dossier import MISSING, shown_activities
from workbook_tools.matters import gaps, matters
from workbook_tools.reports.charts import SHOWN_ACTIVITIES
from workbook_tools.reports.lists import told_status
from workbook_tools.reports.page import NOTHING, PAGE_SIZE, Drawing, Figure, Link, Page, dashed
from workbook_tools.standing import refusals
from workbook_tools.text import lowered, russian_date, shortened
from workbook_tools.volumes import told
from workbook_tools.xlsx.book import place_on
from workbook_tools.xlsx.style import CELL, HEADER, HEADING, LINK, MUTED, NUMBER, TITLE

if TYPE_CHECKING:
    from workbook_tools.comparing import Change
    from workbook_tools.dossier import Dossier, UnitLine
    from workbook_tools.profile import Profile
    from workbook_tools.reports.places import Places
    from workbook_tools.xlsx.book import XlsxSheet

_WIDTHS = (4.0, 31.0, 11.5, 10.0, 9.0, 9.5, 14.5, 11.0, 11.5)
_SPANS = ((0, 1), (2, 4), (5, 6), (7, 8))
_UNIT_COUNTS = ("rows", "errors", "warnings", "carried_over")
_SHOWN_CHANGES, _SHOWN_UNITS, _SHOWN_GAPS = 10, 12, 6
_LONGEST_NAME = 140
_ORDINAL = NUMBER | {"align": "center"}
_SHEETS = ("annex", "register", "journal", "remarks", "decisions", "units", "defects", "run")


def write_summary(sheet: XlsxSheet, dossier: Dossier, places: Places, charts: Sequence[Drawing]) -> None:
    """Write «Сводка» (regulation.md 4.5; design.md section 7).

    Parameters
    ----------
    places
        Where the figures lead: what the other sheets gave when they were written.
    charts
        The charts to place.
    """
    page = Page(sheet, _WIDTHS)
    _write_title(page, dossier)
    _write_figures(page, dossier, places)
    _write_activities(page, dossier, places)
    page.charts(charts)
    _write_classes(page, dossier)
    _write_units(page, dossier, places)
    if dossier.base_date or dossier.changes:
        write_cases(page, dossier, places)
    _write_gaps(page, dossier, places)
    write_matters(page, dossier, places)
    page.set_up()
    _write_sheets(page, dossier.profile)


def _write_title(page: Page, dossier: Dossier) -> None:
    page.line(dossier.profile.body.name, {"font_color": MUTED})
    page.line(dossier.profile.texts.title, TITLE, 15)
    page.line(edition_line(dossier), {})
    page.line(dossier.conclusion, {"bold": True}, 11)
    for sentence in told(dossier.volumes, dossier.profile):
        page.line(sentence, {})
    page.space()


def _write_figures(page: Page, dossier: Dossier, places: Places) -> None:
    """Write the few figures that matter, large, each leading to the rows behind it."""
    held = dossier.in_force
    digital = int((held["kind"] == "digital").sum())
    share = digital / len(held) if digital else NOTHING
    key = int((held["key"] == "yes").sum())
    changes = dossier.own_changes
    digitals = f"цифровых точек ({digital})" if digital else "цифровых точек"
    figures = [
        Figure(len(held) or NOTHING, "записей", places.get("records", "")),
        Figure(share, digitals, places.get("digital", ""), "0 %"),
        Figure(key or NOTHING, "ключевых точек", places.get("key", "")),
        Figure(len(changes) or NOTHING, "изменений", places.get("changes", "")),
    ]
    page.figures(figures, _SPANS)


def _write_activities(page: Page, dossier: Dossier, places: Places) -> None:
    page.line(dossier.profile.texts.by_activity, HEADING, 11)
    activity = dossier.profile.field["activity"].header
    titles = ["№", activity, "Записей", "Цифровых", "Офлайн", "Ключевых", "Включено", "Изменено", "Исключено"]
    page.cells(titles, [HEADER] * len(titles))
    counts = shown_activities(dossier.by_activity, SHOWN_ACTIVITIES)
    styles = [_ORDINAL, CELL, *[NUMBER] * len(counts.columns)]
    for number, (name, row) in enumerate(counts.iterrows(), 1):
        own = "" if name not in dossier.by_activity.index else f" {name}"
        links = ["", "", *(places.get(f"{column}{own}", "") for column in counts.columns)]
        page.cells([number, shortened(str(name), _LONGEST_NAME), *dashed(row.tolist())], styles, links)
    links = ["", "", *(places.get(str(column), "") for column in counts.columns)]
    page.cells(["", "Всего", *dashed(counts.sum().tolist())], [style | {"bold": True} for style in styles], links)
    page.space()


def _write_classes(page: Page, dossier: Dossier) -> None:
    """Write what the codes under the chart of changes mean."""
    profile = dossier.profile
    named = (profile.changes[name] for name in dossier.by_class)
    listed = [f"{item.code} – {lowered(item.label)}" for item in named]
    if listed:
        page.line(f"{'; '.join(listed)}.", {"font_color": MUTED}, 8)
        page.space()


def _write_units(page: Page, dossier: Dossier, places: Places) -> None:
    if not dossier.units:
        return
    page.line("По подразделениям", HEADING, 11)
    titles = ["№", "Подразделение", "Сведения", "Дата", "Строк", "Ошибок", "Предупреждений", "Перенесено"]
    page.cells(titles, [HEADER] * len(titles))
    refused = refusals(dossier.files)
    for number, unit in enumerate(_first_units(dossier), 1):
        status = told_status(unit, refused)
        counts = dashed([getattr(unit, name) for name in _UNIT_COUNTS])
        row, remarks = places.get(f"unit {unit.code}", ""), (f"{level} {unit.code}" for level in ("error", "warning"))
        carried = places.get(f"unconfirmed {unit.code}", "")
        links = [row, "", "", "", row, *(places.get(name, "") for name in remarks), carried]
        values = [number, shortened(unit.name, _LONGEST_NAME), status, russian_date(unit.filled) or NOTHING, *counts]
        page.cells(values, [_ORDINAL, CELL, CELL, CELL, *[NUMBER] * 4], links)
    _write_all_units(page, dossier, places.get("all units", ""))
    _more(page, len(dossier.units) - _SHOWN_UNITS, dossier.profile.sheets["units"].name)
    page.space()


def _write_all_units(page: Page, dossier: Dossier, place: str) -> None:
    units = dossier.units
    received = f"{len(units) - len(dossier.missing_units)} из {len(units)}"
    totals = dashed([sum(getattr(unit, name) for unit in units) for name in _UNIT_COUNTS])
    styles = [style | {"bold": True} for style in (_ORDINAL, CELL, CELL, CELL, *[NUMBER] * 4)]
    page.cells(["", "Всего", received, "", *totals], styles, ["", "", "", "", *[place] * len(totals)])


def _first_units(dossier: Dossier) -> Sequence[UnitLine]:
    """Return the units that the page has room for: of too many those first that are silent or have errors."""
    if len(dossier.units) <= _SHOWN_UNITS:
        return dossier.units
    return sorted(dossier.units, key=lambda unit: (unit.status != MISSING, -unit.errors))[:_SHOWN_UNITS]


def _more(page: Page, count: int, sheet: str) -> None:
    if count > 0:
        page.line(f"и ещё {count}, см. лист «{sheet}»", {"italic": True})


def write_cases(page: Page, dossier: Dossier, places: Places, note: str = "") -> None:
    """Write the changes of the four cases by name, each with its line in the journal, and how many more there are.

    Parameters
    ----------
    note
        A sentence above them; "" for none.
    """
    page.line(dossier.profile.texts.cases, HEADING, 11)
    if note:
        page.line(note, {}, link=_link("changes", "показать", places))
    cases = [(at, change) for at, change in enumerate(dossier.changes) if dossier.is_case(change)]
    for at, change in cases[:_SHOWN_CHANGES]:
        page.line(f"• {_case_text(change, dossier.profile)}", {}, link=_link(f"change {at}", "в журнале", places))
    _more(page, len(cases) - _SHOWN_CHANGES, dossier.profile.sheets["journal"].name)
    if not cases:
        page.line("Таких изменений нет.", {})
    page.space()


def _case_text(change: Change, profile: Profile) -> str:
    record = change.record
    labels = [profile.changes[name].label for name in change.classes if profile.changes[name].case]
    code = f"{record['code']}. " if record["code"] else ""
    waits = " (предложено, ждёт решения)" if change.proposed else ""
    names = [shortened(str(record[name]), _LONGEST_NAME) for name in ("touchpoint", "process")]
    return f"{code}{'; '.join(labels)}: «{names[0]}», процесс «{names[1]}»{waits}."


def _link(about: str, words: str, places: Places) -> Link | None:
    return Link(places[about], words) if about in places else None


def _write_gaps(page: Page, dossier: Dossier, places: Places) -> None:
    """Write what the register as a whole lacks."""
    found = list(gaps(dossier))
    if not found:
        return
    page.line("Чего не хватает в Перечне", HEADING, 11)
    for gap in found[:_SHOWN_GAPS]:
        page.line(f"• {gap.text}", {}, link=_link(gap.about, "показать", places))
    _more(page, len(found) - _SHOWN_GAPS, dossier.profile.sheets["remarks"].name)
    page.space()


def write_matters(page: Page, dossier: Dossier, places: Places) -> None:
    """Write what must be decided, by the head first, each with a link to the rows that it is about."""
    page.line("Что предстоит решить", HEADING, 11)
    found = list(matters(dossier))
    for matter in found:
        page.line(f"• {matter.text}", {}, link=_link(matter.about, "показать", places))
    if not found:
        page.line("Решать нечего.", {})


def _write_sheets(page: Page, profile: Profile) -> None:
    """Write links to the other sheets, below what is printed."""
    page.space()
    page.line("Листы книги", HEADING, 11)
    for key in _SHEETS:
        name = profile.sheets[key].name
        page.sheet.put_link(page.row, 1, place_on(name), name, LINK | {"font_size": PAGE_SIZE})
        page.row += 1
