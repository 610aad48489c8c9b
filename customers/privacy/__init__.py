"""A customer's data: all of it handed out in a file, and erased for good."""
