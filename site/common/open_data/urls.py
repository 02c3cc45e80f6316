"""Addresses of what may be taken away. Those of the API stand outside the languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import include, path, re_path

from . import embedding, exports
from .api import urls

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver


def api_urls() -> list[URLPattern | URLResolver]:
    """`/api/v1/`."""
    return [path("api/v1/", include(urls()))]


def list_urls(section: str) -> list[URLPattern | URLResolver]:
    """The files of each list, at its address, and the lists for partners’ sites."""
    return [
        re_path(
            rf"{section}export\.csv$", exports.serve_export, {"file": exports.OPEN_CSV}, name="export_csv"
        ),
        re_path(
            rf"{section}export-excel\.csv$",
            exports.serve_export,
            {"file": exports.EXCEL_CSV},
            name="export_excel",
        ),
        re_path(
            rf"{section}export\.xlsx$", exports.serve_export, {"file": exports.WORKBOOK}, name="export_xlsx"
        ),
        path("integrer/", embedding.serve_builder, name="embed"),
        path("integrer/<slug:slug>/", embedding.serve_embedded, name="embedded"),
    ]
