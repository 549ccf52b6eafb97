"""`diff` from files to a workbook: what is proposed waits for the officer, what is decided is applied, sums add up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from openpyxl import load_workbook

from tests.books import DATE, MINISTRY, PHONE, PROFILE, SOVIETS, STAFF, TODAY, edition_of_rows, record
from tests.desk import HEADERS, LOADED, lines, told
from workbook_tools.cli import main
from workbook_tools.dossier import Dossier
from workbook_tools.errors import InputError
from workbook_tools.pipeline.comparing import diff
from workbook_tools.pipeline.consolidating import APPROVED
from workbook_tools.pipeline.editions import load_compared, load_edition
from workbook_tools.profile import LoadedProfile, Profile
from workbook_tools.reports.consolidated import write_consolidated

if TYPE_CHECKING:
    from workbook_tools.pipeline.result import Result

Row = dict[str, Any]
SAMPLES = Path(__file__).parent.parent / "samples"
ANNEX_HEADER = tuple(PROFILE.headers("annex").values())
LABEL = next(item.annex_label for item in PROFILE.activities if item.name == STAFF)
DIGITAL = PROFILE.model_copy(update={"kind_overrides": {"ТЕЛЕФОН": "digital"}})
LEAVE, IN_FULL = "Приём заявлений на отпуск", "Приём заявлений на отпуск в электронной форме"
NAMES = [LEAVE, "Выдача справок о стаже работы", "Увольнение со службы", "Ведение личных дел", "Учёт поощрений"]
RENAMED = [IN_FULL, *NAMES[1:]]


def row(process: str, code: str = "", touchpoint: str = MINISTRY, **values: str) -> Row:
    return record(code, "КАДР", STAFF, process, touchpoint) | values


def rows(names: list[str], *codes: int) -> list[Row]:
    """Return a record for each name; with numbers given, each with a code."""
    given = [f"Т-{number:04d}" for number in codes] or [""] * len(names)
    return [row(name, code) for name, code in zip(names, given, strict=True)]


def book(path: Path, records: list[Row], date: str = DATE, profile: Profile = PROFILE, base: str = "") -> Path:
    """Write an edition as our own workbook."""
    edition = edition_of_rows(records, date)
    write_consolidated(path, Dossier(profile, "", edition.records, date, APPROVED, edition.last_code, base_date=base))
    return path


def annex(path: Path, names: list[str]) -> Path:
    """Write an edition as Приложение 1 typed by hand: no codes, one process a row."""
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("Приложение 1")
        sheet.write_row(0, 0, ANNEX_HEADER)
        for at, name in enumerate(names, 1):
            sheet.write_row(at, 0, [str(at), LABEL, name, MINISTRY, "Получение консультации", "Офлайн-точка"])
    return path


def classes(result: Result) -> list[tuple[str, ...]]:
    return sorted(tuple(change["classes"]) for change in result.report["changes"])


def decided(made: Path, path: Path, verdict: str, reason: str = "Сверено с подразделением") -> Path:
    """Fill in the only question of a comparison's workbook; return the copy."""
    workbook = load_workbook(made)
    sheet = workbook["Решения"]
    header = next(number for number in range(1, 20) if sheet.cell(number, 1).value == HEADERS["number"])
    columns = {cell.value: number for number, cell in enumerate(sheet[header], 1)}
    sheet.cell(header + 1, columns[HEADERS["decision"]]).value = verdict
    sheet.cell(header + 1, columns[HEADERS["reason"]]).value = reason
    workbook.save(path)
    return path


class Desk:
    """A folder with two editions to compare and the comparison's workbook."""

    def __init__(self, folder: Path, old: Path, new: Path) -> None:
        self.old, self.new, self.out = old, new, folder / "Сравнение.xlsx"

    def compare(self, decisions: Path | None = None, loaded: LoadedProfile = LOADED) -> Result:
        return diff(self.old, self.new, loaded, self.out, decisions=decisions, date=TODAY)


def desk_of(folder: Path, *kinds: str) -> Desk:
    """Return a desk with two editions without codes, in which one process is reworded."""
    old, new = (
        annex(folder / f"{name}.xlsx", names) if kind == "annex" else book(folder / f"{name}.xlsx", rows(names))
        for kind, name, names in zip(kinds, ("прежняя", "новая"), (NAMES, RENAMED), strict=True)
    )
    return Desk(folder, old, new)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_of(tmp_path, "annex", "book")


