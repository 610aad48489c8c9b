"""What staff do to many campaigns or codes at once; how it is shown, done and undone is loyalty_site/bulk's."""
