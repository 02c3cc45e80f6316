"""Which documents are served, and how those that are not for everybody leave the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404

from common.files import respond
from common.models import FileCheck

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from common.models import Document

NO_STORE = "private, no-store"
_WITHHELD = {FileCheck.Verdict.PENDING, FileCheck.Verdict.REFUSED}


def check_of(document: Document) -> FileCheck | None:
    """What was found of a document; None for one that was there before checks were."""
    try:
        return document.check_result
    except ObjectDoesNotExist:
        return None


def is_withheld(document: Document) -> bool:
    """Whether the document waits for the scanner, or was refused."""
    check = check_of(document)
    return check is not None and check.verdict in _WITHHELD


def may_open(user: Any, document: Document) -> bool:
    """Whether a visitor may open a document as far as its check goes.

    Staff and its sender may look at what waits; nobody opens what was refused.
    """
    check = check_of(document)
    if check is None or check.verdict not in _WITHHELD:
        return True
    if check.verdict == FileCheck.Verdict.REFUSED or not user.is_authenticated:
        return False
    return user.pk == document.uploaded_by_user_id or user.has_perm("wagtailadmin.access_admin")


def withhold(document: Document, request: HttpRequest) -> HttpResponse | None:
    """Wagtail's hook `before_serve_document`: what waits or was refused is not there (404)."""
    if not may_open(request.user, document):
        raise Http404
    return None


def serve_privately(request: HttpRequest, name: str, shown_as: str) -> HttpResponseBase:
    """A stored file under the name that its reader keeps; no cache keeps it."""
    response = respond(request, name, NO_STORE)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(shown_as)}"
    return response
