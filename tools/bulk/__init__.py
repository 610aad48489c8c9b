"""What bulk work on coupons costs and survives, measured with real workers: `python -m tools.bulk`."""