# --- proposals and decisions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kinds", [("annex", "annex"), ("book", "book"), ("annex", "book")])
def test_a_renamed_process_of_an_edition_without_codes_is_only_proposed(tmp_path: Path, kinds: tuple[str, str]) -> None:
    result = desk_of(tmp_path, *kinds).compare()
    (change,) = result.report["changes"]
    assert change["classes"] == ["process_renamed"]
    assert (change["match"]["by"], change["match"]["proposed"]) == ("similarity", True)
    assert change["match"]["evidence"]
    assert (change["before"]["process"], change["after"]["process"]) == (LEAVE, IN_FULL)
    (line,) = [item for item in lines(result) if item.rule == "К6"]
    assert (line.status, line.decision) == ("open", None)
    assert result.exit_code == 1


def test_what_the_officer_accepts_is_no_longer_proposed(desk: Desk, tmp_path: Path) -> None:
    first = desk.compare()
    result = desk.compare(decided(desk.out, tmp_path / "решения.xlsx", "принять"))
    assert classes(result) == classes(first)
    assert not any(item["match"]["proposed"] for item in result.report["changes"])
    (line,) = [item for item in lines(result) if item.rule == "К6"]
    assert (line.status, line.decision, line.reason) == ("accepted", "accept", "Сверено с подразделением")
    assert line.when == TODAY
    assert result.report["balance"] == first.report["balance"]


def test_what_the_officer_returns_is_an_exclusion_and_a_new_record(desk: Desk, tmp_path: Path) -> None:
    desk.compare()
    result = desk.compare(decided(desk.out, tmp_path / "решения.xlsx", "вернуть"))
    assert classes(result) == [("excluded",), ("new",)]
    assert not any(item["match"]["proposed"] for item in result.report["changes"])
    assert result.report["balance"] == {"before": 5, "new": 1, "excluded": 1, "regrouped": 0, "after": 5}
    (line,) = [item for item in lines(result) if item.rule == "К6"]
    assert line.status == "returned"
    assert result.exit_code == 1


def test_a_decision_is_kept_in_the_next_workbook_and_applies_again(desk: Desk, tmp_path: Path) -> None:
    desk.compare()
    first = desk.compare(decided(desk.out, tmp_path / "решения.xlsx", "вернуть"))
    kept = desk.out.rename(tmp_path / "первое.xlsx")
    again = desk.compare(kept)
    assert again.report["changes"] == first.report["changes"]
    assert again.report["decisions"] == first.report["decisions"]


def test_a_decision_on_other_data_is_told_and_does_not_apply(desk: Desk, tmp_path: Path) -> None:
    desk.compare()
    path = decided(desk.out, tmp_path / "решения.xlsx", "принять")
    desk.new = book(tmp_path / "третья.xlsx", rows([f"{LEAVE} в бумажной форме", *NAMES[1:]]))
    result = desk.compare(path)
    assert [variant for variant, *_ in told(result)] == ["decision_stale"]
    (change,) = result.report["changes"]
    assert change["classes"] == ["process_renamed"]
    assert change["match"]["proposed"]


@pytest.mark.parametrize("content", ["книга без листа", "не книга"])
def test_a_wrong_file_of_decisions_is_an_error_and_nothing_is_decided(desk: Desk, tmp_path: Path, content: str) -> None:
    wrong = tmp_path / "решения.xlsx"
    if content == "не книга":
        wrong.write_text("решения", encoding="utf-8")
    else:
        annex(wrong, [])
    result = desk.compare(wrong)
    assert result.exit_code == 2
    ((variant, severity, _, message),) = told(result)
    assert (variant, severity) == ("decisions_file", "error")
    assert message.startswith("Файл решений не прочитан: ")
    assert message.endswith(". Ни одно решение не применено.")
    assert [line.status for line in lines(result) if line.rule == "К6"] == ["open"]


def test_a_file_of_decisions_that_is_not_there_stops_the_run(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="такого файла нет"):
        desk.compare(tmp_path / "нет.xlsx")
    assert not desk.out.exists()


# --- codes ---------------------------------------------------------------------------------------------------------


