"""«Замечания»: what is not in order, gravest first; what the units answer and explain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools import findings as found
from workbook_tools import records
from workbook_tools.groups import Group, first_of, grouped, worst_first
from workbook_tools.remarks import Severity
from workbook_tools.reports.places import Places, first_places
from workbook_tools.reports.table import Cells, TableText, write_table
from workbook_tools.text import plural
from workbook_tools.unit_form import LEFT, NEW
from workbook_tools.xlsx.style import CELL, SEVERITY_FILL, Properties

if TYPE_CHECKING:
    from workbook_tools.answers import Voice
    from workbook_tools.dossier import Dossier
    from workbook_tools.profile import Profile
    from workbook_tools.xlsx.book import XlsxSheet

_SINCE = {LEFT: "осталось", NEW: "новое", "": ""}
_VOICES = {"answer": "ответ", "note": "пояснение"}


def write_remarks(sheet: XlsxSheet, dossier: Dossier) -> Places:
    """Write «Замечания»: findings in groups, then answers to remarks that are gone and notes on rows.

    Returns
    -------
    dict
        The first remark of each level on each unit, «error …», «warning …» with the unit's code, and of each rule,
        «remark …» with the rule's.
    """
    groups = grouped(worst_first(records.rows(dossier.findings)), dossier.profile)
    voices = [voice for voice in dossier.voices if voice.kind == "note" or not voice.stands]
    rows = [
        *(_group_cells(group, dossier.profile) for group in groups),
        *(_voice_cells(voice, dossier.profile) for voice in voices),
    ]
    text = TableText("Замечания проверки", _counts(dossier, len(groups)), "Замечаний нет.")
    header = write_table(sheet, "remarks", rows, dossier.profile, text)
    for offset, (group, row) in enumerate(zip(groups, rows, strict=False), 1):
        sheet.put(header + offset, 0, row["severity"], _filled(str(group.first["severity"])))
    return first_places(sheet, header + 1, map(_names, groups))


def _names(group: Group) -> tuple[str, str]:
    return f"{group.first['severity']} {group.first['unit']}", f"remark {group.first['rule']}"


def _counts(dossier: Dossier, lines: int) -> str:
    remarks = dossier.findings
    if remarks.empty:
        return ""
    joined = f" Одинаковые соединены: строк {lines}, в графе «Ячейка» названы все." if lines < len(remarks) else ""
    errors = plural(found.count(remarks, Severity.ERROR), "ошибка", "ошибки", "ошибок")
    warnings = plural(found.count(remarks, Severity.WARNING), "предупреждение", "предупреждения", "предупреждений")
    infos = plural(found.count(remarks, Severity.INFO), "сведение", "сведения", "сведений")
    return f"{errors}, {warnings}, {infos}.{joined}"


def _group_cells(group: Group, profile: Profile) -> Cells:
    first, limit = group.first, profile.limits.shown_cells
    return {
        "severity": profile.name_of("severities", first["severity"]),
        "rule": first["rule"],
        "unit": profile.unit_name(first["unit"]),
        "file": first["file"],
        "sheet": first["sheet"],
        "cell": first_of(group.cells, limit),
        "column": profile.column_header(first["column"]),
        "value": first_of(group.values, limit),
        "message": group.message,
        "clause": first["clause"],
        "since": _SINCE[first["since"]],
        "answer": group.answer,
    }


def _voice_cells(voice: Voice, profile: Profile) -> Cells:
    """Return a line for what a unit wrote beside the data; the remark that it answers is gone."""
    return {
        "severity": _VOICES[voice.kind],
        "rule": voice.rule,
        "unit": profile.unit_name(voice.unit),
        "file": voice.file,
        "sheet": voice.sheet,
        "cell": voice.cell,
        "message": _about(voice),
        "answer": voice.text,
    }


def _about(voice: Voice) -> str:
    if voice.kind == "answer":
        return f"На замечание, которого больше нет: {voice.message}"
    return f"Пояснение к записи {voice.message}." if voice.message else "Пояснение к новой записи."


def _filled(severity: str) -> Properties:
    return CELL | {"bg_color": SEVERITY_FILL[severity], "bold": severity == Severity.ERROR.value}
