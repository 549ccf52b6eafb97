"""`python -m workbook_tools` is the same program as `perechen`."""

import sys

from workbook_tools.cli import main


def run() -> None:
    """Run the program and leave with its exit code."""
    sys.exit(main())


if __name__ == "__main__":
    run()
