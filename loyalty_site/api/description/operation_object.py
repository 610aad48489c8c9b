"""One operation as OpenAPI says it."""

from typing import Any

from loyalty_site.access.actors import Role
from loyalty_site.access.endpoints import ANYBODY, OWN, Allowed
from loyalty_site.api.description.answers import REPLAYED, answer, failures
from loyalty_site.api.description.dialects import Telling, telling_at
from loyalty_site.api.description.examples import Example
from loyalty_site.api.description.form_examples import json_example
from loyalty_site.api.description.forms import URL_ENCODED, bracket_schema, form_schema, media_of
from loyalty_site.api.description.operations import JSON, Chapter, Operation
from loyalty_site.api.description.routes import Route
from loyalty_site.api.description.shapes import TEXT, Schema, record

WRITING = {"POST", "PUT", "DELETE"}
PEOPLE = {Role.ADMIN: "administrators", Role.SELLER: "sellers", Role.CUSTOMER: "customers", Role.PARTNER: "partners"}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Made by the client before it sends; a repeat with the same key gets the stored answer.",
    "schema": TEXT | {"pattern": "^[!-~]{1,255}$"},
}


def operation_object(
    operation: Operation, *, chapter: Chapter, route: Route, method: str, allowed: Allowed, shown: list[Example]
) -> Schema:
    public = allowed is ANYBODY
    keyed = method in WRITING and operation.keyed and not public
    parameters = [*_path_parameters(route, chapter), *_query_parameters(operation), *([KEY] if keyed else [])]
    said = telling_at(route.path)
    body = _request_body(operation, said, shown)
    return {
        "operationId": f"{method.lower()}-{route.name}",
        "summary": operation.summary,
        "description": " ".join(filter(None, [operation.note, _who(allowed)])),
        "tags": [chapter.title],
        **({"parameters": parameters} if parameters else {}),
        **({"requestBody": body} if body else {}),
        "security": [] if public else [{name: []} for name in said.credentials],
        "responses": _responses(operation, said, allowed, bool(route.parameters), keyed, shown),
        "x-roles": sorted(allowed.roles),
    }


def _who(allowed: Allowed) -> str:
    if allowed is ANYBODY:
        return "For anybody, without a credential."
    people = [name for role, name in PEOPLE.items() if role in allowed.roles]
    account = " People need an account that may move points." if allowed.by_account else ""
    scope = f" An API token needs the scope `{allowed.scope}`." if allowed.scope else ""
    return f"For {', '.join(people)}.{account}{scope}"


def _path_parameters(route: Route, chapter: Chapter) -> list[Schema]:
    return [_parameter(name, "path", chapter.paths.get(name, TEXT), required=True) for name in route.parameters]


def _query_parameters(operation: Operation) -> list[Schema]:
    needed = {name: {"required": True} for name in operation.needed}
    return [_parameter(name, "query", schema, **needed.get(name, {})) for name, schema in operation.query.items()]


def _parameter(name: str, place: str, schema: Schema, **more: Any) -> Schema:
    schema = dict(schema)
    told = {"description": schema.pop("description", None), "example": schema.pop("example", None)}
    return {"name": name, "in": place, "schema": schema, **{key: value for key, value in told.items() if value}, **more}


def _request_body(operation: Operation, said: Telling, shown: list[Example]) -> Schema | None:
    if not operation.takes_body:
        return None
    content = _form_content(operation, shown) if operation.form else _free_content(operation, said, shown)
    needed = operation.form is not None or "required" in operation.body
    return {"required": needed, "content": content}


def _form_content(operation: Operation, shown: list[Example]) -> Schema:
    form, root = operation.form(), operation.root
    fields: Schema = {"schema": bracket_schema(form, root)}
    if media_of(form) != URL_ENCODED:
        return {media_of(form): fields}
    tree: Schema = {"schema": record({root: form_schema(form)}) if root else form_schema(form)}
    for example in shown:
        if example.fields:
            fields.setdefault("examples", {}).update(example.showing(example.fields))
            tree.setdefault("examples", {}).update(example.showing(json_example(form, root, example.fields)))
    return {JSON: tree, URL_ENCODED: fields}


def _free_content(operation: Operation, said: Telling, shown: list[Example]) -> Schema:
    return {media: {"schema": operation.body, **_sent(shown)} for media in said.bodies}


def _sent(shown: list[Example]) -> Schema:
    sent = {name: example for each in shown if each.fields for name, example in each.showing(each.fields).items()}
    return {"examples": sent} if sent else {}


def _responses(
    operation: Operation, said: Telling, allowed: Allowed, named: bool, keyed: bool, shown: list[Example]
) -> Schema:
    finds = operation.finds or named or allowed is OWN  # an account may have no customer
    told = failures(operation, said, public=allowed is ANYBODY, finds=finds, keyed=keyed)
    bodies = {operation.status: operation.answer, **dict(told), **operation.others}
    answers = {
        status: answer(status, body, operation.media if status == operation.status else (JSON,), said)
        for status, body in sorted(bodies.items())
    }
    if keyed:
        answers[operation.status]["headers"] = REPLAYED
    for example in shown:
        if example.body is None:
            continue
        content = answers[example.status]["content"][JSON]
        content.pop("example", None)
        content.setdefault("examples", {}).update(example.showing(example.body))
    return {str(status): told for status, told in answers.items()}
