"""What every process that runs tests needs."""

from __future__ import annotations

import pytest

from workbook_tools.pipeline.foreign import expect_files


@pytest.fixture(scope="session", autouse=True)
def _readers_spring_from_a_warm_process() -> None:
    """Start, as every command does, the process from which readers spring: else each of them imports all anew."""
    expect_files()
