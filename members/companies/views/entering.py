"""“My company”: the one I have, or the SIRET alone and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.companies import invitations, lookup, names, requests, rules, siret
from members.companies.acquaintance import known_from
from members.companies.communes import commune_names
from members.companies.forms.company import NewCompanyForm
from members.companies.forms.finding import NameForm, SiretForm
from members.companies.founding import found_company
from members.companies.limits import HOUR, is_one_too_many
from members.companies.refusals import AlreadyKnown, Refusal
from members.companies.register import state_of
from members.models import Membership, Organisation

from .access import own_page, signed_in

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from members.models import User


MOST_SIRETS, MOST_SEARCHES = 30, 60
MOST_FOUND = 10


@own_page
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My company; the list of mine when there are several; where to begin when there is none."""
    rows = (
        Membership.objects.current().filter(user=signed_in(request)).select_related("organisation__commune")
    )
    memberships = list(rows.order_by("organisation__name", "pk"))
    context = start_context(request, SiretForm())
    if len(memberships) == 1 and not context["invitations"] and not context["requests"]:
        return redirect("company_home", memberships[0].organisation.slug)
    if memberships:
        return render(request, "members/company/several.html", {**context, "memberships": memberships})
    return render(request, "members/company/start.html", context)


def start_context(request: HttpRequest, form: SiretForm) -> dict[str, Any]:
    """What awaits somebody without a company: a field, and what is known of her."""
    user = signed_in(request)
    return {
        "form": form,
        "name_form": NameForm(),
        "invitations": list(invitations.for_user(user)),
        "requests": list(requests.waiting().filter(user=user).select_related("organisation__commune")),
        "acquaintances": known_from(user),
    }


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """The SIRET, and where it leads."""
    form = SiretForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if is_one_too_many("siret", request.user.pk, MOST_SIRETS, HOUR):
            form.add_error("siret", _("That is a lot of numbers in an hour. Try again later, or call us."))
        else:
            return follow(signed_in(request), form.cleaned_data["siret"])
    return render(request, "members/company/start.html", start_context(request, form))


def follow(user: User, number: str) -> HttpResponse:
    """Where a SIRET leads: to my company, to one to join, to the sites of one, or to a short form."""
    known = Organisation.objects.filter(siret=number).first()
    query = urlencode({"siret": number})
    if known is not None:
        if rules.membership_of(user, known):
            return redirect("company_home", known.slug)
        return redirect(f"{reverse('company_join', args=[known.slug])}?{query}")
    step = "company_sites" if sites_of(number) else "company_new"
    return redirect(f"{reverse(step)}?{query}")


def sites_of(number: str) -> list[Organisation]:
    """The confirmed sites of the legal unit to which a SIRET belongs."""
    rows = Organisation.objects.confirmed().same_siren(number).select_related("commune")
    return list(rows.order_by("name", "pk"))


def asked_siret(request: HttpRequest) -> str:
    """The SIRET that the address carries, empty when there is none. Raises Http404 for a wrong one."""
    typed = request.GET.get("siret", "")
    try:
        return siret.parse(typed) if typed else ""
    except ValidationError as error:
        raise Http404 from error


@own_page
@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """A new SIRET of a known company: join a site, or add one's own."""
    number = asked_siret(request)
    known = sites_of(number) if number else []
    if not known:
        return redirect("company_add")
    context = {"siret": siret.spaced(number), "sites": known, "query": urlencode({"siret": number})}
    return render(request, "members/company/sites.html", context)


@own_page
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Known companies by name."""
    form = NameForm(request.GET if "q" in request.GET else None)
    found: Any = []
    if form.is_bound and form.is_valid():
        if is_one_too_many("company-name", request.user.pk, MOST_SEARCHES, HOUR):
            form.add_error("q", _("That is a lot of searches in an hour. Try again later, or call us."))
        else:
            found = names.find(form.cleaned_data["q"], MOST_FOUND)
    rows = [{"organisation": each, "siret": siret.masked(each.siret)} for each in found]
    return render(request, "members/company/find.html", {"form": form, "found": rows})


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The short form of a company that nobody knew."""
    similar: Any = []
    if request.method == "POST":
        form = NewCompanyForm(request.POST)
        if form.is_valid():
            similar = [] if form.cleaned_data["another"] else namesakes(form.cleaned_data)
            if not similar:
                return create(request, form)
    else:
        number = asked_siret(request)
        if number and Organisation.objects.filter(siret=number).exists():
            return follow(signed_in(request), number)
        form = NewCompanyForm(initial=prefilled(number))
    typed = form["siret"].value() or ""
    context = {
        "form": form,
        "siret": siret.spaced(siret.compact(typed)) if typed else "",
        "communes": commune_names(),
        "similar": similar,
        "prefilled": bool(request.method != "POST" and form.initial.get("name")),
    }
    return render(request, "members/company/new.html", context)


def prefilled(number: str) -> dict[str, Any]:
    """What the register says, for the form to begin with."""
    entry = lookup.look_up(number) if number else None
    if entry is None:
        return {"siret": number}
    return {
        "siret": number,
        "name": entry.name.title() if entry.name.isupper() else entry.name,
        "headcount": entry.headcount,
        "naf_code": entry.naf_code,
        "naf_version": entry.naf_version,
        "commune": entry.commune,
    }


def namesakes(values: dict[str, Any]) -> list[Organisation]:
    """Confirmed companies of that name that may be this one: one of the two has no SIRET."""
    known = names.same_name(values["name"])
    return [each for each in known if not each.siret or not values["siret"]]


def create(request: HttpRequest, form: NewCompanyForm) -> HttpResponse:
    """Record it; when somebody did meanwhile, that one is to be joined."""
    values = form.company_values()
    entry = lookup.look_up(values["siret"]) if values["siret"] else None
    if entry is not None:
        values |= {"register_state": state_of(entry), "register_checked_at": timezone.now()}
    try:
        membership = found_company(signed_in(request), values)
    except AlreadyKnown as refusal:
        messages.info(request, str(refusal))
        return follow(signed_in(request), values["siret"])
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("company_mine")
    messages.success(request, _("Your company is recorded. One step is left: confirm that you act for it."))
    return redirect("company_home", membership.organisation.slug)
