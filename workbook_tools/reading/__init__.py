"""Files -> raw rows with cell addresses, guards first; one module a kind of file, imported by name."""
