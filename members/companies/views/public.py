"""The public pages of companies: the same for everybody, so kept whole for anonymous visitors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from common.web import structured
from members.companies import public
from members.models import Organisation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    """Companies with something to show, under the filters of the query."""
    context = {
        "listing": public.company_listing(request.GET),
        "title": _("Companies"),
        "description": _(
            "Companies around Lille that share what works for experienced employees, sign the charter and meet."
        ),
        "trail": public.trail(),
        "versions": public.paths("companies"),
    }
    context["structured"] = [
        structured.breadcrumb_list([*public.trail(), (str(context["title"]), request.path)])
    ]
    return render(request, "members/companies/list.html", context)


@require_safe
def show_company(request: HttpRequest, slug: str) -> HttpResponse:
    """What a company shared, signed and organised. A former address leads to the present one."""
    rows = Organisation.objects.confirmed().select_related("commune")
    organisation = rows.filter(slug=slug).first()
    if organisation is None:
        moved = public.former(slug)
        if moved is None:
            raise Http404
        return redirect("company", moved.slug, permanent=True)
    sections = public.sections_of(organisation)
    above = [*public.trail(), (_("Companies"), reverse("companies"))]
    context = {
        "organisation": organisation,
        "sections": sections,
        "answered": public.is_answered(organisation),
        "host": public.host_of(organisation.website),
        "title": organisation.name,
        "description": organisation.summary,
        "trail": above,
        "versions": public.paths("company", slug),
        "hidden": not sections and not organisation.presentation,
        "structured": [
            structured.breadcrumb_list([*above, (organisation.name, request.path)]),
            public.structured(organisation),
        ],
    }
    return render(request, "members/companies/company.html", context)
