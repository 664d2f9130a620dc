"""Names in every script and the reports' text, found as one types, typing errors included."""
