"""The site as processes: the web server, and what its workers run."""
