"""Making a working folder: what is missing is added, what is there stays as it is."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_tools.desk.finding import edition_place
from workbook_tools.desk.folder import EDITIONS, FOLDERS, NOTE, PROFILE, Desk, desk_at, edition_in_force
from workbook_tools.desk.letters import text_file
from workbook_tools.desk.starters import write_starters
from workbook_tools.errors import InputError, OutputError, refusal
from workbook_tools.outputs import Outputs
from workbook_tools.pipeline import commands
from workbook_tools.pipeline.editions import files_of, load_edition
from workbook_tools.pipeline.profiles import write_profile_book

if TYPE_CHECKING:
    from workbook_tools.pipeline.result import Result
    from workbook_tools.profile import LoadedProfile

# What starts the program by a double click may lie there before.
_STARTERS = frozenset({".cmd", ".bat", ".desktop", ".lnk", ".sh"})
_OWN = frozenset({*FOLDERS, PROFILE, NOTE})

NOTE_LINES = (
    "ДЕЛО: ПЕРЕЧЕНЬ ТОЧЕК ВЗАИМОДЕЙСТВИЯ С КЛИЕНТОМ",
    "",
    "В этой папке лежит всё, что нужно для одного и следующих циклов. Запустите здесь программу perechen без команды:",
    "она скажет, на чём остановилась работа, и предложит следующий шаг.",
    "",
    "ЧТО ГДЕ ЛЕЖИТ",
    "",
    f"{PROFILE} – орган и акт, подразделения с руководителями, виды деятельности, точки, правила,",
    "    срок. Откройте в Excel и проверьте до начала: подразделения встроенного профиля вымышлены.",
    "редакции – действующая редакция Перечня и прежние, у каждой своя папка с датой. Сюда ничего класть не нужно.",
    "шаблоны – файлы для рассылки подразделениям.",
    "входящие – сюда складывайте файлы, которые прислали подразделения. Имена файлов значения не имеют.",
    "замечания – итоги проверок: копии файлов с отметками, которые возвращаются подразделениям.",
    "выпуски – сводная книга, проект акта и журнал изменений.",
    "письма – напоминания и письма с замечаниями; появляется, когда они подготовлены.",
    "Перечень – двойной щелчок по файлу с этим именем запускает программу в этой папке.",
    "",
    "ПО ШАГАМ",
    "",
    f"1. Проверьте {PROFILE}: орган, акт, подразделения, срок. Сохраните и закройте.",
    "2. Положите в эту папку действующий Перечень – приложение к акту, которым он утверждён (Word или Excel) –",
    "   и запустите: perechen import ИМЯ_ФАЙЛА",
    "3. perechen templates – по файлу на подразделение. Разошлите их.",
    "4. Ответы сложите в папку «входящие». perechen status – кто ответил и кому напомнить.",
    "5. perechen check – проверка. Верните подразделениям копии из папки «замечания».",
    "   Исправленный файл положите в папку «входящие», прежний файл этого подразделения уберите; проверьте ещё раз.",
    "6. perechen merge – сводная книга в папке «выпуски». Заполните в ней лист «Решения», сохраните, закройте",
    "   и запустите perechen merge ещё раз: решения будут применены.",
    "7. Проект акта лежит рядом со сводной книгой. После подписания:",
    "   perechen publish --order НОМЕР --date ГГГГ-ММ-ДД",
    "   Книга станет действующей редакцией; следующий цикл начинается с шага 3.",
    "",
    "Программа ничего не перезаписывает: у каждого запуска своя папка с датой. Сеть не нужна, писем она не отправляет.",
    "Если работа прервалась (отключили питание, закрыли окно), запустите ту же команду ещё раз.",
)


def make_desk(root: Path, loaded: LoadedProfile) -> list[str]:
    """Make a working folder, or add to one what is missing; return the names of what was added.

    Raises
    ------
    InputError
        Something else lies there.
    OutputError
        The folder cannot be written to.
    """
    _refuse_foreign(root)
    desk = Desk(root)
    added = [name for name in FOLDERS if not (root / name).is_dir()]
    try:
        for name in added:
            (root / name).mkdir(parents=True)
    except OSError as error:
        raise OutputError(f"{root}: папка не создана. {refusal(error) or 'Проверьте права на неё'}.") from error
    with Outputs(root) as outputs:
        if not (root / NOTE).exists():
            outputs.stage(NOTE).write_bytes(text_file(NOTE_LINES))
        if not desk.profile.exists():
            # Staged last: with it the folder is a working folder.
            write_profile_book(outputs.stage(PROFILE), loaded)
    return [*outputs.names, *added, *(path.name for path in write_starters(root))]


def _refuse_foreign(root: Path) -> None:
    """Refuse a folder in which somebody keeps other things; what a killed `init` left is no reason to."""
    if root.exists() and not root.is_dir():
        raise InputError(f"{root}: это файл, а нужна папка. Укажите другое имя для дела.")
    if not root.is_dir() or desk_at(root) or is_free(root):
        return
    raise InputError(
        f"{root}: в этой папке уже лежат другие файлы. Чтобы они не смешались с делом, укажите новую или пустую папку: "
        "perechen init ДЕЛО."
    )


def is_free(root: Path) -> bool:
    """Tell whether a folder holds nothing but what a working folder has, hidden files, and what starts the program."""
    return all(
        item.name in _OWN or item.name.startswith(".") or item.suffix.casefold() in _STARTERS for item in root.iterdir()
    )


def take_edition(desk: Desk, path: Path, loaded: LoadedProfile) -> Result | None:
    """Put an edition into a working folder: our own workbook is copied with its volumes, an annex imported.

    Returns
    -------
    Result or None
        Of the import; None where the workbook was copied, or an edition is there already.

    Raises
    ------
    InputError
        It is neither.
    OutputError
        It cannot be written.
    """
    if edition_in_force(desk):
        raise InputError(
            f"{desk.root}: действующая редакция в папке «{EDITIONS}» уже есть. Уберите параметр --edition."
        )
    edition = load_edition(path, loaded.profile).edition
    if not edition.state:
        place = edition_place(desk, loaded.profile.act.date.isoformat())
        return commands.import_annex(path, loaded, place)
    place = edition_place(desk, edition.date)
    files = files_of(path, edition)
    with Outputs(place.parent, files, files) as outputs:
        for file in files:
            shutil.copyfile(file, outputs.stage(place.name if file == path else file.name))
    return None
