"""The description as a whole: nothing is missing from it, and it is what OpenAPI calls valid."""

import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from loyalty_site.access.endpoints import ENDPOINTS
from loyalty_site.api.description import generator
from loyalty_site.api.description.examples import Example, examples
from loyalty_site.api.description.generator import Generator
from loyalty_site.api.description.operations import Chapter, Operation
from loyalty_site.api.description.routes import routes
from loyalty_site.api.description.shapes import INTEGER, TEXT, record
from tests.conformance import errors_in_body

KNOWN = generator.chapters


@pytest.fixture(scope="module")
def document():
    return Generator().get_schema(public=True)


@pytest.fixture
def with_chapter(monkeypatch):
    """Adds these operations to those described."""

    def add(operations):
        monkeypatch.setattr(generator, "chapters", lambda: [*KNOWN(), Chapter("More", "", operations)])

    return add


def complaints(capsys):
    capsys.readouterr()
    Generator().get_schema(public=True)
    return [line.removeprefix("Error: ") for line in capsys.readouterr().err.splitlines()]


def test_nothing_is_wrong_with_it(capsys):
    assert complaints(capsys) == []


def test_it_is_valid(document):
    validate_schema(document)
    assert document["openapi"] == "3.1.0"


def test_every_method_of_every_route_is_in_it(document):
    names = {route.path: route.name for route in routes()}
    described = {(names[path], method.upper()) for path, row in document["paths"].items() for method in row}
    assert described == {(name, method) for name, row in ENDPOINTS.items() for method in row}


def test_operation_ids_are_those_of_the_routes(document):
    assert document["paths"]["/api/campaign/{campaign}"]["put"]["operationId"] == "put-campaign-detail"


def test_a_missing_description_is_told(capsys, monkeypatch):
    monkeypatch.setitem(ENDPOINTS, "campaign-detail", ENDPOINTS["campaign-detail"] | {"PATCH": None})
    assert complaints(capsys) == ["PATCH campaign-detail is not described"]


def test_a_description_of_nothing_is_told(capsys, with_chapter):
    with_chapter({"no-such-route": {"GET": Operation("Nothing", TEXT)}})
    assert complaints(capsys) == ["GET no-such-route is described twice, or is not in the endpoint table"]


def test_a_second_description_is_told(capsys, with_chapter):
    with_chapter({"healthz": {"GET": Operation("Again", TEXT)}})
    assert complaints(capsys) == ["GET healthz is described twice, or is not in the endpoint table"]


def test_two_shapes_of_one_title_are_told(capsys, monkeypatch):
    shapes = [record({"a": shape}, title="A") for shape in (TEXT, INTEGER)]
    rows = {name: {"GET": Operation(name, shape)} for name, shape in zip(("healthz", "readyz"), shapes, strict=True)}
    monkeypatch.setattr(generator, "chapters", lambda: [Chapter("Both", "", rows)])
    assert "Two shapes have the title A" in complaints(capsys)


def test_a_shape_with_a_title_is_described_once(document):
    answer = document["paths"]["/api/campaign/{campaign}"]["get"]["responses"]["200"]["content"]["application/json"]
    assert answer["schema"] == {"$ref": "#/components/schemas/CampaignForItsReader"}
    assert document["components"]["schemas"]["CampaignForItsReader"]["properties"]["name"] == {"type": "string"}


def test_documented_requests_are_shown_as_names_with_brackets(document):
    sent = shown_request(document, "application/x-www-form-urlencoded")
    assert (sent["campaign[name]"], sent["campaign[costInPoints]"]) == ("Discount Code Campaign", "100")
    assert sent["campaign[coupons][]"] == ["testCoupon", "DiscountCoupon"]


def test_documented_requests_are_shown_in_json_as_described(document):
    sent = shown_request(document, "application/json")
    assert (sent["campaign"]["name"], sent["campaign"]["costInPoints"]) == ("Discount Code Campaign", 100)
    schema = document["components"]["schemas"]["CampaignForm"] | {"components": document["components"]}
    assert list(Draft202012Validator(schema).iter_errors(sent["campaign"])) == []


def shown_request(document, media):
    content = document["paths"]["/api/campaign"]["post"]["requestBody"]["content"][media]
    return content["examples"]["create_a_campaign"]["value"]


def test_a_body_without_required_keys_may_be_left_out(document):
    buy = document["paths"]["/api/admin/customer/{customer}/campaign/{campaign}/buy"]["post"]
    assert buy["requestBody"]["required"] is False
    assert document["paths"]["/api/campaign"]["post"]["requestBody"]["required"] is True


def test_chapters_are_tags(document):
    used = {tag for row in document["paths"].values() for operation in row.values() for tag in operation["tags"]}
    assert used == {tag["name"] for tag in document["tags"]}


def test_its_version_is_that_of_the_project(document):
    project = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text())["project"]
    assert document["info"]["version"] == project["version"]


@pytest.mark.parametrize("example", [one for one in examples() if one.body is not None], ids=lambda one: one.name)
def test_every_documented_answer_is_as_described_and_shown(example: Example, document):
    (route,) = (route for route in routes() if route.leads(example.path))
    assert errors_in_body(route.name, example.method, example.status, example.body) == []
    responses = document["paths"][route.path][example.method.lower()]["responses"]
    shown = responses[str(example.status)]["content"]["application/json"]["examples"]
    assert shown[example.name] == {"summary": example.section, "value": example.body}


def test_an_endpoint_is_described_in_the_words_of_its_dialect(document):
    issue = document["paths"]["/v2/promotion/issue"]["post"]
    assert issue["security"] == [{"Basic": []}, {"X-CAP-API-OAUTH-TOKEN": []}, {"Authorization": []}]
    assert list(issue["requestBody"]["content"]) == ["application/json"]
    told = issue["responses"]["401"]["content"]["application/json"]
    assert told["schema"] == {"$ref": "#/components/schemas/CapillaryFailure"}
    assert told["example"]["errors"] == [{"status": False, "code": 401, "message": "Invalid credentials"}]


def test_parameters_that_must_be_there_are_called_so(document):
    parameters = document["paths"]["/v2/customers/lookup"]["get"]["parameters"]
    needed = [parameter["name"] for parameter in parameters if parameter.get("required")]
    assert needed == ["identifierName", "identifierValue", "source"]


def test_a_documented_json_body_is_shown_with_its_request(document):
    body = document["paths"]["/v2/promotion/issue"]["post"]["requestBody"]["content"]["application/json"]
    assert body["examples"]["issue"]["value"] == {"programId": 469, "promotionId": 65777}
