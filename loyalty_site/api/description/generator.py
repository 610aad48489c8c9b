"""The whole description, put together from the routes, the table of who may call them, and the apps' chapters."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from drf_spectacular.drainage import error
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.plumbing import ResolvedComponent

from loyalty_site.access.endpoints import ENDPOINTS
from loyalty_site.api.description.dialects import CREDENTIALS
from loyalty_site.api.description.examples import Example, examples
from loyalty_site.api.description.operation_object import operation_object
from loyalty_site.api.description.operations import Chapter, Operation
from loyalty_site.api.description.routes import Route, routes
from loyalty_site.api.description.shapes import Schema, reference


def chapters() -> list[Chapter]:
    return [chapter for name in settings.API_CHAPTERS for chapter in import_string(name)]


class Generator(SchemaGenerator):
    """Not what DRF's views look like but what the chapters say; the rest is drf-spectacular's."""

    def get_schema(self, request: Any = None, public: bool = False) -> Schema:
        """drf-spectacular's entry. The chapters are OpenAPI's tags."""
        tags = [{"name": chapter.title, "description": chapter.text} for chapter in chapters()]
        return super().get_schema(request, public) | {"tags": tags}

    def parse(self, input_request: Any, public: bool) -> Schema:
        self._register_security()
        paths: Schema = {}
        for route, method, chapter, operation in self._described():
            shape = operation_object(
                operation,
                chapter=chapter,
                route=route,
                method=method,
                allowed=ENDPOINTS[route.name][method],
                shown=_shown(route, method),
            )
            paths.setdefault(route.path, {})[method.lower()] = self._with_components(shape)
        return paths

    def _described(self) -> Iterator[tuple[Route, str, Chapter, Operation]]:
        """In the order of the chapters. What is not described, or is not there, is reported as an error."""
        by_name = {route.name: route for route in routes()}
        due = {(name, method) for name, row in ENDPOINTS.items() for method in row}
        for chapter in chapters():
            for name, operations in chapter.operations.items():
                for method, operation in operations.items():
                    if (name, method) in due:
                        due.remove((name, method))
                        yield by_name[name], method, chapter, operation
                    else:
                        error(f"{method} {name} is described twice, or is not in the endpoint table")
        for name, method in sorted(due):
            error(f"{method} {name} is not described")

    def _register_security(self) -> None:
        for name, scheme in CREDENTIALS.items():
            self.registry.register(ResolvedComponent(name, ResolvedComponent.SECURITY_SCHEMA, scheme, object=name))

    def _with_components(self, shape: Any) -> Any:
        """The shape with every titled part registered as a component and referred to."""
        if isinstance(shape, list):
            return [self._with_components(item) for item in shape]
        if not isinstance(shape, dict):
            return shape
        resolved = {key: value if key == "examples" else self._with_components(value) for key, value in shape.items()}
        if not isinstance(resolved.get("title"), str):
            return resolved
        return self._component(resolved)

    def _component(self, shape: Schema) -> Schema:
        title = shape.pop("title")
        component = ResolvedComponent(title, ResolvedComponent.SCHEMA, shape, object=title)
        if component in self.registry and self.registry[component].schema != shape:
            error(f"Two shapes have the title {title}")
        self.registry.register_on_missing(component)
        return reference(title)


def _shown(route: Route, method: str) -> list[Example]:
    return [example for example in examples() if example.method == method and route.leads(example.path)]
