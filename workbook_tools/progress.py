"""How long work tells how far it is: by stage, done and total."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[str, int, int], None]
"""Called with the stage's Russian name, the steps done and all steps of it."""


def silent(stage: str, done: int, total: int) -> None:
    """Report no progress."""


@contextmanager
def one_step(progress: Progress, stage: str) -> Iterator[None]:
    """Report a stage whose way cannot be told, only that it lasts."""
    progress(stage, 0, 1)
    yield
    progress(stage, 1, 1)
