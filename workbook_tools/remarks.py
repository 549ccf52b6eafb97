"""A finding before it is worded: no frames here, so that the process that reads files starts in a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: an error is not taken into the register."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Place:
    """Where a finding stands; blank where it concerns no file, sheet, cell or record of the register."""

    unit: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    record: str = ""


@dataclass(frozen=True)
class Remark:
    """A finding before it is worded: which rule, which of its messages, where, with which words."""

    rule: str
    message: str = "main"
    place: Place = field(default_factory=Place)
    words: Mapping[str, str] = field(default_factory=dict)
    suggestion: str = ""


def refusal(reason: str) -> str:
    """Return a file's refusal as its unit is told of it, from the reason of its standing."""
    return f"Файл целиком не принят. {reason[:1].upper()}{reason[1:].rstrip('.')}."


def told(message: str, suggestion: str) -> str:
    """Return a message as people read it: what was probably meant follows it."""
    return f"{message} Возможно, имелось в виду: «{suggestion}»." if suggestion else message
