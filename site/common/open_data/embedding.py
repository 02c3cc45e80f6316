"""Lists that partners show on their own sites: a page for a frame, and the page where one is made.

The framed page has no script, sets no cookie and asks other sites for nothing. Nothing else of this
site may be framed by others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from common.addresses import absolute, path_of, roots
from common.listing import Selection, encode, selection
from common.templatetags.french import clock

from .datasets import Asked, Dataset, list_page, listed_datasets
from .fields import Kind, in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, QueryDict

FEWEST, USUAL, MOST = 1, 6, 30
COLOURS = {"auto": "auto", "clair": "light", "sombre": "dark"}
FRESH_SECONDS = 300
LINE_HEIGHT, FRAME_HEIGHT = 118, 150
FRAMED_POLICY: dict[str, list[str]] = {
    "default-src": [NONE],
    "style-src": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": ["*"],
}


@dataclass(frozen=True)
class Line:
    """One line of an embedded list."""

    title: str
    url: str
    summary: str
    facts: list[str]
    example: bool


@dataclass(frozen=True)
class Choices:
    """What a partner chose."""

    number: int
    colours: str
    chosen: Selection

    @classmethod
    def read(cls, query: QueryDict, dataset: Dataset) -> Choices:
        """Read an address; what makes no sense is mended."""
        number = query.get("nombre", "")
        wanted = int(number) if number.isascii() and number.isdigit() and len(number) < len("1000") else USUAL
        colours = query.get("couleurs", "")
        return cls(
            number=min(max(wanted, FEWEST), MOST),
            colours=colours if colours in COLOURS else "auto",
            chosen=selection(query, dataset.filters),
        )

    def encoded(self) -> str:
        """The query of the framed page."""
        filters = encode(self.chosen)
        return "&".join(filter(None, [filters, urlencode({"nombre": self.number, "couleurs": self.colours})]))


def named(slug: str) -> Dataset:
    """The dataset whose list has this word for address. Raises Http404."""
    found = next((each for each in listed_datasets() if each.slug == slug), None)
    if found is None or list_page_of(found) is None:
        raise Http404
    return found


def list_page_of(dataset: Dataset) -> Any:
    """The list it comes from, in the active language."""
    return list_page(dataset.index, get_language() or "") if dataset.index else None


def line_of(dataset: Dataset, record: Any) -> Line:
    """A record as a line."""
    fields = {one.name: one for one in (*dataset.fields, *dataset.details)}
    said = {name: fields[name].value(record) for name in (dataset.title, "url", "example", *dataset.shown)}
    return Line(
        title=said[dataset.title],
        url=said["url"],
        summary=fields["summary"].value(record) if "summary" in fields else "",
        facts=[words for name in dataset.shown if (words := shortly(fields[name], said[name]))],
        example=said["example"],
    )


def shortly(field: Any, value: Any) -> str:
    """A value in a few words."""
    if field.kind is Kind.MOMENT and value:
        moment = in_words(field, value)
        return f"{date_format(moment, 'j F Y')}, {clock(moment)}"  # type: ignore[arg-type]
    return str(in_words(field, value))


@csp(FRAMED_POLICY)  # type: ignore[arg-type]  # typed for views without arguments
@xframe_options_exempt
@require_safe
def serve_embedded(request: HttpRequest, slug: str) -> HttpResponse:
    """A list, to be framed by anybody."""
    dataset = named(slug)
    choices = Choices.read(request.GET, dataset)
    asked = Asked(get_language() or "", choices.chosen, per_page=choices.number)
    found = dataset.page(asked)
    query = encode(choices.chosen)
    path = path_of(list_page_of(dataset))
    context = {
        "language": asked.language,
        "appearance": COLOURS[choices.colours],
        "heading": dataset.label,
        "lines": [line_of(dataset, record) for record in found.records],
        "total": found.total,
        "everything": absolute(f"{path}?{query}" if query else path),
        "home": absolute(roots()[asked.language].prefix),
    }
    # Without the request: no visitor, no session, no cookie can come into it.
    response = HttpResponse(render_to_string("open_data/embedded.html", context))
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def serve_builder(request: HttpRequest) -> HttpResponse:
    """Where a partner chooses what to show, and copies the lines that show it."""
    offered = [each for each in listed_datasets() if list_page_of(each) is not None]
    if not offered:
        raise Http404
    slug = request.GET.get("liste", "")
    dataset = next((each for each in offered if each.slug == slug), offered[0])
    choices = Choices.read(request.GET, dataset)
    address = f"{reverse('embedded', args=[dataset.slug])}?{choices.encoded()}"
    root = roots().get(get_language() or "")
    title = _("%(list)s – Atout’âge") % {"list": dataset.label}
    height = FRAME_HEIGHT + LINE_HEIGHT * choices.number
    context: Mapping[str, Any] = {
        "offered": offered,
        "dataset": dataset,
        "choices": choices,
        "filters": filters_of(dataset, choices.chosen),
        "fewest": FEWEST,
        "most": MOST,
        "colours": [("auto", _("As the visitor’s device")), ("clair", _("Light")), ("sombre", _("Dark"))],
        "frame": address,
        "frame_title": title,
        # As text: the page shows the lines, it does not have them.
        "snippet": snippet(absolute(address), title, height) + "",
        "height": height,
        "title": _("Show a list on your site"),
        "description": _(
            "Four lines of HTML show our practices, tools, events or signatories on your pages, always up to date."
        ),
        "trail": [(_("Home"), root.prefix if root else "/")],
    }
    return render(request, "open_data/builder.html", context)


def filters_of(dataset: Dataset, chosen: Selection) -> list[dict[str, Any]]:
    """The filters of a list as boxes to tick or a select, without counts."""
    return [
        {
            "name": each.name,
            "label": each.label,
            "multiple": each.multiple,
            "open": each.name in chosen,
            "options": [
                {"value": one.value, "label": one.label, "selected": one.value in chosen.get(each.name, [])}
                for one in each.choices()
            ],
        }
        for each in dataset.filters
    ]


def snippet(address: str, title: str, height: int) -> str:
    """The lines that a partner pastes."""
    return format_html(
        '<iframe src="{}"\n  title="{}" width="100%" height="{}"\n'
        '  loading="lazy" referrerpolicy="no-referrer" style="border:0">\n</iframe>',
        address,
        title,
        str(height),
    )
