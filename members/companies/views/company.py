"""One company, as its members see it: what awaits, who is in it, what it says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.companies import editing, logos, representation, requests, rules, siret
from members.companies.communes import commune_names
from members.companies.departure import leave, must_hand_over
from members.companies.forms.company import EditForm, LogoForm, initial_of
from members.companies.forms.people import AddressForm, CodeForm, SuccessorForm
from members.companies.refusals import AlreadyKnown, Refusal
from members.models import Invitation, Membership, Organisation
from members.space.notification import mark_read

from .access import manager_of, membership_in, own_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@own_page
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The company: requests, team, invitations, description, sites."""
    membership = membership_in(request, slug)
    organisation = membership.organisation
    manages = rules.manages(membership)
    mark_read(membership.user, url=reverse("company_home", args=[slug]))
    team = Membership.objects.current().filter(organisation=organisation)
    sites = Organisation.objects.confirmed().same_siren(organisation.siret).exclude(pk=organisation.pk)
    context = {
        "membership": membership,
        "organisation": organisation,
        "now": timezone.now(),
        "siret": siret.spaced(organisation.siret),
        "manages": manages,
        "may_edit": rules.may_edit(membership),
        "to_confirm": rules.is_to_confirm(membership),
        "team": list(team.select_related("user__profile").order_by("joined_at", "pk")),
        "requests": list(requests.waiting().filter(organisation=organisation).select_related("user"))
        if manages
        else [],
        "invitations": list(Invitation.objects.unanswered().filter(organisation=organisation))
        if manages
        else [],
        "sites": list(sites.select_related("commune").order_by("name", "pk")) if organisation.siret else [],
    }
    return render(request, "members/company/home.html", context)


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """What the company says of itself. A colleague's changes made meanwhile are shown beside one's own."""
    membership = membership_in(request, slug)
    organisation = membership.organisation
    if not rules.may_edit(membership):
        return redirect("company_home", slug)
    conflict: editing.Conflict | None = None
    if request.method == "POST":
        form = EditForm(request.POST, organisation=organisation)
        if form.is_valid():
            try:
                editing.edit(organisation, form.cleaned_data["base"], form.mine(), membership.user)
            except editing.Conflict as found:
                conflict = found
                form = EditForm(
                    {**initial_of(found.merged), "base": initial_of(found.theirs)["base"]},
                    organisation=organisation,
                )
                form.is_valid()
            except AlreadyKnown as refusal:
                form.add_error("siret", str(refusal))
            else:
                messages.success(request, _("The description of your company is saved."))
                return redirect("company_home", slug)
    else:
        form = EditForm(initial=initial_of(editing.snapshot(organisation)), organisation=organisation)
    context = {
        "organisation": organisation,
        "form": form,
        "communes": commune_names(),
        "conflict": conflict,
        "clashes": clashes(form, conflict),
        "shown": organisation.confirmed_at is not None,
    }
    return render(request, "members/company/edit.html", context)


def clashes(form: EditForm, conflict: editing.Conflict | None) -> list[dict[str, Any]]:
    """Each field that both changed: its label, the colleague's value, one's own."""
    if conflict is None:
        return []
    return [
        {
            "field": form[name],
            "theirs": readable(form, name, conflict.theirs[name]),
            "mine": readable(form, name, conflict.merged[name]),
        }
        for name in conflict.clash
        if name in form.fields
    ]


def readable(form: EditForm, name: str, value: Any) -> str:
    """A plain value as one reads it in the form."""
    shown = initial_of({"at_least_300": value})["at_least_300"] if name == "at_least_300" else value
    field: Any = form.fields[name]
    choices = dict(getattr(field, "choices", ()))
    if isinstance(shown, list):
        return ", ".join(str(choices.get(each, each)) for each in shown)
    return str(choices.get(shown, field.prepare_value(shown) or ""))


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def change_logo(request: HttpRequest, slug: str) -> HttpResponse:
    """Send a logo, or take it away."""
    membership = manager_of(request, slug)
    form = LogoForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    removing = "remove" in request.POST
    if request.method == "POST" and (removing or form.is_valid()):
        png = None if removing else form.cleaned_data["logo"]
        logos.set_logo(membership.organisation, png, membership.user)
        messages.success(request, _("The logo is taken away.") if removing else _("The logo is saved."))
        return redirect("company_home", slug)
    context = {"organisation": membership.organisation, "form": form}
    return render(request, "members/company/logo.html", context)


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Prove that one acts for the company: a code to an address of its domain, or a call."""
    membership = membership_in(request, slug)
    if not rules.is_to_confirm(membership):
        return redirect("company_home", slug)
    address_form, code_form = AddressForm(), CodeForm()
    if request.method == "POST":
        action = request.POST.get("action")
        try:
            if action == "own":
                representation.confirm_by_address(membership)
                return confirmed(request, membership)
            if action == "code":
                code_form = CodeForm(request.POST)
                if code_form.is_valid() and try_code(membership, code_form):
                    return confirmed(request, membership)
            else:
                address_form = AddressForm(request.POST)
                if address_form.is_valid():
                    representation.send_code(membership, address_form.cleaned_data["email"])
                    messages.success(request, _("A code is on its way. It is valid for thirty minutes."))
                    return redirect("company_confirm", slug)
        except Refusal as refusal:
            address_form.add_error("email", str(refusal)) if address_form.is_bound else messages.error(
                request, str(refusal)
            )
    return render(request, "members/company/confirm.html", proof_context(membership, address_form, code_form))


def proof_context(membership: Membership, address_form: AddressForm, code_form: CodeForm) -> dict[str, Any]:
    """What the page of proofs shows."""
    return {
        "organisation": membership.organisation,
        "domains": representation.domains_of(membership.organisation),
        "own_address": representation.proving_address(membership),
        "pending": representation.pending_code(membership),
        "address_form": address_form,
        "code_form": code_form,
    }


def try_code(membership: Membership, form: CodeForm) -> bool:
    """Whether the code is right; otherwise the form says what to do."""
    outcome = representation.enter_code(membership, form.cleaned_data["code"])
    reasons = {
        representation.Outcome.WRONG: _("This is not the code that was sent. Check its eight digits."),
        representation.Outcome.WORN_OUT: _("Too many attempts: ask for another code."),
        representation.Outcome.EXPIRED: _("This code is no longer valid: ask for another one."),
    }
    if outcome in reasons:
        form.add_error("code", reasons[outcome])
    return outcome is representation.Outcome.CONFIRMED


def confirmed(request: HttpRequest, membership: Membership) -> HttpResponse:
    """On to the company."""
    messages.success(
        request, _("It is confirmed: you act for %(company)s.") % {"company": membership.organisation.name}
    )
    return redirect("company_home", membership.organisation.slug)


@own_page
@require_http_methods(["GET", "HEAD", "POST"])
def depart(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave the company, after having said who takes over where somebody must."""
    membership = membership_in(request, slug)
    others = Membership.objects.confirmed().filter(organisation=membership.organisation)
    colleagues = list(others.exclude(pk=membership.pk).select_related("user__profile"))
    handing = must_hand_over(membership)
    form = SuccessorForm(request.POST if request.method == "POST" else None, colleagues=colleagues)
    if request.method == "POST" and (not handing or form.is_valid()):
        try:
            leave(membership, form.cleaned_data["successor"] if handing else None)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("company_leave", slug)
        messages.success(request, _("You left %(company)s.") % {"company": membership.organisation.name})
        return redirect("company_mine")
    context = {
        "organisation": membership.organisation,
        "handing": handing,
        "form": form,
        "alone": not colleagues,
    }
    return render(request, "members/company/leave.html", context)
