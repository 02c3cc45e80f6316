"""One organisation in full: what a facilitator wants before her when the company is on the line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account.models import EmailAddress
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views.generic import InspectView
from wagtail.admin.widgets.button import Button, HeaderButton

from members.companies.siret import spaced
from members.duplicates import find_duplicates
from members.models import Invitation, JoinRequest, Membership, Organisation, Person, Step

from .places import comparison_url
from .related import shelves
from .timeline import StepForm, links_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

STEPS = 15


class OverviewView(InspectView):
    """Each part is shown to who may see it: what one may not see is not even fetched."""

    template_name = "members/admin/organisation.html"
    page_title = ""
    fields: ClassVar[list[str]] = ["name"]
    object: Organisation

    def get_object(self, queryset: QuerySet[Organisation] | None = None) -> Organisation:
        found: Organisation = super().get_object(queryset)
        return found

    def may(self, *names: str) -> bool:
        """Whether the user has these permissions on rows of this room."""
        return all(self.request.user.has_perm(f"members.{name}") for name in names)

    def get_page_title(self) -> str:
        return self.object.name

    def get_page_subtitle(self) -> str:
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = [*self.breadcrumbs_items]
        items.append({"url": reverse(self.index_url_name), "label": _("Organisations")})
        return [*items, {"url": "", "label": self.object.name}]

    @property
    def header_buttons(self) -> Sequence[HeaderButton]:
        url = self.get_edit_url()
        return [HeaderButton(_("Edit"), url=url, icon_name="edit")] if url else []

    @property
    def header_more_buttons(self) -> list[Button]:
        buttons = []
        if self.may("change_membership"):
            url = reverse("admin_organisations:transfer", args=[self.object.pk])
            buttons.append(Button(_("Transfer the management"), url=url, icon_name="redirect"))
        if self.may("change_organisation"):
            url = reverse("admin_organisations:history", args=[self.object.pk])
            buttons.append(Button(_("History"), url=url, icon_name="history"))
        if url := self.get_delete_url():
            buttons.append(Button(_("Delete"), url=url, icon_name="bin"))
        return buttons

    # ---------------------------------------------------------------- what is shown
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "organisation": self.object,
            "facts": self.facts(),
            "members": self.members() if self.may("view_membership") else None,
            "requests": self.requests() if self.may("view_joinrequest") else None,
            "invitations": self.invitations() if self.may("view_invitation") else None,
            "people": self.people() if self.may("view_person") else None,
            "shelves": shelves(self.object, self.request.user),
            "lookalikes": self.lookalikes() if self.may("add_organisationmerge") else (),
            "merges": self.object.merges.select_related("merged_by"),
            "may_change_members": self.may("change_membership"),
            "may_decide": self.may("change_joinrequest"),
            **(self.timeline() if self.may("view_step") else {"steps": None}),
        }

    def facts(self) -> list[tuple[Any, str]]:
        """Identity, as one reads it out on the telephone; what is not known is left out."""
        row = self.object
        threshold = {True: _("yes"), False: _("no"), None: ""}[row.at_least_300]
        naf = f"{row.naf_code} ({row.get_naf_version_display()})" if row.naf_code else ""
        known = [
            (_("SIRET"), spaced(row.siret)),
            (_("Commune"), str(row.commune or "")),
            (_("Sector"), row.get_sector_display()),
            (_("NAF code"), naf),
            (_("Headcount band"), row.get_headcount_display()),
            (_("300 employees or more"), threshold),
            (_("Mail domains"), ", ".join(row.domains.order_by("domain").values_list("domain", flat=True))),
            (_("Recorded by"), row.get_origin_display()),
        ]
        return [(label, value) for label, value in known if value]

    def members(self) -> list[Membership]:
        """Who acts for it: managers first; whether the address is verified goes with each."""
        verified = EmailAddress.objects.filter(user=OuterRef("user"), verified=True)
        rows = (
            Membership.objects.current().filter(organisation=self.object).annotate(verified=Exists(verified))
        )
        found = rows.select_related("user", "confirmed_by").order_by("joined_at", "pk")
        return sorted(found, key=lambda row: (row.is_confirmed, row.role != Membership.Role.MANAGER))

    def requests(self) -> list[JoinRequest]:
        """Who asks to join."""
        waiting = JoinRequest.objects.filter(organisation=self.object, state=JoinRequest.State.PENDING)
        return list(waiting.select_related("user"))

    def invitations(self) -> list[Invitation]:
        """Who was invited and has not answered."""
        open_ones = Invitation.objects.unanswered().filter(organisation=self.object)
        return list(open_ones.select_related("invited_by"))

    def people(self) -> list[Person]:
        """Who is known there without acting for it on the site."""
        return list(Person.objects.filter(organisation=self.object).select_related("user"))

    def lookalikes(self) -> list[tuple[str, str]]:
        """Organisations that may be the same one, and where the two are compared."""
        mine = [pair for pair in find_duplicates() if self.object.pk in {pair.first, pair.second}]
        others = {pair.first if pair.second == self.object.pk else pair.second: pair for pair in mine}
        names = Organisation.objects.in_bulk(others)
        return [(names[key].name, comparison_url(pair.first, pair.second)) for key, pair in others.items()]

    def timeline(self) -> dict[str, Any]:
        """Steps, the latest first, narrowed to a kind; and the form that adds one."""
        kind = self.request.GET.get("kind", "")
        rows = Step.objects.filter(organisation=self.object).select_related("person", "author")
        if kind in Step.Kind.values:
            rows = rows.filter(kind=kind)
        page = Paginator(rows, STEPS).get_page(self.request.GET.get("p"))
        links = links_of(page.object_list, self.request.user)
        index = f"{reverse('admin_steps:index')}?organisation={self.object.pk}&kind={kind}"
        may_add = self.may("add_step")
        form = (
            StepForm(organisation=self.object, instance=Step(organisation=self.object)) if may_add else None
        )
        return {
            "steps": [(step, links.get(step.pk, "")) for step in page],
            "steps_page": page,
            "kinds": Step.Kind.choices,
            "kind": kind,
            "export_urls": [(name.upper(), f"{index}&export={name}") for name in ("csv", "xlsx")],
            "step_form": form,
            "may_change_steps": self.may("change_step"),
            "media": form.media if form else "",
        }
