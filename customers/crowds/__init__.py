"""The one room that knows who is on a level or in a segment as bits, so that counting people reads no customers.

Every customer has a place, a number in the order of registration. A group's crowd is a row for each chunk of places,
with a bit for each customer of the group; who was erased is in none. Groups are united by OR, counted by their bits.

The services that write a customer's level, status or segments mark the crowds in the same transaction; `rebuild` draws
them from the tables, and customers/verify.py compares the two. Locks, in the order of all others: the account, the
customers by id, then crowds: levels before segments, each by group and chunk.
"""
