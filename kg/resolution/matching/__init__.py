"""Which record entries are the same, kind by kind, each decision with its reason."""
