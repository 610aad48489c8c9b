"""Thirty campaigns of a chain of coffee shops, in every state that a campaign can be in."""

from campaigns.made_up.catalogue.coming import COMING
from campaigns.made_up.catalogue.past import PAST
from campaigns.made_up.catalogue.running import RUNNING
from campaigns.made_up.catalogue.running_out import RUNNING_OUT

SAMPLES = [*PAST, *RUNNING, *RUNNING_OUT, *COMING]
