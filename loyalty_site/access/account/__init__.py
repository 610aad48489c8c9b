"""What everybody of the staff does with their own account: logging in, passwords, sessions, the second factor."""
