"""The campaign that a path names."""

from uuid import UUID

from campaigns.errors import CampaignNotFound
from campaigns.models import Campaign
from loyalty_site.api.ids import uuid_in


def campaign_id_in(text: str) -> UUID:
    """The id in a path. Raises CampaignNotFound: a malformed id names nothing."""
    found = uuid_in(text)
    if found is None:
        raise CampaignNotFound(id=text)
    return found


def known_campaign_id(text: str) -> UUID:
    """The id of a campaign there is, so that nothing is read or written for one that there is not.

    Raises CampaignNotFound.
    """
    campaign_id = campaign_id_in(text)
    if not Campaign.objects.filter(pk=campaign_id).exists():
        raise CampaignNotFound(id=campaign_id)
    return campaign_id