def test_editions_in_the_wrong_order_are_told_of(tmp_path: Path) -> None:
    old = book(tmp_path / "прежняя.xlsx", rows(NAMES, 1, 2, 3, 4, 5))
    new = book(tmp_path / "новая.xlsx", rows(NAMES[1:], 2, 3, 4, 5), TODAY, base=DATE)
    assert told(diff(old, new, LOADED), "П-27") == []
    swapped = diff(new, old, LOADED)
    message = (
        "Редакция «прежняя.xlsx» указана как новая, но она от 19.03.2024, то есть старше прежней – «новая.xlsx» от "
        "22.11.2026. Похоже, книги переставлены: включённое показано исключённым, и наоборот. Укажите первой более "
        "раннюю редакцию."
    )
    assert told(swapped, "П-27") == [("swapped", "warning", None, message)]
    assert told(swapped, "П-14") == []


def test_editions_that_were_numbered_independently_are_told_of_and_compared_by_content(tmp_path: Path) -> None:
    old = book(tmp_path / "прежняя.xlsx", rows(NAMES, 1, 2, 3, 4, 5))
    new = book(tmp_path / "новая.xlsx", rows(RENAMED, 5, 4, 2, 1, 3), TODAY)
    result = diff(old, new, LOADED)
    assert told(result, "П-27") == [
        (
            "codes_apart",
            "warning",
            None,
            (
                "Коды записей в редакциях «прежняя.xlsx» и «новая.xlsx» даны независимо друг от друга: одинаковые "
                "записи носят разные коды. Записи сопоставлены по содержанию, без кодов. Если одна редакция сделана "
                "из другой, укажите именно её книгу."
            ),
        )
    ]
    (change,) = result.report["changes"]
    assert (change["classes"], change["before"]["process"]) == (["process_renamed"], LEAVE)
    assert result.report["balance"]["after"] == 5


def test_codes_of_an_edition_made_from_the_other_are_trusted(tmp_path: Path) -> None:
    old = book(tmp_path / "прежняя.xlsx", rows(NAMES, 1, 2, 3, 4, 5))
    new = book(tmp_path / "новая.xlsx", rows(RENAMED, 1, 2, 3, 4, 5), TODAY, base=DATE)
    result = diff(old, new, LOADED)
    assert told(result, "П-27") == []
    (change,) = result.report["changes"]
    assert (change["match"]["by"], change["match"]["proposed"]) == ("code", False)
    assert result.report["decisions"] == []


# --- the rule of a touchpoint --------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_a_rule_that_changed_between_two_profiles_is_told_once(tmp_path: Path, count: int) -> None:
    before, after = (
        [row(name, f"Т-{at:04d}", PHONE, kind=kind) for at, name in enumerate(NAMES[:count], 1)]
        for kind in ("offline", "digital")
    )
    old = book(tmp_path / "прежняя.xlsx", before)
    new = book(tmp_path / "новая.xlsx", after, TODAY, DIGITAL, DATE)
    result = diff(old, new, LoadedProfile(DIGITAL, ""))
    (change,) = result.report["changes"]
    codes = [f"Т-{at:04d}" for at in range(1, count + 1)]
    assert change["classes"] == ["rule_changed"]
    assert change["rule"] == {"touchpoint": PHONE, "before": "офлайн", "after": "цифровая", "records": codes}
    assert change["text"].endswith(f"затронуто записей: {count}.")
    assert result.report["balance"] == {"before": count, "new": 0, "excluded": 0, "regrouped": 0, "after": count}
    assert classes(diff(old, new, LOADED)) == [("kind_changed",)] * count


# --- what is not compared, and how it ends -------------------------------------------------------------------------


def test_the_report_names_both_editions_and_the_sum_adds_up(tmp_path: Path) -> None:
    old = book(tmp_path / "прежняя.xlsx", rows(NAMES, 1, 2, 3, 4, 5))
    new = book(tmp_path / "новая.xlsx", [*rows(NAMES, 1, 2, 3, 4, 5)[1:], row("Награждение", "Т-0006", SOVIETS)], TODAY)
    result = diff(old, new, LOADED, tmp_path / "Сравнение.xlsx")
    report = result.report
    assert (report["command"], report["old"]["file"], report["new"]["file"]) == ("diff", old.name, new.name)
    assert (report["old"]["records"], report["new"]["records"], report["date"]) == (5, 5, TODAY)
    assert report["balance"] == {"before": 5, "new": 1, "excluded": 1, "regrouped": 0, "after": 5}
    assert classes(result) == [("excluded",), ("new",)]
    assert report["outputs"] == ["Сравнение.xlsx"]
    assert result.outputs[0].is_file()


