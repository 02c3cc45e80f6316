"""What went wrong with a request, as a machine reads it (RFC 9457)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Sequence

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one parameter."""

    parameter: str
    detail: str


class BadParametersError(Exception):
    """Parameters that are unknown, or whose values are."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.parameter}: {fault.detail}" for fault in faults))
        self.faults = list(faults)


def problem(status: int, detail: str, faults: Sequence[Fault] = (), **headers: str) -> HttpResponse:
    """A problem document; an underscore in the name of a header stands for a hyphen."""
    about: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if faults:
        about["errors"] = [{"parameter": fault.parameter, "detail": fault.detail} for fault in faults]
    response = HttpResponse(json.dumps(about, ensure_ascii=False), content_type=MEDIA_TYPE, status=status)
    response["Cache-Control"] = "no-store"
    for name, value in headers.items():
        response[name.replace("_", "-")] = value
    return response
