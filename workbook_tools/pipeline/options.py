"""What a run is told beside its inputs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbook_tools.limits import WORKBOOK_ROWS
from workbook_tools.progress import Progress, silent

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_tools.pipeline.foreign import ForeignFiles


@dataclass(frozen=True)
class Options:
    """What a run is told beside its inputs: its date (ISO), how the work is shared out, how progress is shown.

    `previous` is the report of the round before; without it the one that lies in the folder of outputs serves.
    `order_form` is the form of the draft order (annex or edits); "" is what the profile says. What needs more than
    `sheet_rows` goes out in volumes. `cache` is the folder of what was read before; None for none. `files` is a reader
    that has begun; without it the run takes one of its own.
    """

    today: str
    workers: int = 1
    scheduler: str = ""
    progress: Progress = field(default=silent)
    previous: Path | None = None
    order_form: str = ""
    sheet_rows: int = WORKBOOK_ROWS
    cache: Path | None = None
    files: ForeignFiles | None = None
