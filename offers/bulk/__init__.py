"""Giving one offer to many customers: looked at first, given by a job, taken back as long as nobody has answered.

`services` prepares a batch with a preview, starts it and takes it back; `jobs` holds the steps. Nobody gets an offer
twice out of one batch: the database refuses it. The walls of offers/assigning.py stand in the statement that writes.
"""
