"""`/api/v1/`: what the public site shows, as JSON, read-only (decision 0023).

django-ninja reads parameters and writes the schema; the answers are made of the datasets.
"""

from __future__ import annotations

import functools
import json
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import override
from ninja import NinjaAPI, Path
from ninja.errors import HttpError, ValidationError
from pydantic import Field

from common.addresses import absolute

from .answering import answered
from .datasets import Asked, Dataset, Found, datasets
from .documentation import serve_documentation
from .fields import as_data
from .openapi import RESPONSES_OF_LISTS, RESPONSES_OF_ONE, document
from .parameters import KEY, OneQuery, annotation, check_names, chosen_in, list_query
from .problems import BadParametersError, Fault, problem
from .schemas import list_schema, one_schema

if TYPE_CHECKING:
    from django.http import HttpRequest

ROOT = "/api/v1/"
SEARCH_PAGE = 20


def as_json(data: Any) -> HttpResponse:
    """Plain values as an answer."""
    body = json.dumps(data, ensure_ascii=False, default=_plain, separators=(",", ":"))
    return HttpResponse(body, content_type="application/json")


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)


def page_data(request: HttpRequest, dataset: Dataset, asked: Asked, found: Found) -> dict[str, Any]:
    """A page of a list with its neighbours."""
    last = max(1, -(-found.total // asked.per_page))

    def link(page: int) -> str:
        query = request.GET.copy()
        query["page"] = str(page)
        return absolute(f"{ROOT}{dataset.name}?{query.urlencode()}")

    return {
        "total": found.total,
        "page": asked.page,
        "per_page": asked.per_page,
        "pages": last,
        "links": {
            "first": link(1),
            "prev": link(min(asked.page - 1, last)) if asked.page > 1 else None,
            "next": link(asked.page + 1) if asked.page < last else None,
            "last": link(last),
        },
        "items": [as_data(dataset.fields, record) for record in found.records],
    }


def add_list(api: NinjaAPI, dataset: Dataset) -> None:
    """The operation that answers a page of a dataset."""
    model = list_query(dataset)

    def operation(request: HttpRequest, query: Any) -> HttpResponse:
        check_names(request, model, dataset)
        with override(query.language):
            asked = Asked(
                language=query.language,
                chosen=chosen_in(request, dataset),
                page=query.page,
                per_page=getattr(query, "per_page", SEARCH_PAGE),
                words=getattr(query, "q", ""),
            )
            return as_json(page_data(request, dataset, asked, dataset.page(asked)))

    operation.__annotations__ = {"query": annotation(model)}
    api.get(
        f"/{dataset.name}",
        response=list_schema(dataset),
        operation_id=f"list_{dataset.name}" if dataset.rows else dataset.name,
        summary=str(dataset.name.capitalize()),
        description=dataset.description,
        tags=[dataset.name],
        url_name=dataset.name,
        openapi_extra={"responses": RESPONSES_OF_LISTS},
    )(operation)


def add_one(api: NinjaAPI, dataset: Dataset) -> None:
    """The operation that answers one row, by its slug or its identifier."""

    def operation(request: HttpRequest, key: str, query: Any) -> HttpResponse:
        check_names(request, OneQuery, dataset)
        with override(query.language):
            asked = Asked(query.language)
            record = dataset.record(key, asked)
            if record is None:
                return problem(404, f"There is no {dataset.one} “{key}” in this language.")
            return as_json(as_data((*dataset.fields, *dataset.details), record))

    operation.__annotations__ = {
        "key": Annotated[str, Path(), Field(pattern=KEY, description="A slug, or an identifier.")],  # type: ignore[type-arg]
        "query": annotation(OneQuery),
    }
    api.get(
        f"/{dataset.name}/{{key}}",
        response=one_schema(dataset),
        operation_id=f"get_{dataset.one}",
        summary=f"One {dataset.one}",
        description=f"One {dataset.one} with all that its page says. {dataset.description}",
        tags=[dataset.name],
        url_name=dataset.one,
        openapi_extra={"responses": RESPONSES_OF_ONE},
    )(operation)


def bad_parameters(_request: HttpRequest, error: Any) -> HttpResponse:
    """422: the API’s own refusal."""
    faults = error.faults if isinstance(error, BadParametersError) else []
    return problem(422, "Some parameters are not what they may be.", faults)


def invalid(_request: HttpRequest, error: Any) -> HttpResponse:
    """422: what pydantic refuses."""
    raised = error.errors if isinstance(error, ValidationError) else []
    faults = [
        Fault(
            next((str(part) for part in reversed(each["loc"]) if isinstance(part, str)), ""), str(each["msg"])
        )
        for each in raised
    ]
    return problem(422, "Some parameters are not what they may be.", faults)


def refused(_request: HttpRequest, error: Any) -> HttpResponse:
    """Whatever else the framework refuses."""
    return problem(getattr(error, "status_code", 400), str(error))


@functools.cache
def api() -> NinjaAPI:
    """The API with an operation for each dataset, made once every room is ready."""
    made = NinjaAPI(
        title="Atout’âge",
        version="1.0.0",
        docs_url=None,
        openapi_url=None,
        urls_namespace="api-v1",
        auth=None,
    )
    for kind, handler in (
        (BadParametersError, bad_parameters),
        (ValidationError, invalid),
        (HttpError, refused),
    ):
        made.add_exception_handler(kind, handler)
    made._exception_handlers.pop(Exception, None)  # noqa: SLF001 (what breaks is told by `answering.safely`)
    for dataset in datasets.values():
        add_list(made, dataset)
        if dataset.one:
            add_one(made, dataset)
    return made


def serve_openapi(_request: HttpRequest) -> HttpResponse:
    """The description of the API, with the values that filters have today."""
    return as_json(document(api()))


def nothing_here(_request: HttpRequest, rest: str) -> HttpResponse:
    """404 for what is no address of the API."""
    hint = " Addresses here do not end with a slash." if rest.endswith("/") else ""
    return problem(404, f"There is nothing at {ROOT}{rest[:200]}.{hint} See {ROOT}openapi.json.")


def urls() -> list[URLPattern]:
    """Addresses below `/api/v1/`: each operation of the API, what describes it, and a way out of the rest."""
    patterns, _app, _namespace = api().urls
    stable = {dataset.name for dataset in datasets.values() if dataset.look_up is None}
    operations = [
        path(
            str(pattern.pattern),
            answered(pattern.callback, by_generation=str(pattern.pattern).partition("/")[0] in stable),
            name=f"api_{pattern.name}",
        )
        for pattern in patterns
        if isinstance(pattern, URLPattern) and pattern.name != "api-root"
    ]
    return [
        path("", serve_documentation, name="api"),
        path("openapi.json", answered(serve_openapi), name="api_openapi"),
        *operations,
        path("<path:rest>", answered(nothing_here), name="api_nothing"),
    ]
