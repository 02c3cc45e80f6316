"""What the API may be asked: pages, languages, the filters of the lists. Nothing else is let pass."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.conf import settings
from ninja import Query, Schema
from pydantic import BeforeValidator, Field, create_model

from .problems import BadParametersError, Fault

if TYPE_CHECKING:
    from django.http import HttpRequest

    from common.listing import Selection

    from .datasets import Dataset

MOST_PER_PAGE = 100
PER_PAGE = 50
LAST_PAGE = 100_000
LONGEST_WORDS = 200
# A key in an address: a slug, or the identifier of a row.
KEY = r"^[A-Za-z0-9_\-]{1,255}$"
SHOWN_CHOICES = 8


def digits(value: Any) -> Any:
    """A whole number as it is written, and no other way of writing one."""
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{1,9}", value):
        raise ValueError("must be a whole number")
    return value


Number = BeforeValidator(digits)
Language: Any = Literal[tuple(code for code, _name in settings.LANGUAGES)]


class OneQuery(Schema):
    """What goes with the address of one thing."""

    language: Annotated[Language, Field(description="Language of the words.")] = settings.LANGUAGE_CODE


def list_query(dataset: Dataset) -> type[Schema]:
    """The parameters of a list, as a model."""
    found: dict[str, Any] = {
        "language": (Language, Field(settings.LANGUAGE_CODE, description="Language of the words.")),
        "page": (
            Annotated[int, Number],
            Field(1, ge=1, le=LAST_PAGE, description="Pages begin at 1; one too far is empty."),
        ),
    }
    if dataset.rows is not None:
        found["per_page"] = (
            Annotated[int, Number],
            Field(PER_PAGE, ge=1, le=MOST_PER_PAGE, description="Rows on a page."),
        )
    if dataset.takes_words:
        found["q"] = (str, Field("", max_length=LONGEST_WORDS, description="Words looked for."))
    for name, each in dataset.parameters().items():
        kind: Any = list[str] if each.multiple else str
        found[name] = (kind, Field([] if each.multiple else "", description=name))
    return create_model(f"{dataset.name.title()}Query", __base__=Schema, **found)


def annotation(model: type[Schema]) -> Any:
    """A model as the annotation of an argument."""
    return Annotated[model, Query()]  # type: ignore[type-arg]


def check_names(request: HttpRequest, model: type[Schema], dataset: Dataset) -> None:
    """Refuse what is not a parameter, and what is given twice and has one value. Raises BadParametersError."""
    several = {name for name, each in dataset.parameters().items() if each.multiple}
    faults = []
    for name, values in request.GET.lists():
        if name not in model.model_fields:
            faults.append(Fault(name, f"Unknown parameter. Known: {', '.join(sorted(model.model_fields))}."))
        elif len(values) > 1 and name not in several:
            faults.append(Fault(name, "Given more than once; it has one value."))
    if faults:
        raise BadParametersError(faults)


def chosen_in(request: HttpRequest, dataset: Dataset) -> Selection:
    """The values of the filters, all of them known. Raises BadParametersError."""
    chosen: Selection = {}
    faults = []
    for name, each in dataset.parameters().items():
        asked = request.GET.getlist(name)
        known = [choice.value for choice in each.choices()] if asked else []
        unknown = [value for value in asked if value not in known]
        if unknown:
            some = ", ".join(known[:SHOWN_CHOICES]) + ("…" if len(known) > SHOWN_CHOICES else "")
            faults.append(Fault(name, f"Unknown value. Known: {some}."))
        elif asked:
            chosen[each.name] = [value for value in known if value in asked]
    if faults:
        raise BadParametersError(faults)
    return chosen
