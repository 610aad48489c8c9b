"""Made-up histories of accounts: kept in memory as the services would keep them, then written past no wall."""
