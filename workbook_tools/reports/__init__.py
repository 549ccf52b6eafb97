"""Writers of what comes out: the consolidated workbook and the JSON reports."""
