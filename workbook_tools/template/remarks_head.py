"""What stands above the remarks of a returned copy: whose they are, what the copy does not hold, what to do."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from workbook_tools.groups import worst_first
from workbook_tools.remarks import Severity, refusal
from workbook_tools.template.pages import link_back
from workbook_tools.text import plural, shortened
from workbook_tools.xlsx.paging import TITLE_HEIGHT
from workbook_tools.xlsx.style import HEADING, NOTE, TITLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_tools.profile import Profile
    from workbook_tools.unit_form import UnitForm
    from workbook_tools.xlsx.book import XlsxSheet

# As many signs as the table below is wide: the line does not wrap.
_LINE = 190
_LINES_OF_LEFT_OUT = 4
_FILE_NAME = 60
_TO_DO = {
    Severity.ERROR: (
        "Исправьте ошибки прямо в этом файле и пришлите его снова. На предупреждения ответьте в последней графе."
    ),
    Severity.WARNING: (
        "Ошибок нет. Если предупреждение верно, исправьте этот файл и пришлите его снова, если нет – ответьте на него "
        "в последней графе."
    ),
    Severity.INFO: "Ошибок нет: исправлять и присылать снова ничего не нужно.",
}
_TO_DO_IN_ONES_OWN = {
    Severity.ERROR: (
        "Исправьте не эту копию, а свой файл{file}: в нём ничего не изменено. Пришлите его снова. На предупреждения "
        "ответьте в нём же, в графе «{note}»."
    ),
    Severity.WARNING: (
        "Ошибок нет. Если предупреждение верно, исправьте не эту копию, а свой файл{file} и пришлите его снова, "
        "если нет – ответьте в нём, в графе «{note}»."
    ),
    Severity.INFO: _TO_DO[Severity.INFO],
}


def write_head(sheet: XlsxSheet, form: UnitForm, profile: Profile) -> int:
    """Write what stands above the header of the remarks; return the header's row."""
    sheet.put(0, 0, "Замечания к файлу подразделения", TITLE)
    sheet.raw.set_row(0, TITLE_HEIGHT)
    source = f" Копия сделана из файла «{shortened(form.file, _FILE_NAME)}»." if form.file else ""
    sheet.put(1, 0, f"{form.unit.name}. {summary(form)}{source}", HEADING)
    sheet.put(2, 0, _to_do(form, profile), NOTE | {"text_wrap": False})
    told = [" ".join(_standing(form)), *_of_others(form), *_left_out(form)]
    for row, line in enumerate(told, 3):
        sheet.put(row, 0, line, NOTE | {"text_wrap": False, "bold": True})
    link_back(sheet, 3 + len(told), 0, profile)
    return 4 + len(told)


def _to_do(form: UnitForm, profile: Profile) -> str:
    worst = Severity(worst_first(form.remarks)[0]["severity"])
    if not form.left_out:
        return _TO_DO[worst]
    file = f" «{shortened(form.file, _FILE_NAME)}»" if form.file else ""
    return _TO_DO_IN_ONES_OWN[worst].format_map({"file": file, "note": profile.column_header("note")})


def _of_others(form: UnitForm) -> list[str]:
    """Return the line that says of which of the unit's files this is the copy, where it sent several."""
    if not form.others:
        return []
    names = ", ".join(f"«{other.file}»" for other in form.others)
    text = (
        f"Файл от подразделения не один. Здесь копия файла «{form.file}»; в конце списка – замечания к другим: {names}."
    )
    return [shortened(text, _LINE)]


def _left_out(form: UnitForm) -> list[str]:
    """Return the lines that name what stands in the unit's own file and not in this copy."""
    if not form.left_out:
        return []
    text = f"В этой копии нет того, что есть в вашем файле: {'; '.join(form.left_out)}."
    rest = " … – остальное названо в замечаниях ниже."
    return textwrap.wrap(text, _LINE, max_lines=_LINES_OF_LEFT_OUT, placeholder=rest)


def _standing(form: UnitForm) -> Iterator[str]:
    """Yield whether the file is refused as a whole, and what came of the round before."""
    if form.refused:
        yield shortened(refusal(form.refused), _LINE)
    if form.round is not None:
        counts = f"исправлено {form.round.mended}, осталось {form.round.left}, новых {form.round.new}."
        yield f"С прошлого раза: {counts}"


def summary(form: UnitForm) -> str:
    """Return the counts in words: «3 ошибки, 1 предупреждение»."""
    errors, warnings = (
        sum(remark["severity"] == severity.value for remark in form.remarks)
        for severity in (Severity.ERROR, Severity.WARNING)
    )
    counted = plural(warnings, "предупреждение", "предупреждения", "предупреждений")
    return f"{plural(errors, 'ошибка', 'ошибки', 'ошибок')}, {counted}."
