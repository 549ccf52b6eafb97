"""Build what is generated beside the annex: the edition, the templates, and the units' filled templates.

Run as `python samples/build_samples.py` after build_annex.py. The units, people and documents are fictional.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable
from pathlib import Path

from filling import FilledTemplate

from workbook_tools.cli.demo import EDITION, PERIOD
from workbook_tools.pipeline import commands
from workbook_tools.profile import load_profile
from workbook_tools.template import template_name

SAMPLES = Path(__file__).resolve().parent
TEMPLATES = SAMPLES.parent / "templates"
EDITION_DATE = "2024-03-19"

REQUESTS = "рассмотрение письменных и устных обращений и запросов внешних клиентов"
INFORMING = "информирование о деятельности Министерства"
STAFF = "кадровая работа"
COMPUTING = "информационно-техническое обеспечение сотрудников"
RECEPTION = "Прием и рассмотрение обращений и запросов, поступающих в Министерство"
INTERNET = "Информирование о деятельности Министерства через интернет-ресурсы"
STAFF_SYSTEM = "Консультирование по работе с кадровой системой"


def sign(form: FilledTemplate, filled: datetime.date, name: str, head: str, post: str, answer: str) -> None:
    """Fill in a title sheet."""
    form.sign(
        {
            "executor_name": name,
            "executor_post": "главный специалист",
            "executor_phone": "(4812) 00-00-00",
            "filled": filled,
            "head_name": head,
            "head_post": post,
            "checked": filled + datetime.timedelta(days=1),
            "has_changes": answer,
        },
    )


def requests_first(form: FilledTemplate) -> None:
    """ОРГ, first version: superseded by a later one."""
    sign(form, datetime.date(2026, 11, 10), "Иванова А.А. (пример)", "Петров Б.Б. (пример)", "начальник отдела", "да")
    form.edit("Т-0002", action="изменить", contact="priem@example.ru", basis="служебная записка от 09.11.2026 № 3")


def requests(form: FilledTemplate) -> None:
    """ОРГ: a new touchpoint, a new address, two key touchpoints, a touchpoint that another unit names too."""
    sign(form, datetime.date(2026, 11, 16), "Иванова А.А. (пример)", "Петров Б.Б. (пример)", "начальник отдела", "да")
    basis = "служебная записка от 16.11.2026 № 5"
    form.edit("Т-0001", action="изменить", key="да", basis=basis)
    form.edit("Т-0002", action="изменить", key="да", contact="minprom@example.ru", basis=basis)
    form.add(
        action="включить",
        activity=REQUESTS,
        process=RECEPTION,
        client="внешний",
        touchpoint="Платформа обратной связи",
        kind="цифровая",
        needs="подача жалобы/обращения/запроса; получение результата рассмотрения обратной связи",
        basis="соглашение от 01.09.2026 № 12",
    )
    form.add(
        action="включить",
        activity=INFORMING,
        process=INTERNET,
        client="внешний",
        touchpoint="официальный сайт Министерства",
        contact="https://dprt.admin-smolensk.ru/",
        kind="цифровая",
        needs="Получение форм документов",
        basis="приказ от 02.11.2026 № 140",
    )


def informing(form: FilledTemplate) -> None:
    """ИНФ: changed needs, a touchpoint outside раздел II, п. 3, and one that ОРГ names too."""
    sign(
        form, datetime.date(2026, 11, 17), "Сидорова В.В. (пример)", "Кузнецов Г.Г. (пример)", "начальник отдела", "да"
    )
    form.edit(
        "Т-0004",
        action="изменить",
        needs="Получение консультации; получение информации о деятельности ведомства",
        key="да",
        basis="план информационной работы от 15.10.2026 № 8",
    )
    form.add(
        action="включить",
        activity=INFORMING,
        process=INTERNET,
        client="внешний",
        touchpoint="Чат-бот Министерства",
        kind="цифровая",
        needs="Получение консультации",
        basis="контракт от 20.08.2026 № 77",
        note="Работает круглосуточно",
    )
    form.add(
        action="включить",
        activity=INFORMING,
        process=INTERNET,
        client="внешний",
        touchpoint="официальный сайт Министерства",
        contact="https://dprt.admin-smolensk.ru/",
        kind="цифровая",
        needs="Получение информации о деятельности ведомства",
        basis="план информационной работы от 15.10.2026 № 8",
    )


def staff(form: FilledTemplate) -> None:
    """КАДР: a reworded process, a conflict with ИТ, and several errors."""
    sign(form, datetime.date(2026, 11, 18), "Смирнова Д.Д. (пример)", "Попова Е.Е. (пример)", "начальник отдела", "да")
    basis = "приказ от 12.10.2026 № 77"
    form.edit(
        "Т-0007",
        action="изменить",
        process="Сопровождение прохождения государственной гражданской службы (работы) в Министерстве",
        basis=basis,
    )
    form.edit("Т-0006", needs="Получение информации о деятельности ведомства; получение форм документов")
    form.add(
        action="включить",
        activity=COMPUTING,
        process=STAFF_SYSTEM,
        client="внутренний",
        touchpoint="телефонная связь",
        contact="(4812) 00-00-01",
        kind="цифровая",
        needs="Получение консультации",
        basis=basis,
    )
    form.add(
        action="включить",
        activity=STAFF,
        process="Ведение личных дел",
        client="внутренний",
        touchpoint="здание Дома Советов, здание Министерства",
        kind="смешанная",
        needs="Предоставление документов",
        basis=basis,
    )
    form.add(
        action="включить",
        activity=STAFF,
        process="Оформление отпуска",
        client="внутренний",
        touchpoint="CЭД",
        kind="цифровая",
    )
    form.delete("Т-0008")


def computing(form: FilledTemplate) -> None:
    """ИТ: a changed kind, an exclusion, a conflict with КАДР."""
    sign(form, datetime.date(2026, 11, 18), "Орлов Ж.Ж. (пример)", "Волков З.З. (пример)", "начальник отдела", "да")
    basis = "приказ от 05.11.2026 № 151"
    form.edit("Т-0016", action="изменить", kind="цифровая", basis=basis, note="Заявки принимает голосовой помощник")
    form.edit("Т-0013", action="исключить", basis=basis)
    form.edit("Т-0015", action="изменить", key="да", basis=basis)
    form.add(
        action="включить",
        activity=COMPUTING,
        process=STAFF_SYSTEM,
        client="внутренний",
        touchpoint="телефонная связь",
        contact="(4812) 00-00-02",
        kind="офлайн",
        needs="Получение консультации",
        basis=basis,
    )


def accounting(form: FilledTemplate) -> None:
    """БУХ: an untouched confirmation."""
    sign(
        form, datetime.date(2026, 11, 19), "Зайцева И.И. (пример)", "Соколова К.К. (пример)", "начальник отдела", "нет"
    )


# АХО keeps silent: its records are carried over.
INCOMING: tuple[tuple[str, str, Callable[[FilledTemplate], None]], ...] = (
    ("ОРГ", " (первый вариант)", requests_first),
    ("ОРГ", "", requests),
    ("ИНФ", "", informing),
    ("КАДР", "", staff),
    ("ИТ", "", computing),
    ("БУХ", "", accounting),
)


def build_edition(target: Path) -> None:
    """Import the annex as the edition of 19.03.2024."""
    commands.import_annex(SAMPLES / "annex-2024-03-19.docx", load_profile(), target)


def build_templates(edition: Path, folder: Path) -> None:
    """Write every unit's template, filled with its records."""
    commands.templates(load_profile(), edition, folder, period=PERIOD)


def build_incoming(templates: Path, folder: Path) -> None:
    """Fill the templates in as the sample units do."""
    profile = load_profile().profile
    for unit, version, fill in INCOMING:
        name = template_name(profile, unit, EDITION_DATE)
        form = FilledTemplate(templates / name, profile)
        fill(form)
        form.save(folder / name.replace(".xlsx", f"{version}.xlsx"))


def main() -> None:
    """Build everything anew."""
    build_edition(SAMPLES / EDITION)
    for folder in (TEMPLATES, SAMPLES / "incoming"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    build_templates(SAMPLES / EDITION, TEMPLATES)
    build_incoming(TEMPLATES, SAMPLES / "incoming")


if __name__ == "__main__":
    main()
