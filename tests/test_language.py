"""What people read is plain Russian: no English word, no jargon, in messages, workbooks, documents and letters."""

from __future__ import annotations

import string
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests.books import PROFILE
from tests.language import JARGON, foreign_words
from workbook_tools.pipeline.commands import Options, merge
from workbook_tools.profile import load_profile

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent


def fields(text: str) -> str:
    """Return a message without the words that are put into it."""
    return "".join(part for part, *_ in string.Formatter().parse(text))


def worded() -> Iterator[tuple[str, str]]:
    """Yield every sentence of the profile that people read, with its place."""
    for code, rule in PROFILE.rules.items():
        yield f"{code} название", rule.title
        for name, text in rule.messages.items():
            yield f"{code} {name}", fields(text)
    for field in PROFILE.fields:
        yield f"графа {field.name}", f"{field.header}. {field.help}"
    for spec in PROFILE.title_fields:
        yield f"титул {spec.name}", f"{spec.label}. {spec.hint}"
    for name, change in PROFILE.changes.items():
        yield f"изменение {name}", fields(f"{change.label}. {change.text} {' '.join(change.variants.values())}")
    for number, defect in enumerate(PROFILE.defects, 1):
        yield f"замечание к Порядку {number}", f"{defect.defect} {defect.resolution}"
    for name, sheet in PROFILE.sheets.items():
        yield f"лист {name}", f"{'' if name == 'meta' else sheet.name}. {'. '.join(PROFILE.headers(name).values())}"


SENTENCES = dict(worded())


@pytest.mark.parametrize("place", SENTENCES)
def test_a_sentence_of_the_profile_is_plain_russian(place: str) -> None:
    text = SENTENCES[place]
    assert foreign_words(text, PROFILE.name) == []
    assert JARGON.findall(text) == []


@pytest.mark.parametrize("place", [place for place in SENTENCES if place[:2] == "П-" and "название" not in place])
def test_a_message_is_a_whole_sentence_and_starts_with_a_capital(place: str) -> None:
    code, name = place.split(" ")
    text = PROFILE.rules[code].messages[name]
    assert text.endswith((".", "?"))
    assert text[0].isupper() or text[0] in "{«"
    assert "  " not in text
    assert " - " not in text


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    folder = tmp_path_factory.mktemp("выпуск")
    edition = ROOT / "samples" / "edition-2024-03-19.xlsx"
    return merge([ROOT / "samples" / "incoming"], load_profile(), edition, folder, Options("2026-11-22")).outputs


def test_every_sheet_of_every_workbook_is_plain_russian(outputs: tuple[Path, ...]) -> None:
    said = []
    for path in (item for item in outputs if item.suffix == ".xlsx"):
        for sheet in load_workbook(path).worksheets:
            if sheet.title == "_meta":
                continue
            for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
                texts = [str(cell.value), cell.comment.text if cell.comment else ""]
                words = [word for text in texts for word in foreign_words(text, PROFILE.name)]
                said += [(path.name, sheet.title, cell.coordinate, word) for word in words]
    assert said == []


def test_a_letter_of_the_wrong_alphabet_is_seen() -> None:
    assert foreign_words("Файл error не прочитан") == ["error"]
    assert JARGON.findall("ошибка валидации") == ["валидац"]
    assert foreign_words("см. https://dprt.admin-smolensk.ru/ и priem@admin.ru, файл run.json") == []