def test_the_two_editions_are_left_as_they_were(desk: Desk) -> None:
    was = desk.old.read_bytes(), desk.new.read_bytes()
    desk.compare()
    assert (desk.old.read_bytes(), desk.new.read_bytes()) == was


@pytest.mark.parametrize(("names", "code"), [(NAMES, 0), (RENAMED, 1)])
def test_the_exit_code_says_whether_there_are_changes(
    tmp_path: Path, names: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = annex(tmp_path / "прежняя.xlsx", NAMES), annex(tmp_path / "новая.xlsx", names)
    assert main(["diff", str(old), str(new), "--date", TODAY]) == code
    assert ("Изменений нет." in capsys.readouterr().out) is (code == 0)


def test_from_the_command_line_a_wrong_file_of_decisions_ends_with_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = annex(tmp_path / "прежняя.xlsx", NAMES), annex(tmp_path / "новая.xlsx", RENAMED)
    assert main(["diff", str(old), str(new), "--decisions", str(annex(tmp_path / "решения.xlsx", []))]) == 2
    written = capsys.readouterr()
    assert "Файл решений не прочитан" in written.out + written.err


# --- what is told beside the changes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("before", "after", "side"), [(1, 0, "прежней"), (0, 1, "новой")])
def test_a_record_that_waits_in_one_edition_only_is_told_for_no_change_names_it(
    tmp_path: Path, before: int, after: int, side: str
) -> None:
    waiting = row("Учёт дел", touchpoint=SOVIETS) | {"state": "quarantined"}
    old = book(tmp_path / "прежняя.xlsx", [row(LEAVE), *[waiting] * before])
    new = book(tmp_path / "новая.xlsx", [row(LEAVE), *[waiting] * after], TODAY)
    result = diff(old, new, LOADED)
    assert result.report["changes"] == []
    (finding,) = [item for item in result.report["findings"] if item["rule"] == "П-06"]
    assert f"«{SOVIETS}», процесс «Учёт дел»" in finding["message"]
    assert f"есть только в {side} редакции" in finding["message"]


def test_a_record_that_waits_is_shown_where_it_stands_and_its_kind_in_russian(tmp_path: Path) -> None:
    read = {"file": "приказ.docx", "sheet": "таблица 1", "row": 7, "source": "приказ.docx › таблица 1 › строка 7"}
    waiting = row("Учёт дел", "Т-0002", SOVIETS, kind="digital") | {"state": "quarantined", **read}
    old = book(tmp_path / "прежняя.xlsx", [row(LEAVE, "Т-0001"), waiting])
    new = book(tmp_path / "новая.xlsx", [row(LEAVE, "Т-0001")], TODAY)
    (finding,) = [item for item in diff(old, new, LOADED).report["findings"] if item["rule"] == "П-06"]
    assert (finding["file"], finding["sheet"], finding["value"]) == (old.name, "Реестр", "цифровая")
    shown = load_workbook(old)["Реестр"]
    assert shown[finding["cell"]].value == "цифровая"
    assert "Т-0002" in [cell.value for cell in shown[finding["row"]]]


def test_a_record_of_an_annex_that_waits_is_told_at_its_row_of_the_annex(tmp_path: Path) -> None:
    old, new = SAMPLES / "annex-2024-03-19.docx", book(tmp_path / "новая.xlsx", [row(LEAVE)], TODAY)
    ((sheet, cell, value),) = [
        (item["sheet"], item["cell"], item["value"])
        for item in diff(old, new, LOADED).report["findings"]
        if item["variant"] == "waiting_apart"
    ]
    assert (sheet, cell, value) == ("таблица 1", None, "цифровая")


def test_a_record_that_waits_in_both_editions_is_not_told(tmp_path: Path) -> None:
    waiting = row("Учёт дел", touchpoint=SOVIETS) | {"state": "quarantined"}
    old, new = (book(tmp_path / f"{day}.xlsx", [row(LEAVE), waiting], day) for day in (DATE, TODAY))
    assert not any(item["rule"] == "П-06" for item in diff(old, new, LOADED).report["findings"])


@pytest.mark.parametrize("side", ["old", "new"])
def test_a_kind_that_is_none_is_compared_as_written_and_told_with_its_edition(tmp_path: Path, side: str) -> None:
    strange = [row(LEAVE, "Т-0001", kind="смешанная"), row("Выдача справок", "Т-0002")]
    usual = [row(LEAVE, "Т-0001"), row("Выдача справок", "Т-0002")]
    sides = {"old": usual, "new": usual} | {side: strange}
    old, new = (book(tmp_path / f"{name}.xlsx", held) for name, held in sides.items())
    result = diff(old, new, LOADED, None)
    (told_of,) = [item for item in result.report["findings"] if item["rule"] == "П-05"]
    assert (told_of["severity"], told_of["file"], told_of["sheet"], told_of["record"], told_of["value"]) == (
        "warning",
        f"{side}.xlsx",
        "Реестр",
        "Т-0001",
        "смешанная",
    )
    assert told_of["message"].startswith("Вид точки «смешанная» не предусмотрен. Укажите «цифровая» или «офлайн».")
    assert [item["classes"] for item in result.report["changes"]] == [["kind_changed"]]


def test_of_a_kind_that_is_none_nothing_is_said_before_somebody_asks(tmp_path: Path) -> None:
    path = book(tmp_path / "редакция.xlsx", [row(LEAVE, "Т-0001", kind="смешанная")])
    assert load_edition(path, PROFILE).findings.empty
    assert load_compared(path, PROFILE).findings["rule"].tolist() == ["П-05"]


def test_what_an_annex_has_no_column_for_is_no_change(tmp_path: Path) -> None:
    other = row(LEAVE, unit="ИТ", client="внешний", key="yes", needs="Получение консультации")
    made = book(tmp_path / "редакция.xlsx", [other], TODAY)
    assert classes(diff(annex(tmp_path / "приложение.xlsx", [LEAVE]), made, LOADED)) == []


def test_a_refused_pair_lets_the_next_best_be_asked(tmp_path: Path) -> None:
    old = annex(tmp_path / "прежняя.xlsx", [LEAVE])
    new = annex(tmp_path / "новая.xlsx", [f"{LEAVE} сотрудников", f"{LEAVE} работников"])
    first = diff(old, new, LOADED, tmp_path / "сравнение.xlsx")
    (pair,) = [change for change in first.report["changes"] if change["match"]["proposed"]]
    answered = decided(tmp_path / "сравнение.xlsx", tmp_path / "решено.xlsx", "вернуть")
    second = diff(old, new, LOADED, decisions=answered)
    (other,) = [change for change in second.report["changes"] if change["match"]["proposed"]]
    assert other["after"]["process"] != pair["after"]["process"]
    assert len(second.report["decisions"]) == 2
    assert second.report["balance"]["after"] == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--out", "сравнение.docx"], "книга записывается только в формате .xlsx"),
        (["--out", "итог.xlsx", "--json", "итог.xlsx"], "отчёт и книга не могут лечь в один файл"),
    ],
)
def test_an_output_that_would_be_wrong_is_refused_before_anything_is_read(
    capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert main(["diff", "нет.xlsx", "нет.xlsx", *arguments]) == 2
    assert sentence in capsys.readouterr().err


def test_a_folder_is_no_edition(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="это папка"):
        diff(tmp_path, tmp_path, LOADED)


def test_texts_that_no_sentence_can_hold_are_written_whole_in_their_own_cells(tmp_path: Path) -> None:
    old = book(tmp_path / "прежняя.xlsx", [row(LEAVE), row("Учёт", needs="Прежняя потребность " + "а" * 16_400)])
    new = book(tmp_path / "новая.xlsx", [row(LEAVE), row("Учёт", needs="Новая потребность " + "б" * 16_400)], TODAY)
    diff(old, new, LOADED, tmp_path / "сравнение.xlsx")
    sheet = load_workbook(tmp_path / "сравнение.xlsx")["Журнал изменений"]
    texts = [str(cell.value) for line in sheet.iter_rows() for cell in line if cell.value]
    assert any(len(text) > 16_000 and text.endswith("а" * 16_400) for text in texts)
    assert any("Текст длиннее, чем помещается в ячейку" in text for text in texts)


def test_a_sheet_without_a_cell_is_no_annex(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "пусто.xlsx") as made:
        made.add_worksheet("Лист1")
    with pytest.raises(InputError, match="в документе нет таблицы Перечня"):
        diff(tmp_path / "пусто.xlsx", tmp_path / "пусто.xlsx", LOADED)
