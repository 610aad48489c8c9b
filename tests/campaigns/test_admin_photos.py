"""A campaign's picture in the back office: chosen, refused, seen, replaced and removed."""

import pytest
from django.core.files.storage import InMemoryStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns import photos
from campaigns.errors import CampaignNotFound
from campaigns.models import Campaign
from tests.backoffice import chief, desk, queries, told, trail, wrong
from tests.buckets import unreachable
from tests.builders import SHOP, campaign
from tests.campaigns.api.uploads import fetch, files
from tests.campaigns.pictures import PICTURE, drawn, file_of, read
from tests.campaigns.test_admin_campaigns import ADD, LIST, READ, WRITE, entries, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

NEW = "campaigns.add_campaign"
PHOTO, OTHER = (file_of(drawn(side, side), "JPEG") for side in (600, 700))


@pytest.fixture(autouse=True)
def _own_storage(monkeypatch):
    monkeypatch.setattr(default_storage, "_wrapped", InMemoryStorage())


@pytest.fixture
def save(django_capture_on_commit_callbacks):
    """Send a form; what waits for its commit follows."""

    def sent(staff, path, **changes):
        with django_capture_on_commit_callbacks(execute=True):
            return staff.post(path, entries(**changes), follow=True)

    return sent


def chosen(data: bytes, name: str = "picture.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def with_photo() -> Campaign:
    reward = campaign()
    return photos.set_photo(reward.pk, photos.keep(PICTURE), **SHOP)


def test_a_picture_is_kept_as_the_api_keeps_it(save):
    reward = campaign()
    answer = save(chief(), page(reward), codes="", picture=chosen(PHOTO, "holiday.png"))

    assert len(told(answer)) == 1
    assert len(files()) == 4
    got = fetch(reward)
    assert (got.headers["Content-Type"], read(got.content).size) == ("image/jpeg", (600, 600))
    assert trail()[-1] == "chief: photo added"
    assert Campaign.objects.get().name == "Free tea"


def test_a_new_campaign_may_come_with_its_picture(save):
    save(desk(NEW), ADD, picture=chosen(PHOTO))

    assert fetch(Campaign.objects.get()).status_code == 200
    assert trail() == ["maria: campaign created", "maria: photo added"]


def test_a_new_picture_takes_the_place_of_the_old_one(save):
    reward = with_photo()
    old = set(files())
    save(chief(), page(reward), codes="", picture=chosen(OTHER))

    assert read(fetch(reward).content).size == (700, 700)
    assert (len(files()), old & set(files())) == (4, set())


def test_a_form_without_a_picture_leaves_the_one_there_is(save):
    reward = with_photo()
    before = files()
    save(chief(), page(reward), codes="", name="Free tea")

    assert (files(), fetch(reward).status_code) == (before, 200)
    assert trail()[-1] == "chief: campaign changed"


def test_a_picture_is_removed(save):
    reward = with_photo()
    save(chief(), page(reward), **{"codes": "", "picture-clear": "on"})

    assert (files(), Campaign.objects.get().photo.name, fetch(reward).status_code) == ([], "", 404)
    assert trail()[-1] == "chief: photo removed"


@pytest.mark.once("sqlite")
def test_nothing_changes_before_the_campaign_is_saved(django_capture_on_commit_callbacks):
    reward = with_photo()
    before = files()
    with django_capture_on_commit_callbacks():
        chief().post(page(reward), entries(codes="", picture=chosen(OTHER)))

    assert files() == before
    assert Campaign.objects.get().photo.name.removeprefix("campaigns/") in before


@pytest.mark.once("sqlite")
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (file_of(drawn(400, 900)), "The picture is 400 pixels wide; choose one of at least 600."),
        (file_of(drawn(900, 400)), "The picture is 400 pixels high; choose one of at least 600."),
        (b"", "The file is empty. Choose another one."),
        (b"hello", "The file is no picture that can be read. Choose a PNG, a JPEG or a GIF."),
        (
            file_of(drawn(4100, 4100).convert("1")),
            "The picture has too many pixels. Save it smaller, such as 2000 pixels wide.",
        ),
        (b"x" * 3_565_159, "The picture has 3.5 MB; choose one of at most 2 MB."),
        (b"x" * 2_097_153, "The picture has 2.1 MB; choose one of at most 2 MB."),
    ],
    ids=["narrow", "low", "empty", "no picture", "huge", "3.4 MB", "a byte too much"],
)
def test_a_refused_picture_is_told_and_the_rest_of_the_form_stays(save, data, sentence):
    reward = campaign(name="Free coffee")
    answer = save(chief(), page(reward), name="Typed with care", picture=chosen(data))

    assert wrong(answer) == {"picture": [sentence]}
    assert 'value="Typed with care"' in answer.content.decode()
    assert (files(), Campaign.objects.get().name, Campaign.objects.get().photo.name) == ([], "Free coffee", "")
    assert trail() == ["Maria Staff: campaign created"]


@pytest.mark.once("sqlite")
def test_a_picture_beside_something_wrong_has_to_be_chosen_again(save):
    answer = save(chief(), ADD, name="", picture=chosen(PHOTO))

    assert wrong(answer) == {
        "name": ["This field is required."],
        "picture": ["Choose the picture again: a browser sends it anew each time."],
    }
    assert (files(), Campaign.objects.count()) == ([], 0)


def test_a_campaign_that_cannot_be_saved_leaves_no_file(save, monkeypatch):
    reward = campaign()

    def gone(*args, **options):
        raise CampaignNotFound(id=reward.pk)

    monkeypatch.setattr("campaigns.services.revise", gone)
    save(chief(), page(reward), codes="", picture=chosen(PHOTO))

    assert (files(), Campaign.objects.get().photo.name) == ([], "")


@pytest.mark.django_db(transaction=True)
def test_a_storage_that_is_away_costs_only_the_picture(monkeypatch):
    reward = campaign(name="Free coffee")
    monkeypatch.setattr(default_storage, "_wrapped", unreachable())
    answer = chief().post(page(reward), entries(codes="", picture=chosen(PHOTO)), follow=True)

    assert told(answer)[1:] == [
        "All is saved but the picture: the place where files are kept does not answer. Try it again later."
    ]
    assert (Campaign.objects.get().name, Campaign.objects.get().photo.name) == ("Free tea", "")
    assert "chief: photo added" not in trail()


@pytest.mark.once("sqlite")
def test_who_may_only_look_sees_the_picture_and_changes_none(save):
    reward, staff = with_photo(), desk(READ)
    before, text = files(), staff.get(page(reward)).content.decode()
    answers = [
        save(staff, page(reward), codes="", picture=chosen(OTHER)),
        save(staff, page(reward), **{"codes": "", "picture-clear": "on"}),
        save(staff, ADD, picture=chosen(PHOTO)),
    ]

    assert f'<img src="/api/campaign/{reward.pk}/photo?size=640" alt="Free coffee">' in text
    assert 'type="file"' not in text
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert (files(), fetch(reward).status_code) == (before, 200)


@pytest.mark.once("sqlite")
def test_who_may_change_campaigns_may_change_pictures(save):
    reward = campaign()
    save(desk(READ, WRITE), page(reward), codes="", picture=chosen(PHOTO))

    assert fetch(reward).status_code == 200


@pytest.mark.once("sqlite")
def test_the_page_shows_the_picture_and_offers_to_remove_it():
    with_one, without, staff = with_photo(), campaign(), chief()
    text, other = (staff.get(page(reward)).content.decode() for reward in (with_one, without))

    assert f'<img src="/api/campaign/{with_one.pk}/photo?size=640" alt="Free coffee">' in text
    assert 'name="picture-clear"' in text
    assert 'name="picture-clear"' not in other
    assert f"/api/campaign/{without.pk}/photo" not in other


@pytest.mark.once("sqlite")
def test_the_page_tells_the_limits_before_anything_is_sent():
    text = chief().get(ADD).content.decode()

    assert 'enctype="multipart/form-data"' in text
    assert "PNG, JPEG or GIF, at least 600 by 600 pixels, at most 2 MB." in text
    assert 'accept="image/png,image/jpeg,image/gif"' in text
    assert 'data-largest="2097152"' in text


def test_the_list_shows_small_pictures_in_boxes_of_their_size():
    reward = with_photo()
    text = chief().get(LIST).content.decode()

    assert (
        f'<img src="/api/campaign/{reward.pk}/photo?size=160" alt="Free coffee" width="64" height="48" '
        'loading="lazy" decoding="async" class="backoffice-thumbnail">'
    ) in text


@pytest.mark.once("sqlite")
def test_a_name_cannot_break_out_of_a_picture():
    Campaign.objects.filter(pk=with_photo().pk).update(name='"><script>alert(1)</script>')
    staff = chief()
    pages = [staff.get(path).content.decode() for path in (LIST, page(Campaign.objects.get()))]

    assert not any("<script>alert(1)" in text for text in pages)


def test_pictures_take_no_queries_of_the_list():
    for n in range(5):
        campaign([f"A{n}"])
    staff = chief()
    without = queries(staff, LIST)
    Campaign.objects.update(photo="campaigns/a.png")

    assert queries(staff, LIST) == without


def test_a_change_of_the_picture_alone_is_told_as_that_alone(save):
    reward, staff = campaign(), chief()
    first, last = ("2026-07-01", "00:00:00"), ("2026-07-31", "23:59:59")
    dates = {"active_from_0": first[0], "active_from_1": first[1], "active_to_0": last[0], "active_to_1": last[1]}
    dates["all_time_active"] = None
    save(staff, page(reward), codes="", **dates)
    save(staff, page(reward), codes="", picture=chosen(PHOTO), **dates)

    assert trail()[1:] == ["chief: campaign changed", "chief: photo added"]


def test_a_picture_comes_with_its_focus_and_its_words(save):
    reward, staff = campaign(), chief()
    save(staff, page(reward), codes="", picture=chosen(PHOTO), focus_x="20", focus_y="80", photo_alt="A cup")
    thumbnails = staff.get(LIST).content.decode()

    assert Campaign.objects.values_list("focus_x", "focus_y", "photo_alt").get() == (20, 80, "A cup")
    assert 'alt="A cup" width="64" height="48"' in thumbnails
    assert 'style="object-position: 20% 80%"' in thumbnails


def test_a_focus_left_empty_stays_and_a_removed_picture_takes_it_along(save):
    reward = photos.set_photo(campaign().pk, photos.keep(PICTURE), framing=photos.Framing("A cup", 20, 80), **SHOP)
    staff = chief()
    save(staff, page(reward), codes="", focus_x="", focus_y="", photo_alt="A cup")
    kept = Campaign.objects.values_list("focus_x", "focus_y", "photo_alt").get()
    save(staff, page(reward), **{"codes": "", "picture-clear": "on", "photo_alt": "A cup"})

    assert kept == (20, 80, "A cup")
    assert Campaign.objects.values_list("focus_x", "focus_y", "photo_alt").get() == (50, 50, "")


@pytest.mark.once("sqlite")
def test_a_focus_outside_the_picture_is_refused(save):
    reward = campaign()
    answer = save(chief(), page(reward), codes="", focus_x="101", focus_y="-1")

    assert wrong(answer) == {
        "focus_x": ["Ensure this value is less than or equal to 100."],
        "focus_y": ["Ensure this value is greater than or equal to 0."],
    }
    assert Campaign.objects.get().name == "Free coffee"
