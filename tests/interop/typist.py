"""Types into workbooks through a running LibreOffice, as a person at the keyboard would.

Run by the system's own Python, which has UNO. Each line of standard input is a list of jobs as JSON; a job names
`workbook`, `out`, `format` (xlsx or ods) and `cells`: [[sheet, A1, text], …]. For each line the cells that LibreOffice
refuses are printed as a line of JSON; the end of the input ends the office. Only the standard library and UNO: this
file is no part of the package.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue

FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8"}
START_LIMIT_S = 90.0
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
 <item oor:path="/org.openoffice.Setup/L10N">
  <prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>ru-RU</value></prop>
 </item>
</oor:items>
"""


def property_value(name: str, value: object) -> Any:
    """Return one property of a load or store call."""
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def connected(pipe: str, office: subprocess.Popen[bytes]) -> Any:
    """Wait for the office to answer and return its desktop."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    started = time.monotonic()
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:
            if time.monotonic() - started > START_LIMIT_S or office.poll() is not None:
                raise
            time.sleep(0.2)


def typed(document: Any, sheet: str, cell: str, text: str) -> bool:
    """Type text into a cell; False where the sheet's protection refuses it."""
    target = document.Sheets.getByName(sheet).getCellRangeByName(cell)
    before = target.Formula
    target.FormulaLocal = text
    return bool(target.Formula != before or target.String == text)


def done(desktop: Any, job: dict[str, Any]) -> list[list[str]]:
    """Open a workbook, type into it and save it; return the cells that were refused."""
    hidden = (property_value("Hidden", value=True),)
    document = desktop.loadComponentFromURL(Path(job["workbook"]).as_uri(), "_blank", 0, hidden)
    refused = [cell for cell in job["cells"] if not typed(document, *cell)]
    kind = (property_value("FilterName", FILTERS[job["format"]]),)
    document.storeToURL(Path(job["out"]).as_uri(), kind)
    document.close(True)
    return refused


def run(lines: Iterable[str]) -> Iterator[list[list[str]]]:
    """Do the jobs of each line one after the other in one office, and give the cells that were refused."""
    pipe = f"typist{uuid.uuid4().hex}"
    with tempfile.TemporaryDirectory() as home:
        user = Path(home) / "user"
        user.mkdir()
        (user / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
        command = ["soffice", "--headless", "--norestore", "--nologo", "--nodefault"]
        command += [f"-env:UserInstallation={Path(home).as_uri()}", f"--accept=pipe,name={pipe};urp;"]
        office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            desktop = connected(pipe, office)
            for line in lines:
                yield [cell for job in json.loads(line) for cell in done(desktop, job)]
        finally:
            office.terminate()
            office.wait(30)


if __name__ == "__main__":
    for refused in run(sys.stdin):
        print(json.dumps(refused, ensure_ascii=False), flush=True)
