"""Windows, lists and dialogs; no rules."""
