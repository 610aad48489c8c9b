"""A campaign's photo over HTTP. Rule: Open Loyalty, "Reward Campaigns API", the three photo operations."""

from pathlib import PurePosixPath
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from campaigns import photos
from campaigns.api.openloyalty import DIALECT
from campaigns.api.path import campaign_id_in, known_campaign_id
from campaigns.errors import (
    EmptyFile,
    FileTooLarge,
    ImageTooLow,
    ImageTooNarrow,
    NotAnImage,
    PictureRefused,
    TooManyPixels,
)
from campaigns.images import CONTENT_TYPES, WIDTHS, Picture, redrawn
from campaigns.models import Campaign
from loyalty_site.api.edge import run_write
from loyalty_site.api.fields import UploadField
from loyalty_site.api.forms import Form

MEGABYTE = 1024 * 1024
UNITS = {"MB": MEGABYTE, "kB": 1024, "bytes": 1}

TEXTS: dict[type[PictureRefused], str] = {
    EmptyFile: "An empty file is not allowed.",
    FileTooLarge: "The file is too large ({size}). Allowed maximum size is {most}.",
    NotAnImage: "This file is not a valid image.",
    TooManyPixels: "The image has too many pixels. Maximum amount expected is {most}.",
    ImageTooNarrow: "The image width is too small ({width}px). Minimum width expected is {least}px.",
    ImageTooLow: "The image height is too small ({height}px). Minimum height expected is {least}px.",
}

# A photo is shown in pages of others, and may hold anything that looks like a picture: no sniffing, no scripts.
HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


class PhotoForm(Form):
    file = UploadField(required=True)


class PhotoViewSet(ViewSet):
    dialect = DIALECT
    max_body = 10 * MEGABYTE  # so that a photo that is too large is told so, at its field

    def retrieve(self, request: Request, campaign: str) -> HttpResponse:
        """`GET /api/campaign/<campaign>/photo`, for anybody. `?size=320` asks for a smaller rendition."""
        campaign_id, width = campaign_id_in(campaign), _width(request.GET.get("size", ""))
        answer = _served(request._request, campaign_id, width) or _served(request._request, campaign_id, width)
        if answer is None:  # twice: between the row and the file the photo may have been replaced
            raise NotFound
        return answer

    def upload(self, request: Request, campaign: str) -> Response:
        """`POST /api/campaign/<campaign>/photo`: multipart, in `photo[file]`. It takes the place of an older photo."""
        at, campaign_id = timezone.now(), known_campaign_id(campaign)
        picture = _picture(PhotoForm.read(request.data, root="photo")["file"])

        def effect() -> tuple[int, list[str]]:
            photos.set_photo(campaign_id, name, actor=request.user.actor, at=at)
            return 200, []

        with photos.kept(picture, campaign_id) as name:  # for nothing where a key repeats an earlier request
            return run_write(request, effect, dialect=self.dialect)

    def remove(self, request: Request, campaign: str) -> Response:
        """`DELETE /api/campaign/<campaign>/photo`, also where there is none."""
        at, campaign_id = timezone.now(), campaign_id_in(campaign)

        def effect() -> tuple[int, list[str]]:
            photos.remove_photo(campaign_id, actor=request.user.actor, at=at)
            return 200, []

        return run_write(request, effect, dialect=self.dialect)


def _picture(file: object) -> Picture:
    try:
        return redrawn(file)
    except PictureRefused as refused:
        raise PhotoForm.refused(refusal_text(refused), "file") from refused


def refusal_text(refused: PictureRefused) -> str:
    """What is wrong with the file, in the words of Open Loyalty's form."""
    facts = _sizes(**refused.facts) if isinstance(refused, FileTooLarge) else refused.facts
    return TEXTS[type(refused)].format(**facts)


def _sizes(size: int, most: int) -> dict[str, str]:
    """Both sizes in the largest unit that shows, with two decimals, that they differ."""
    shown = ((round(size / bytes_in, 2), round(most / bytes_in, 2), unit) for unit, bytes_in in UNITS.items())
    size_in_unit, most_in_unit, unit = next(sizes for sizes in shown if sizes[0] != sizes[1])
    return {"size": f"{_plain(size_in_unit)} {unit}", "most": f"{_plain(most_in_unit)} {unit}"}


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else str(number)


def _width(text: str) -> int:
    """One of the widths that renditions have; 0, the full picture, for anything else."""
    return next((width for width in WIDTHS if str(width) == text), 0)


def _served(request: HttpRequest, campaign_id: UUID, width: int) -> HttpResponse | None:
    """The campaign's photo, or 304 to a client that has it; None without one.

    Names are random, so a name stands for its content: the file is read only for clients that do not have it.
    """
    name = Campaign.objects.filter(pk=campaign_id).values_list("photo", flat=True).first()
    if not name:
        return None
    path = PurePosixPath(photos.name_at(name, width))
    headers = HEADERS | {"ETag": f'"{path.stem}"'}
    answer = get_conditional_response(request, etag=headers["ETag"])
    if answer is None:
        try:
            answer = HttpResponse(photos.read(name, width), content_type=CONTENT_TYPES[path.suffix[1:]])
        except FileNotFoundError:
            return None
    for header, value in headers.items():
        answer[header] = value
    return answer
