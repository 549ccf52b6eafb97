"""The unit's workbook: blank for filling in, or with the unit's own values and remarks to mend."""

from workbook_tools.template.writer import processes_worth, template_name, workload, write_form, write_forms

__all__ = ["processes_worth", "template_name", "workload", "write_form", "write_forms"]
