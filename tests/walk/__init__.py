"""Staff of every role walk through the whole back office."""
