"""The one room that knows how units are counted.

A campaign's units are cut into at most sixteen slices of places, each a cursor row, so that many buyers do not queue on
one row and what is left is a sum of few rows. A pool of up to 1,000 codes is one slice and gives its codes in the order
of the list. The limit bounds how many places are on sale. With a single coupon the places are plain numbers: as many as
the limit allows, or more than anybody will ever need.
"""

from campaigns.stock.codes import in_batches, shown
from campaigns.stock.counting import ENDLESS, hold, left, left_for_customer, recount
from campaigns.stock.growing import TakenOut, append, drop_spare_slices, has_unsold, known, take_out
from campaigns.stock.pool import SHOWN, add, cleaned, replace, void
from campaigns.stock.selling import Unit, take
from campaigns.stock.shelving import release, withdraw

__all__ = [
    "ENDLESS",
    "SHOWN",
    "TakenOut",
    "Unit",
    "add",
    "append",
    "cleaned",
    "drop_spare_slices",
    "has_unsold",
    "hold",
    "in_batches",
    "known",
    "left",
    "left_for_customer",
    "recount",
    "release",
    "replace",
    "shown",
    "take",
    "take_out",
    "void",
    "withdraw",
]
