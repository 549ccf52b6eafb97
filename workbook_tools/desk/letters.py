"""Letters to the units, ready to be pasted: a reminder where nothing came, remarks where there are errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.carried import not_carried
from workbook_tools.groups import Finding, as_filled_in, first_of, grouped, worst_first
from workbook_tools.overview import MEND, REMIND, Overview, UnitState, is_mendable, is_of_whole_file
from workbook_tools.remarks import Severity, refusal
from workbook_tools.template import template_name
from workbook_tools.text import plural, russian_date

if TYPE_CHECKING:
    from workbook_tools.outputs import Outputs
    from workbook_tools.profile import Profile
    from workbook_tools.standing import Standing

_SHOWN = 20
_PATRONYMICS = {"вна": "Уважаемая", "чна": "Уважаемая", "ична": "Уважаемая", "вич": "Уважаемый", "ьич": "Уважаемый"}
_FULL_NAME = 3
_NAMES = {REMIND: "Напоминание", MEND: "Замечания"}


class Letter(NamedTuple):
    """A letter: its file's name, and its lines."""

    name: str
    lines: tuple[str, ...]

    @property
    def content(self) -> bytes:
        """The file as any text editor shows it, the plainest of Windows too."""
        return text_file(self.lines)


def text_file(lines: Sequence[str]) -> bytes:
    """Return lines as the bytes of a text file that any editor shows: UTF-8 with its mark, line breaks of Windows."""
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig", "backslashreplace")


def letters(overview: Overview) -> list[Letter]:
    """Return a letter for each unit that is silent or has errors, in the order of the profile."""
    written = {REMIND: _reminder, MEND: _remarks}
    return [
        Letter(letter_name(state.due, state.unit.code), tuple(written[state.due](state, overview)))
        for state in overview.units
        if state.due in written
    ]


def letter_name(due: str, unit: str) -> str:
    """Return the name of the file of a letter to a unit, by what is due of it (overview.REMIND, overview.MEND)."""
    return f"{_NAMES[due]}_{unit}.txt"


def stage_letters(outputs: Outputs, written: Sequence[Letter]) -> None:
    """Stage each letter as a file.

    Raises
    ------
    OutputError
        One cannot be written.
    """
    for letter in written:
        outputs.stage(letter.name).write_bytes(letter.content)


def _reminder(state: UnitState, overview: Overview) -> Iterator[str]:
    profile = overview.dossier.profile
    yield from _head(state, "О представлении сведений для Перечня точек взаимодействия")
    period = f" за период: {profile.period.label.rstrip('.')}" if profile.period.label else ""
    yield (
        f"{_request(overview)} представить сведения о точках взаимодействия, которые относятся к "
        f"деятельности вашего подразделения{period}."
    )
    yield ""
    yield f"Основание: {_act(profile)}, {profile.cite('П-18')}."
    yield f"По состоянию на {overview.today:%d.%m.%Y} сведения от подразделения не поступили.{_overdue(overview)}"
    yield ""
    yield "Что нужно сделать:"
    template = template_name(profile, state.unit.code, overview.dossier.base_date)
    yield f"1. Откройте направленный вам файл «{template}»: в нём стоят действующие записи подразделения."
    data, title = _sheet(profile, "data"), _sheet(profile, "title")
    yield f"2. На листе «{data}» проверьте каждую строку и выберите действие; изменения подтвердите документом."
    yield f"3. На листе «{title}» укажите, кто и когда заполнил и проверил сведения."
    yield "4. Сохраните файл и направьте его уполномоченному сотруднику."
    yield f"Если изменений нет, укажите это на листе «{title}» и тоже направьте файл."
    if state.line.carried_over:
        count = plural(state.line.carried_over, "запись", "записи", "записей")
        yield ""
        yield f"Без ответа действующие записи подразделения ({count}) войдут в новую редакцию без подтверждения."
    yield from _end(profile)


def _remarks(state: UnitState, overview: Overview) -> Iterator[str]:
    profile = overview.dossier.profile
    yield from _head(state, "О замечаниях к сведениям для Перечня точек взаимодействия")
    yield f"{_request(overview)} устранить замечания к представленным сведениям и направить исправленный файл повторно."
    yield ""
    filled = f", заполнен {russian_date(state.line.filled)}" if state.line.filled else ""
    yield f"Проверен файл «{state.line.file}»{filled}. Основание: {_act(profile)}.{_overdue(overview)}"
    if state.refused:
        yield refusal(state.refused)
    yield ""
    yield from _found(state, overview)
    for item in overview.other_files(state):
        yield from _of_another(item, overview)
    yield ""
    yield "Что нужно сделать:"
    yield from _how_to_mend(state, overview)
    title = _sheet(profile, "title")
    yield f"3. На листе «{title}» обновите даты заполнения и проверки, сохраните файл и направьте его."
    yield from _end(profile)


