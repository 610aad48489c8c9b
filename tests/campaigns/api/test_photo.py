"""The three photo operations. Rule: Open Loyalty, "Reward Campaigns API", "Get", "Remove" and "Add a photo"."""

from uuid import uuid4

import pytest
from django.core.files.storage import InMemoryStorage, default_storage
from django.db import OperationalError

from campaigns import photos
from campaigns.errors import CampaignNotFound
from campaigns.models import Campaign
from loyalty_site.access.models import AuditEntry
from tests.builders import SHOP, campaign
from tests.callers import ANONYMOUS, BAD_REQUEST, FORBIDDEN, NOT_FOUND, UNAUTHORIZED, form, told
from tests.campaigns.api.uploads import TAKEN, fetch, files, path, send
from tests.campaigns.pictures import PICTURE, drawn, file_of, read

pytestmark = [pytest.mark.django_db, pytest.mark.once("sqlite")]
PHOTO, OTHER = (file_of(drawn(side, side)) for side in (600, 700))


@pytest.fixture(autouse=True)
def _own_storage(monkeypatch):
    monkeypatch.setattr(default_storage, "_wrapped", InMemoryStorage())


def at_the_field(*texts: str):
    return 400, {"form": {"children": {"file": {"errors": list(texts)} if texts else {}}}, "errors": []}


@pytest.mark.parametrize(("kind", "media"), [("PNG", "image/png"), ("GIF", "image/gif"), ("JPEG", "image/jpeg")])
def test_a_photo_that_was_sent_is_shown_to_anybody(admin, kind, media):
    made = campaign()
    assert send(admin, made, file_of(drawn(), kind), name="whatever.exe") == TAKEN
    answer = fetch(made)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, media)
    assert read(answer.content).size == (800, 600)


def test_its_answer_cannot_be_taken_for_anything_but_a_picture(admin):
    made = campaign()
    send(admin, made, PHOTO)
    headers = fetch(made).headers
    assert {name: headers[name] for name in ("X-Content-Type-Options", "Content-Disposition", "Cache-Control")} == {
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": "inline",
        "Cache-Control": "no-cache",
    }
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"


@pytest.mark.parametrize(
    ("size", "width"), [("160", 160), ("320", 320), ("640", 640), ("", 800), ("99", 800), ("x", 800)]
)
def test_a_smaller_rendition_can_be_asked_for(admin, size, width):
    made = campaign()
    send(admin, made, file_of(drawn()))
    assert read(fetch(made, f"?size={size}").content).width == width


def test_a_client_that_has_it_is_not_sent_it_again(admin):
    made = campaign()
    send(admin, made, PHOTO)
    etag = fetch(made).headers["ETag"]
    again = fetch(made, If_None_Match=etag)
    assert (again.status_code, again.content) == (304, b"")


def test_a_new_photo_has_another_tag(admin):
    made = campaign()
    send(admin, made, PHOTO)
    etag = fetch(made).headers["ETag"]
    send(admin, made, PHOTO)
    assert fetch(made, If_None_Match=etag).status_code == 200


def test_every_rendition_has_its_own_tag(admin):
    made = campaign()
    send(admin, made, PHOTO)
    assert fetch(made, "?size=160").headers["ETag"] != fetch(made).headers["ETag"]


def test_a_wrong_token_does_not_hide_a_photo(admin):
    made = campaign()
    send(admin, made, PHOTO)
    assert fetch(made, Authorization="Bearer nonsense").status_code == 200


def test_a_campaign_says_whether_it_has_a_photo(admin):
    made = campaign()
    assert admin.get(f"/api/campaign/{made.pk}")[1]["hasPhoto"] is False
    send(admin, made, PHOTO)
    assert admin.get(f"/api/campaign/{made.pk}")[1]["hasPhoto"] is True


