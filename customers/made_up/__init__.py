"""Made-up customers, their levels and segments, and what they bought in the shops."""
