"""The shapes of what the API answers, made of the fields of the datasets."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from ninja import Schema
from pydantic import AnyUrl, Field, create_model

from .fields import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .datasets import Dataset
    from .fields import Field as DatasetField


class PassageSchema(Schema):
    """Words with paragraphs, twice."""

    text: str = Field(description="Plain text, a line for each paragraph.")
    html: str = Field(description="The same as HTML; its links are whole addresses.")


class Links(Schema):
    """Addresses of the pages around this one; null where there is none."""

    first: AnyUrl
    prev: AnyUrl | None
    next: AnyUrl | None
    last: AnyUrl


class ParameterFault(Schema):
    """What is wrong with one parameter."""

    parameter: str
    detail: str


class Problem(Schema):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ParameterFault] | None = None


TYPES: dict[Kind, Any] = {
    Kind.TEXT: str,
    Kind.CODE: str,
    Kind.CHOICE: str,
    Kind.CHOICES: list[str],
    Kind.NAMES: list[str],
    Kind.NUMBER: int,
    Kind.DECIMAL: float,
    Kind.FLAG: bool,
    Kind.DATE: dt.date,
    Kind.MOMENT: dt.datetime,
    Kind.ADDRESS: AnyUrl,
    Kind.PASSAGE: PassageSchema,
}
LISTS = (Kind.CHOICES, Kind.NAMES, Kind.PARTS)


def shape_of(name: str, description: str, fields: Sequence[DatasetField]) -> type[Schema]:
    """An object with these fields. All are there in every answer; null means not known."""
    members: dict[str, Any] = {}
    for one in fields:
        kind: Any = TYPES.get(one.kind)
        if one.kind is Kind.PARTS:
            kind = list[shape_of(f"{name}{one.name.title().replace('_', '')}", str(one.label), one.parts)]  # type: ignore[misc]
        optional = kind if one.required or one.kind in LISTS else kind | None
        members[one.name] = (optional, Field(description=said_of(one)))
        if one.has_labels:
            label = list[str] if one.kind is Kind.CHOICES else str if one.required else str | None
            members[one.label_name] = (label, Field(description=f"`{one.name}`, in words."))
    return create_model(name, __base__=Schema, __doc__=description, **members)


def said_of(one: DatasetField) -> str:
    """What the schema says of a field."""
    return one.description or one.name.replace("_", " ").capitalize() + "."


def row_schema(dataset: Dataset) -> type[Schema]:
    """One row of a list."""
    return shape_of(
        f"{dataset.one or dataset.name}_row".title().replace("_", ""), dataset.description, dataset.fields
    )


def one_schema(dataset: Dataset) -> type[Schema]:
    """One thing, with all that is said of it."""
    return shape_of(dataset.one.title(), dataset.description, (*dataset.fields, *dataset.details))


def list_schema(dataset: Dataset) -> type[Schema]:
    """A page of a list."""
    rows: Any = list[row_schema(dataset)]  # type: ignore[misc]
    return create_model(
        f"{dataset.name.title()}List",
        __base__=Schema,
        total=(int, Field(description="Rows in all, under the filters.", ge=0)),
        page=(int, Field(description="This page.", ge=1)),
        per_page=(int, Field(description="Rows on a page.", ge=1)),
        pages=(int, Field(description="Pages in all; one at least.", ge=1)),
        links=(Links, ...),
        items=(rows, Field(description="The rows, in the order of the site’s list.")),
    )