def test_replacing_a_campaign_keeps_its_photo(admin):
    made = campaign()
    send(admin, made, PHOTO)
    body = {"campaign": admin.get(f"/api/campaign/{made.pk}")[1] | {"labels": "", "levels": [str(uuid4())]}}
    assert admin.put(f"/api/campaign/{made.pk}", body)[0] == 200
    assert fetch(made).status_code == 200


def test_without_a_photo_there_is_none():
    assert told(fetch(campaign())) == NOT_FOUND


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("unknown", [uuid4(), "x", "%00"])
def test_an_unknown_campaign_has_none(admin, method, unknown):
    assert told(admin.send(method, f"/api/campaign/{unknown}/photo")) == NOT_FOUND


def test_a_photo_whose_file_is_gone_is_none(admin):
    made = campaign()
    send(admin, made, PHOTO)
    default_storage.delete(Campaign.objects.get().photo.name)
    assert told(fetch(made)) == NOT_FOUND


def test_a_photo_is_removed(admin):
    made = campaign()
    send(admin, made, PHOTO)
    assert told(admin.send("DELETE", path(made))) == TAKEN
    assert told(fetch(made)) == NOT_FOUND


def test_no_photo_is_removed_too(admin):
    assert told(admin.send("DELETE", path(campaign()))) == TAKEN


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", "An empty file is not allowed."),
        (b"hello", "This file is not a valid image."),
        (b"x" * 2_202_010, "The file is too large (2.1 MB). Allowed maximum size is 2 MB."),
        (b"x" * 2_097_153, "The file is too large (2097153 bytes). Allowed maximum size is 2097152 bytes."),
        (b"x" * 2_100_000, "The file is too large (2050.78 kB). Allowed maximum size is 2048 kB."),
        (b"x" * 3_000_000, "The file is too large (2.86 MB). Allowed maximum size is 2 MB."),
        (file_of(drawn(100, 700)), "The image width is too small (100px). Minimum width expected is 600px."),
        (file_of(drawn(700, 100)), "The image height is too small (100px). Minimum height expected is 600px."),
        (file_of(drawn(100, 100)), "The image width is too small (100px). Minimum width expected is 600px."),
        (
            file_of(drawn(4100, 4100).convert("1")),
            "The image has too many pixels. Maximum amount expected is 16000000.",
        ),
    ],
    ids=["empty", "no image", "2.1 MB", "a byte more", "little more", "2.86 MB", "narrow", "low", "small", "huge"],
)
def test_what_is_wrong_with_a_file_is_told(admin, data, text):
    made = campaign()
    assert send(admin, made, data) == at_the_field(text)
    assert (files(), Campaign.objects.get().photo.name, told(fetch(made))) == ([], "", NOT_FOUND)


def test_nothing_at_all_is_a_form_that_was_not_sent(admin):
    assert admin.post(path(campaign())) == at_the_field()


@pytest.mark.parametrize("body", [form({"photo[file]": "C:\\fakepath\\Photo.png"}), {"photo": {"file": "x"}}, "photo="])
def test_a_text_is_no_file(admin, body):
    assert admin.post(path(campaign()), body) == at_the_field("This value should not be blank.")


def test_a_browsers_form_in_which_no_file_was_chosen_has_none(admin):
    body = (
        b'--x\r\nContent-Disposition: form-data; name="photo[file]"; filename=""\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n\r\n--x--\r\n"
    )
    assert admin.post(path(campaign()), body, media="multipart/form-data; boundary=x") == at_the_field(
        "This value should not be blank."
    )


def test_only_the_head_of_a_photo_may_be_asked_for(admin):
    made = campaign()
    send(admin, made, PHOTO)
    answer = ANONYMOUS.send("HEAD", path(made))
    assert (answer.status_code, answer.headers["Content-Type"], answer.content) == (200, "image/png", b"")


def test_a_file_under_another_name_is_none(admin):
    assert send(admin, campaign(), PHOTO, field="photo[image]") == at_the_field("This value should not be blank.")


def test_a_multipart_body_that_ends_too_soon_is_refused(admin):
    assert admin.post(path(campaign()), b"--x\r\n", media="multipart/form-data") == BAD_REQUEST


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_sellers_do_not_change_photos(seller, method):
    assert told(seller.send(method, path(campaign()))) == FORBIDDEN


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_nobody_changes_photos_without_a_credential(method):
    assert told(ANONYMOUS.send(method, path(campaign()))) == UNAUTHORIZED


def test_a_png_that_is_named_otherwise_is_a_png(admin):
    made = campaign()
    assert send(admin, made, PHOTO, name="photo.jpg") == TAKEN
    assert fetch(made).headers["Content-Type"] == "image/png"


def test_a_client_that_has_it_costs_no_look_at_the_file(admin):
    made = campaign()
    send(admin, made, PHOTO)
    etag = fetch(made).headers["ETag"]
    default_storage.delete(Campaign.objects.get().photo.name)
    again = fetch(made, If_None_Match=etag)
    assert (again.status_code, again.headers["ETag"], again.headers["Cache-Control"]) == (304, etag, "no-cache")


def test_a_photo_that_is_replaced_while_it_is_fetched_is_the_new_one(admin, monkeypatch):
    made, read_file = campaign(), photos.read
    send(admin, made, PHOTO)

    def read_late(name, width):
        monkeypatch.setattr(photos, "read", read_file)
        photos.discard(name)
        photos.set_photo(made.pk, photos.keep(PICTURE), **SHOP)
        return read_file(name, width)

    monkeypatch.setattr(photos, "read", read_late)
    answer = fetch(made)
    assert (answer.status_code, answer.content) == (200, PICTURE.by_width[0])


def test_an_upload_replaces_the_files_of_an_older_one(admin, django_capture_on_commit_callbacks):
    made = campaign()
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            send(admin, made, PHOTO)
    stem = Campaign.objects.get().photo.name.removeprefix("campaigns/").removesuffix(".png")
    assert sorted(files()) == sorted(f"{stem}{width}.png" for width in ("", "-160", "-320", "-640"))


def test_removing_takes_the_files_along(admin, django_capture_on_commit_callbacks):
    made = campaign()
    send(admin, made, PHOTO)
    with django_capture_on_commit_callbacks(execute=True):
        admin.send("DELETE", path(made))
    assert files() == []


@pytest.mark.parametrize(
    ("failure", "status"), [(CampaignNotFound(id="gone"), 404), (OperationalError("the connection is closed"), 503)]
)
def test_files_of_an_upload_that_fails_are_removed(admin, monkeypatch, failure, status):
    made = campaign()

    def fail(*args, **options):
        assert len(files()) == 4
        raise failure

    monkeypatch.setattr(photos, "set_photo", fail)
    assert send(admin, made, PHOTO)[0] == status
    assert (files(), Campaign.objects.get().photo.name) == ([], "")


def test_a_refused_upload_keeps_the_photo_there_was(admin):
    made = campaign()
    send(admin, made, PHOTO)
    kept = files()
    assert send(admin, made, file_of(drawn(100, 100)))[0] == 400
    assert (files(), fetch(made).status_code) == (kept, 200)


def test_a_key_of_another_upload_is_refused_without_a_trace(admin):
    made = campaign()
    send(admin, made, PHOTO, Idempotency_Key="k")
    kept = files()
    assert send(admin, made, OTHER, Idempotency_Key="k")[0] == 422
    assert (files(), read(fetch(made).content).size) == (kept, (600, 600))


def test_a_photo_takes_one_query(django_assert_num_queries, admin):
    made = campaign()
    send(admin, made, PHOTO)
    with django_assert_num_queries(1):
        assert fetch(made, "?size=160").status_code == 200


def test_a_repeated_upload_happens_once(admin):
    made, data = campaign(), file_of(drawn())
    assert send(admin, made, data, Idempotency_Key="k") == TAKEN
    kept = files()
    assert send(admin, made, data, Idempotency_Key="k") == TAKEN
    assert (files(), AuditEntry.objects.filter(action="photo added").count()) == (kept, 1)
