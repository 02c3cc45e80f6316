"""A list as a file, at the address of the list, under the filters of the query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.listing import selection
from common.web.feeds import public_page

from .datasets import Asked, Dataset, dataset_at
from .limits import Limit
from .writing import excel_csv, open_csv, workbook

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

EXCEL_CSV, OPEN_CSV, WORKBOOK = "export-excel.csv", "export.csv", "export.xlsx"
FILES = (EXCEL_CSV, OPEN_CSV, WORKBOOK)
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 120

limit = Limit("exports", 60, 600)


def asked_by(request: HttpRequest, dataset: Dataset) -> Asked:
    """What a list's address asks for; values that nobody knows are dropped, as on the list."""
    return Asked(get_language() or "", selection(request.GET, dataset.filters))


def file_name(dataset: Dataset, asked: Asked, file: str) -> str:
    """What the list is, which filters it had, the day it was taken."""
    chosen = [f"{name}-{'-'.join(values)}" for name, values in sorted(asked.chosen.items())]
    kind, _dot, extension = file.removeprefix("export").removeprefix("-").rpartition(".")
    words = [dataset.slug, *map(slugify, chosen), *filter(None, [kind])]
    return f"{'_'.join(words)[:LONGEST_NAME]}_{timezone.localdate():%Y-%m-%d}.{extension}"


@require_safe
def serve_export(request: HttpRequest, section: str, file: str) -> HttpResponseBase:
    """The list at `section` as a file, row by row."""
    dataset = dataset_at(public_page(section))
    if dataset is None:
        raise Http404(_("This section has no file."))
    seconds = limit.wait(request)
    if seconds:
        refusal = render(
            request, "open_data/too_many.html", {"title": _("Too many files at once")}, status=429
        )
        refusal["Retry-After"] = str(seconds)
        refusal["Cache-Control"] = "no-store"
        return refusal
    asked = asked_by(request, dataset)
    response = answer(request, dataset, asked, file)
    response["Content-Disposition"] = f'attachment; filename="{file_name(dataset, asked, file)}"'
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-cache"
    return response


def answer(request: HttpRequest, dataset: Dataset, asked: Asked, file: str) -> HttpResponseBase:
    """The file itself; nothing is written for who only asks whether it is there."""
    kind = XLSX_TYPE if file == WORKBOOK else CSV_TYPE
    if request.method == "HEAD":
        return HttpResponse(content_type=kind)
    if file == WORKBOOK:
        return FileResponse(workbook(dataset, asked), content_type=kind)
    write = excel_csv if file == EXCEL_CSV else open_csv
    return StreamingHttpResponse(write(dataset, asked), content_type=kind)
