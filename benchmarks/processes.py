"""What a whole process costs, with all processes that it starts: the clock, the processor, the memory (Linux).

The program is started in a session of its own, and everything in that session is looked at every few milliseconds in
/proc. Memory is the highest sum of the resident sizes seen at one moment; pages that several processes share are
counted in each. Time of the processor is, for each process, what it had used when it was last seen.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_PROC = Path("/proc")
_EVERY, _LAST_WORDS = 0.02, 2_000
# Fields of /proc/<pid>/stat, counted behind the name, which may hold spaces.
_SESSION, _USER, _SYSTEM, _RESIDENT = 3, 11, 12, 21


class Cost(NamedTuple):
    """Seconds by the clock, seconds of the processor in all processes, and the peak of their memory in MiB."""

    wall: float
    cpu: float
    rss: float


class Seen(NamedTuple):
    """A process at one moment: seconds of the processor, bytes of memory."""

    cpu: float
    rss: int


class FailedError(Exception):
    """A measured program ended otherwise than it should; its last words are the message."""


def cost_of(command: Sequence[str], allowed: Sequence[int] = (0,)) -> Cost:
    """Run a program to its end.

    Raises
    ------
    FailedError
        Its exit code is none of the allowed.
    """
    begin = time.perf_counter()
    used: dict[int, float] = {}
    peak, ended = 0, False
    with tempfile.TemporaryFile() as said:
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True)  # noqa: S603 - our own
        while not ended:
            time.sleep(_EVERY)
            # It is left as it is until it was looked at for the last time.
            ended = os.waitid(os.P_PID, run.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
            seen = session(run.pid)
            used |= {pid: item.cpu for pid, item in seen.items()}
            peak = max(peak, sum(item.rss for item in seen.values()))
        wall = time.perf_counter() - begin
        if run.wait() not in allowed:
            said.seek(0)
            words = said.read().decode(errors="replace")
            raise FailedError(f"{' '.join(command)}: {run.returncode}\n{words[-_LAST_WORDS:]}")
    return Cost(wall, sum(used.values()), peak / 2**20)


def session(leader: int) -> dict[int, Seen]:
    """Return the processes of a session as they are now."""
    found = {}
    tick, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
    for name in os.listdir(_PROC):  # noqa: PTH208 - a name is all that is asked of most
        # What the leader started came after it: to look at all others too would itself take time of the processor.
        fields = _fields(_PROC / name) if name.isdecimal() and int(name) >= leader else []
        if fields and int(fields[_SESSION]) == leader:
            cpu = (int(fields[_USER]) + int(fields[_SYSTEM])) / tick
            found[int(name)] = Seen(cpu, int(fields[_RESIDENT]) * page)
    return found


def _fields(entry: Path) -> list[str]:
    """Return what the system tells of a process behind its name; nothing where it ended while we looked."""
    try:
        return (entry / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []
