"""What becomes of a picture that came with a campaign's form."""

import logging
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import photos
from campaigns.images import Picture
from campaigns.photos import Framing
from loyalty_site.backoffice.staff import actor_of
from loyalty_site.files.outages import StorageUnavailable

logger = logging.getLogger(__name__)


def save_photo(request: HttpRequest, campaign_id: UUID, data: dict[str, Any]) -> None:
    """Do what `PhotoField` gave among the form's data, once the campaign is saved.

    A storage of files may be slow or away: nobody's transaction waits for it, and what else the form says is not lost.
    """
    chosen, framing = data["picture"], Framing(data["photo_alt"], data["focus_x"], data["focus_y"])
    if chosen is False or isinstance(chosen, Picture):
        transaction.on_commit(partial(_save, request, campaign_id, chosen or None, framing))


def _save(request: HttpRequest, campaign_id: UUID, picture: Picture | None, framing: Framing) -> None:
    facts = {"actor": actor_of(request), "at": timezone.now()}
    if picture is None:
        photos.remove_photo(campaign_id, **facts)
        return
    try:
        with photos.kept(picture, campaign_id) as name:
            photos.set_photo(campaign_id, name, framing=framing, **facts)
    except StorageUnavailable as outage:
        logger.warning("The file storage cannot serve: %s", outage)
        messages.error(
            request,
            _("All is saved but the picture: the place where files are kept does not answer. Try it again later."),
        )
