"""Write docs/rules.ru.md: the catalogue of rules as the program asks them, from its table and the shipped profile.

Run as `python docs/build_rules.py`; a test compares the page with what this script makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from workbook_tools.profile import Profile, load_profile
from workbook_tools.rules.catalogue import catalogue
from workbook_tools.rules.rule import Rule, Stage, Told

PAGE = Path(__file__).resolve().parent / "rules.ru.md"
STAGES = {
    Stage.FILE: "файл подразделения",
    Stage.TITLE: "лист «Титул»",
    Stage.ROW: "каждая строка листа «Сведения»",
    Stage.UNIT: "подразделение в целом",
    Stage.EDITION: "прежняя редакция при чтении",
    Stage.REGISTER: "весь Перечень",
    Stage.CHANGE: "каждое изменение",
    Stage.OUTPUT: "выпуск и решения уполномоченного сотрудника",
}
INTRO = """# Правила проверки

Страница составлена программой из таблицы правил и встроенного профиля; вручную её не правят.

Уровни: **ошибка** – строка (или файл) не принимается; **предупреждение** – принимается, но требует ответа или
решения; **сведение** – только показывается. Уровень, пороги и тексты задаёт профиль органа; там же правило можно
выключить (`enabled = false`) или перевести на пробу (`beta = true`): пробное правило всегда лишь предупреждает.

Многоточие в сообщении стоит на месте значения, графы или кода из проверяемого файла. Строка, подтверждённая без
изменений в том виде, в каком она стоит в действующей редакции, от ошибок в содержании не отвергается: они становятся
предупреждениями.
"""


def page(profile: Profile) -> str:
    """Return the page."""
    entries = catalogue(profile)
    lines = [INTRO, *_index(profile)]
    for code in profile.rules:
        lines += _rule(code, [entry for entry in entries if entry.code == code], profile)
    return "\n".join(lines) + "\n"


def _index(profile: Profile) -> Iterator[str]:
    yield "| Правило | Что проверяется | Уровень | Основание |"
    yield "| --- | --- | --- | --- |"
    for code, setting in profile.rules.items():
        level = profile.name_of("severities", setting.severity)
        yield f"| [{code}](#{code.lower()}) | {setting.title} | {level} | {profile.cite(code)} |"


def _rule(code: str, entries: Iterable[Rule | Told], profile: Profile) -> Iterator[str]:
    setting, listed = profile.rules[code], list(entries)
    yield f"\n## {code}\n"
    yield f"**{setting.title}.**\n"
    yield f"- Основание: {profile.quoted(code)}."
    yield f"- Где: {_joined(STAGES[entry.stage] for entry in listed)}."
    headers = _joined(f"«{header}»" for entry in listed if (header := profile.column_header(entry.at)))
    if headers:
        yield f"- Графы: {headers}."
    yield f"- Что не пройдёт: {setting.example}"
    yield "\n| Уровень | Сообщение |\n| --- | --- |"
    for name, text in setting.messages.items():
        level = profile.name_of("severities", setting.severities.get(name, setting.severity))
        yield f"| {level} | {re.sub('{[^}]*}', '…', text).replace('….', '…')} |"


def _joined(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(page(load_profile().profile), encoding="utf-8")


if __name__ == "__main__":
    main()
