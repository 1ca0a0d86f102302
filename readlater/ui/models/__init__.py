"""Item models over articles; no rules."""
