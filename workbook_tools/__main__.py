"""`python -m workbook_tools` is the same program as `perechen`; from its first line on Ctrl-C ends it with 130."""


def run() -> None:
    """Run the program and leave with its exit code; an interruption after its end comes too late."""
    code: int | None = None
    try:
        from workbook_tools.cli import interruption, main  # noqa: PLC0415 - so that an interruption of it is met here

        interruption.heed()
        _seldom_look_for_cycles()
        _do_without_what_nobody_needs()
        _start_no_threads_for_matrices()
        code = main()
        interruption.ignore()
    except KeyboardInterrupt:  # before the program could take note of it, or once more while it was ending
        from workbook_tools.cli import interruption  # noqa: PLC0415 - as above

        code = interruption.told() if code is None else code
    interruption.leave(code)


def _seldom_look_for_cycles() -> None:
    """Let the interpreter look for unreachable cycles of objects more seldom than by default.

    To load the libraries alone it looks hundreds of times, which takes a sixth of the start, and through a large
    register dozens of times; of all that it finds next to nothing.
    """
    import gc  # noqa: PLC0415 - as above

    gc.set_threshold(1_000_000, 20, 50)


def _do_without_what_nobody_needs() -> None:
    """Hide two libraries that others load wherever they are installed.

    With the one pandera invents data for tests, which takes a tenth second; the other would hold the texts of pandas,
    which here are Python's own, and takes as much room as pandas itself. This process is ours from its first line to
    its last; whoever writes a flat table brings the second to light again.
    """
    import sys  # noqa: PLC0415 - as above

    for name in ("hypothesis", "pyarrow"):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type] # how the language marks what is not to be had


def _start_no_threads_for_matrices() -> None:
    """Let numpy, as it is loaded, start no threads for calculations with matrices: there are none here.

    They would busily wait for work, which takes a third of what it costs to load numpy.
    """
    import os  # noqa: PLC0415 - as above

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


if __name__ == "__main__":
    run()
