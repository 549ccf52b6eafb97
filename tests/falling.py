"""A merge that is made to fall, again and again, at the price of one: it is forked where it begins to write.

`python -m tests.falling`, with a plan on standard input: the arguments of the program, its folder of outputs, a folder
with what lies there before, and a list of falls: [where the folder of outputs is put afterwards, fault]. It prints for
each fall the exit code, how many operations there were in the folder, and what the program said.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from workbook_tools.cli import main

if TYPE_CHECKING:
    from _typeshed import HasFileno

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
AUDITED = {"open": "open", "os.rename": "replace", "os.remove": "remove", "os.link": "link", "os.mkdir": "mkdir"}
KINDS = (*AUDITED.values(), "fsync")
KILL = "kill"


class Fault(NamedTuple):
    """What befalls a run; without kinds nothing does. A `size` limits how large a file may become, in bytes."""

    what: str | int = KILL
    kinds: tuple[str, ...] = ()
    at: int = 0
    for_good: bool = False
    size: int = 0


class Fall:
    """Counts the operations in a folder, and makes the chosen one fall; before the first it runs `at_first`."""

    def __init__(self, folder: str, at_first: Callable[[], None]) -> None:
        self.folder = folder
        self.fault = Fault()
        self.count = 0
        self._at_first: Callable[[], None] | None = at_first

    def hook(self, event: str, args: tuple[object, ...]) -> None:
        """Look at what the interpreter is about to do."""
        kind = AUDITED.get(event)
        if kind and str(args[0]).startswith(self.folder) and (kind != "open" or int(str(args[2])) & WRITING):
            if self._at_first:
                at_first, self._at_first = self._at_first, None
                at_first()
            self.happens(kind)

    def happens(self, kind: str) -> None:
        """Count an operation; let it fall if it is its turn."""
        if kind not in (self.fault.kinds or KINDS):
            return
        self.count += 1
        due = self.count == self.fault.at or (self.fault.for_good and self.count > self.fault.at > 0)
        if due and self.fault.what == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        elif due:
            number = int(self.fault.what)
            raise OSError(number, errno.errorcode[number])


class Plan:
    """What is to be done, and the pipes by which a fork tells what became of it."""

    def __init__(self, arguments: list[str], out: str, before: str, falls: list[tuple[str, list[Any]]]) -> None:
        self.arguments = arguments
        self.out, self.before = Path(out), Path(before)
        self.falls = falls
        self.fall = Fall(out, self.fork_each)
        self.telling = -1

    def fork_each(self) -> None:
        """Fork for each fall; only a fork returns from here, to go on with the merge."""
        for result, fault in self.falls:
            told, self.telling = os.pipe()
            hearing, saying = os.pipe()
            if (child := os.fork()) == 0:
                os.dup2(saying, 1)
                os.dup2(saying, 2)
                for descriptor in (told, hearing, saying):
                    os.close(descriptor)
                self.fall.count, self.fall.fault = 0, Fault(*fault)
                self.limit(self.fall.fault.size)
                return
            os.close(self.telling)
            os.close(saying)
            said = b"".join(iter(partial(os.read, hearing, 65536), b"")).decode(errors="replace")
            count = int(os.read(told, 100) or b"0")
            os.close(told)
            os.close(hearing)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            self.out.rename(result)
            shutil.copytree(self.before, self.out)
            print(json.dumps({"exit": code, "operations": count, "said": said}), flush=True)  # noqa: T201 - it is a program
        os._exit(0)

    @staticmethod
    def limit(size: int) -> None:
        """Limit how large a file may become."""
        if size:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    def run(self) -> None:
        """Run the program up to its first operation in the folder, and there all falls."""
        real = os.fsync

        def fsync(fd: int | HasFileno) -> None:
            self.fall.happens("fsync")
            real(fd)

        os.fsync = fsync
        sys.addaudithook(self.fall.hook)
        code = 99
        try:
            code = main(self.arguments)
            sys.stdout.flush()
            sys.stderr.flush()
            os.write(self.telling, str(self.fall.count).encode())
        finally:
            os._exit(code)


if __name__ == "__main__":
    Plan(**json.load(sys.stdin)).run()
