"""The back office in a real browser, on a served demo of its own."""
