"""Many coupons at once: imported from a file or generated from a pattern, as jobs, and taken out again.

A batch tells where codes came from and how many; `services` begins each piece of work, the other modules are its steps.
"""
