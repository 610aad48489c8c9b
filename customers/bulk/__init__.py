"""What staff do to many customers at once; how it is shown, done and undone is loyalty_site/bulk's."""
