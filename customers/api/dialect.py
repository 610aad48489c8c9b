"""How refusals about customers are told to Open Loyalty's clients."""

from customers.errors import CustomerNotFound, LevelNotFound, SegmentNotFound
from loyalty_site.api.dialects import Saying
from loyalty_site.api.openloyalty import OpenLoyalty

SAYS = {CustomerNotFound: Saying(404), LevelNotFound: Saying(404), SegmentNotFound: Saying(404)}
DIALECT = OpenLoyalty(says=SAYS)
