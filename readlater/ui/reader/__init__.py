"""The reading surface: WebEngine without scripts and without a network."""
