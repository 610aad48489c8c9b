"""Tables as long as a large company's, filled in minutes: rows that tie, but that are alike. For plans and timings."""
