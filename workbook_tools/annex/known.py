"""What the profile lets a reader recognise in a cell: a heading, a kind, a touchpoint, a remark below the table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbook_tools.annex.segments import kind_codes
from workbook_tools.annex.wordings import wordings_of
from workbook_tools.text import compare_key, tidy

if TYPE_CHECKING:
    from workbook_tools.profile import Profile

_LIST_NUMBER = re.compile(r"^\s*(?:раздел\s+)?(?:\d{1,2}(?:\.\d{1,2})*|[IVXLC]{1,5})\s*[.):]?\s+", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:примечани|прим\.|сноск|\*|[¹²³]|итого|всего|согласовано|утвержд(?:аю|ено)|подпись|исп\.|исполнитель"
    r"|м\.\s*п\.|министр(?!ерств)|(?:заместитель|начальник|директор|руководитель)\s)",
    re.IGNORECASE,
)
_CONTINUING = re.compile(r"[a-zа-яё,;.:)(–—-]")
_SEPARATED = re.compile(r"(?:[,;]|\bи)$")


class Known:
    """The profile as the reader of an annex asks it."""

    def __init__(self, profile: Profile) -> None:
        self.wordings = wordings_of(profile)
        self._profile = profile

    def heading(self, text: str) -> str:
        """Return a text as a known heading: without the number before it; "" where it is none."""
        plain = tidy(text)
        return next((item for item in (plain, _LIST_NUMBER.sub("", plain)) if self._is_heading(item)), "")

    def _is_heading(self, text: str) -> bool:
        key = compare_key(text)
        return key in self._profile.activities_by_wording or key in self._profile.words["directions"]

    def is_kind(self, text: str) -> bool:
        """Tell whether a text names kinds and nothing else."""
        return bool(kind_codes(text, self.wordings))

    def is_touchpoint(self, text: str) -> bool:
        """Tell whether a text is the name of a touchpoint of the reference list."""
        return self._profile.touchpoint(tidy(text)) is not None

    def names_touchpoint(self, text: str) -> bool:
        """Tell whether a touchpoint of the reference list is named in a text."""
        return any(match.lastgroup == "name" for match in self.wordings.known.finditer(text))


def is_note(text: str) -> bool:
    """Tell whether a text begins as remarks, sums and signatures below a table do."""
    return bool(_NOTE.match(tidy(text)))


def continues(tail: str) -> bool:
    """Tell whether a text begins as only the rest of another does: with a small letter or a sign."""
    return bool(_CONTINUING.match(tidy(tail)))


def ends_open(head: str) -> bool:
    """Tell whether a text ends with a separator, so that more has to follow."""
    return bool(_SEPARATED.search(tidy(head)))
