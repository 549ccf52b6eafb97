"""What a child may use for one item, and what is said of an item that needed more."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_tools import limits
from workbook_tools.errors import SAVE_AGAIN


@dataclass(frozen=True)
class Lost:
    """An item that was not brought to an end: why, as a Russian sentence without the file's name and a full stop."""

    why: str


@dataclass(frozen=True)
class Bounds:
    """What a child may use for one item: seconds, and bytes of memory beyond what it has when it starts."""

    seconds: float = limits.READING_SECONDS
    memory: int = limits.READING_BYTES

    @property
    def too_long(self) -> str:
        """What is said of an item that took too long."""
        return f"файл читался дольше {self.seconds:g} с: он слишком велик или повреждён. {SAVE_AGAIN}"

    @property
    def too_large(self) -> str:
        """What is said of an item that needed too much memory."""
        return f"для чтения файла нужно больше {self._memory} памяти: он слишком велик или повреждён. {SAVE_AGAIN}"

    @property
    def died(self) -> str:
        """What is said of an item whose child died: where a library gives up for lack of memory, nobody can tell."""
        return f"чтение прервалось: файл повреждён, или ему мало {self._memory} памяти. {SAVE_AGAIN}"

    @property
    def _memory(self) -> str:
        return f"{self.memory / limits.GIB:g} ГиБ"
