"""Gathers the texts of the code, keeps their translations, and compiles them. See `python -m tools.messages --help`."""