def _how_to_mend(state: UnitState, overview: Overview) -> Iterator[str]:
    """Yield where the remarks stand and where they are mended: the copy does not hold everything of some files."""
    profile = overview.dossier.profile
    remarks, copy = _sheet(profile, "unit_remarks"), f"приложенную копию вашего файла («{state.unit.code}.xlsx»)"
    left_out = not_carried(overview.findings_in(state.line.file), profile)
    if left_out:
        yield f"1. Откройте {copy}: на листе «{remarks}» сказано, что исправить. В копии нет: {'; '.join(left_out)}."
        file, note = state.line.file, profile.column_header("note")
        yield f"2. Исправьте не копию, а свой файл «{file}»: в нём ничего не изменено. Ответить можно в графе «{note}»."
        return
    yield f"1. Откройте {copy}: ошибочные ячейки в ней отмечены."
    answer = profile.headers("unit_remarks")["answer"]
    yield f"2. Исправьте их прямо в этой копии; на листе «{remarks}» можно ответить в графе «{answer}»."


def _found(state: UnitState, overview: Overview) -> Iterator[str]:
    """Yield what was found, gravest first."""
    others = {item.file for item in overview.other_files(state)}

    def own(severity: Severity) -> list[Finding]:
        found = overview.findings_on(state.unit.code, severity)
        return as_filled_in((item for item in found if item["file"] not in others), overview.dossier.profile)

    errors = own(Severity.ERROR)
    yield from _errors(state, [finding for finding in errors if is_mendable(finding)], overview.dossier.profile)
    waiting = [finding for finding in errors if not is_mendable(finding)]
    if waiting:
        yield ""
        yield "Ждёт решения уполномоченного сотрудника (если согласны с другим подразделением, исправьте):"
        yield from _listed(waiting, overview.dossier.profile)
    warnings = own(Severity.WARNING)
    if warnings:
        yield ""
        yield "Предупреждения (исправлять не обязательно, но прошу ответить на каждое):"
        yield from _listed(warnings, overview.dossier.profile)


def _of_another(item: Standing, overview: Overview) -> Iterator[str]:
    """Yield the errors and warnings on another file of the unit, whose cells are those of that file."""
    found = [finding for finding in overview.findings_in(item.file) if finding["severity"] != Severity.INFO.value]
    if found:
        yield ""
        yield f"Замечания к другому файлу подразделения – «{item.file}» (не учтён: {item.reason.rstrip('.')}):"
        profile = overview.dossier.profile
        yield from _listed(worst_first(as_filled_in(found, profile)), profile)


def _errors(state: UnitState, errors: Sequence[Finding], profile: Profile) -> Iterator[str]:
    """Yield the errors that the unit can mend: of a refused file first those for which it is refused."""
    whole = [finding for finding in errors if state.refused and is_of_whole_file(finding)]
    if whole:
        yield "Ошибки, из-за которых файл не принят целиком:"
        yield from _listed(whole, profile)
    of_rows = [finding for finding in errors if finding not in whole]
    if of_rows:
        yield from [""] if whole else []
        yield (
            "Ошибки в строках (их тоже нужно исправить):" if state.refused else "Ошибки (строки с ними не принимаются):"
        )
        yield from _listed(of_rows, profile)


def _head(state: UnitState, subject: str) -> Iterator[str]:
    """Yield whom the letter is for, what it is about, and a greeting where the name says which."""
    yield "Руководителю структурного подразделения"
    yield f"«{state.unit.name}»"
    if state.unit.head:
        yield state.unit.head
    yield ""
    yield subject
    yield ""
    greeting = _greeting(state.unit.head)
    if greeting:
        yield greeting
        yield ""


def _greeting(head: str) -> str:
    """Return a greeting for a name written in full, "" for any other: with initials nobody is greeted."""
    name = head.partition(",")[0].split()
    if len(name) != _FULL_NAME or any("." in part for part in name):
        return ""
    word = next((word for ending, word in _PATRONYMICS.items() if name[2].endswith(ending)), "")
    return f"{word} {name[1]} {name[2]}!" if word else ""


def _request(overview: Overview) -> str:
    deadline = overview.deadline
    if deadline is None:
        return "Прошу в возможно короткий срок"
    return "Прошу незамедлительно" if deadline < overview.today else f"Прошу в срок до {deadline:%d.%m.%Y}"


def _overdue(overview: Overview) -> str:
    deadline = overview.deadline
    is_over = deadline is not None and deadline < overview.today
    return f" Установленный срок ({deadline:%d.%m.%Y}) истёк." if is_over else ""


def _act(profile: Profile) -> str:
    return f"{profile.act.kind} от {profile.act.date:%d.%m.%Y} № {profile.act.number}"


def _listed(findings: Sequence[Finding], profile: Profile) -> Iterator[str]:
    groups = grouped(findings, profile)
    for number, group in enumerate(groups[:_SHOWN], 1):
        cells = first_of(group.cells, profile.limits.shown_cells)
        place = ", ".join(
            part for part in (f"лист «{group.first['sheet']}»" if group.first["sheet"] else "", cells) if part
        )
        yield f"{number}. {f'{place}: ' if place else ''}{group.message} Основание: {group.first['clause']}."
    if len(groups) > _SHOWN:
        left = plural(sum(group.count for group in groups[_SHOWN:]), "замечание", "замечания", "замечаний")
        yield f"И ещё {left}: см. лист «{_sheet(profile, 'unit_remarks')}» приложенной копии."


def _sheet(profile: Profile, key: str) -> str:
    return profile.sheets[key].name


def _end(profile: Profile) -> Iterator[str]:
    yield ""
    signed = ", ".join(part for part in (profile.officer.post, profile.officer.name) if part)
    yield signed[:1].upper() + signed[1:]
