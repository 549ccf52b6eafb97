"""A sheet whose first page bears no header: the number stands from the second page on, as office rules ask."""

from __future__ import annotations

from workbook_tools.xlsx.rows import RowSheet


class BareFirstPage(RowSheet):
    """The writer's sheet with header and footer from its second page on: the writer itself knows no first page."""

    def _write_header_footer(self) -> None:
        self._xml_start_tag("headerFooter", [("differentFirst", 1)])
        self._write_odd_header()
        if self.footer:
            self._write_odd_footer()
        self._xml_end_tag("headerFooter")
