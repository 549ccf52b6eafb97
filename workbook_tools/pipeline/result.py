"""What a command came to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbook_tools.dossier import Dossier


@dataclass(frozen=True)
class Result:
    """What a command came to: its report, the outputs, and what the closing summary needs."""

    report: dict[str, Any]
    outputs: tuple[Path, ...]
    dossier: Dossier | None = None
    exit_code: int = 0
