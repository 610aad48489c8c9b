"""Made-up campaigns with their photos, and a year in which customers earn points and buy rewards with them."""
