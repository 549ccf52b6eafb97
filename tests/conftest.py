"""What every process that runs tests needs."""

from __future__ import annotations

import gc

import pytest
from hypothesis import settings

from workbook_tools.children import warm_up

# How long an example takes says how busy the machine is; all else stays as this surrounding has it.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def _readers_spring_from_a_warm_process() -> None:
    """Start the process from which readers spring, with all that they need: else each of them imports it anew."""
    warm_up("workbook_tools.pipeline.foreign", "workbook_tools.reading.book", "workbook_tools.template")


@pytest.fixture(scope="session", autouse=True)
def _collected_tests_are_not_looked_through_for_cycles() -> None:
    """Look for unreachable cycles as seldom as the program does, and never among what lives to the end anyway."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
