"""What moved on which day: the ledger's totals by day, kind and channel."""
