"""The OpenAPI document: what django-ninja writes, completed with what only the site knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import override

from common.addresses import absolute
from common.generation import per_generation

from .datasets import Dataset, datasets
from .problems import MEDIA_TYPE
from .schemas import Problem

if TYPE_CHECKING:
    from ninja import NinjaAPI

    from common.listing import Filter

LICENCE = {"name": "Licence Ouverte 2.0 (Etalab)", "url": "https://spdx.org/licenses/etalab-2.0.html"}
DESCRIPTION = """\
Good practices for the employment of experienced people around Lille, the tools that help, the agenda and the
signatories of the charter: what the public site shows, read-only, without a key.

- Answers are in French unless `language` says otherwise; codes are the same in every language.
- Lists take the filters of the site's lists. A parameter given several times widens the result. An unknown parameter
  or value is refused (422), and the answer says which.
- Every answer has an `ETag`: send it back in `If-None-Match`, and 304 says that nothing changed.
- 300 requests in five minutes for each network address; then 429, with `Retry-After` in seconds.
- Within version 1 fields are added, never removed or renamed.
- Data may be reused under the Licence Ouverte 2.0: name the source and the date. Rows with
  `example: true` are invented.
"""


def problem_response(description: str, **headers: str) -> dict[str, Any]:
    """A response that tells a problem."""
    said: dict[str, Any] = {
        "description": description,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if headers:
        said["headers"] = {
            name.replace("_", "-"): {"description": text, "schema": {"type": "integer"}}
            for name, text in headers.items()
        }
    return said


TAG = {
    "ETag": {
        "description": "What to send back in If-None-Match.",
        "schema": {"type": "string"},
        "example": 'W/"5f3c2a"',
    }
}
COMMON: dict[int, dict[str, Any]] = {
    304: {"description": "What you hold (If-None-Match) is what there is.", "headers": TAG},
    422: problem_response("A parameter is unknown, or its value is."),
    429: problem_response("Too many requests.", Retry_After="Seconds to wait."),
}
RESPONSES_OF_LISTS: dict[int, dict[str, Any]] = {
    200: {"description": "A page of the list.", "headers": TAG},
    **COMMON,
}
RESPONSES_OF_ONE: dict[int, dict[str, Any]] = {
    200: {"description": "All that is said of it.", "headers": TAG},
    404: problem_response("Nothing has this key in this language."),
    **COMMON,
}
MANY_CHOICES = 30


@per_generation
def document(api: NinjaAPI) -> dict[str, Any]:
    """The document as plain values. Shared: never change it."""
    with override(settings.LANGUAGE_CODE):
        found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=""))
        for dataset in datasets.values():
            complete(found["paths"][f"/{dataset.name}"]["get"], dataset)
            if dataset.one:
                exemplify(found["paths"][f"/{dataset.name}/{{key}}"]["get"], dataset)
    found["components"]["schemas"]["Problem"] = Problem.model_json_schema(
        ref_template="#/components/schemas/{model}"
    )
    for name, schema in found["components"]["schemas"]["Problem"].pop("$defs").items():
        found["components"]["schemas"][name] = schema
    found["info"] |= {
        "description": DESCRIPTION,
        "license": LICENCE,
        "contact": {"name": "Atout’âge", "url": absolute("/contact/"), "email": settings.CONTACT_EMAIL},
    }
    found["servers"] = [{"url": "/api/v1", "description": "This installation"}]
    found["tags"] = [{"name": each.name, "description": each.description} for each in datasets.values()]
    found["externalDocs"] = {"description": "The same for people", "url": absolute("/api/v1/")}
    return found


def complete(operation: dict[str, Any], dataset: Dataset) -> None:
    """Give the filters of a list the values they have today; one that has none is not told."""
    filters = dataset.parameters()
    told = [
        one for one in operation["parameters"] if one["name"] not in filters or filters[one["name"]].choices()
    ]
    for parameter in told:
        each = filters.get(parameter["name"])
        if each is not None:
            tell(parameter, each, dataset.defaults.get(each.name, ("",))[0])
    operation["parameters"] = told


def tell(parameter: dict[str, Any], each: Filter, default: str) -> None:
    """Describe a filter by its choices."""
    choices = each.choices()
    one: dict[str, Any] = {"type": "string", "enum": [choice.value for choice in choices]}
    if default:
        one["default"] = default
    parameter["schema"] = {"type": "array", "items": one} if each.multiple else one
    parameter["example"] = [choices[0].value] if each.multiple else choices[0].value
    listed = ", ".join(f"`{choice.value}` {choice.label}" for choice in choices[:MANY_CHOICES])
    parameter["description"] = f"{each.label}. {listed}{'…' if len(choices) > MANY_CHOICES else '.'}"
    parameter["explode"] = True


def exemplify(operation: dict[str, Any], dataset: Dataset) -> None:
    """Name a way to find keys."""
    for parameter in operation["parameters"]:
        if parameter["name"] == "key":
            parameter["description"] = f"The `slug` (or the `id`) of a row of `/{dataset.name}`."
            parameter["schema"].pop("description", None)
