"""What was bought, used and refunded on which day: totals by day and campaign."""
