"""Who acts for an organisation: staff confirm by a call, change roles, take out, transfer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput
from wagtail.log_actions import log

from members.companies.departure import remove
from members.companies.membership import change_role
from members.companies.refusals import LastManager
from members.companies.representation import confirm_by_call
from members.companies.transfer import transfer
from members.models import Membership, Organisation, User

from .actions import ActionView
from .places import overview_url
from .timeline import AddStepView

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.urls import URLPattern


SAID_LENGTH = 1000


class MembershipActionView(ActionView):
    """On somebody who belongs to the organisation of the address, and to no other."""

    model = Membership
    header_icon = "user"

    def rows(self) -> QuerySet[Any]:
        current = Membership.objects.current().filter(organisation=self.kwargs["organisation"])
        return current.select_related("user", "organisation")

    def back(self) -> str:
        return overview_url(self.object.organisation_id)

    def get_trail(self) -> list[dict[str, Any]]:
        return [{"url": self.back(), "label": self.object.organisation.name}]

    def get_page_subtitle(self) -> str:
        return str(self.object.user)

    def trace(self, action: str, **data: Any) -> None:
        """Written in the history of the organisation, with whose membership it is."""
        about = {"account": self.object.user_id, **data}
        log(self.object.organisation, action, user=self.request.user, data=about)


# ---------------------------------------------------------------- a call that proves
class CallForm(forms.Form):
    """What makes a call a proof: a number that did not come from the person."""

    called = forms.CharField(
        label=gettext_lazy("Who was called"),
        max_length=150,
        help_text=gettext_lazy("The name or the service that answered: the switchboard, the head of HR…"),
    )
    number_found = forms.CharField(
        label=gettext_lazy("Where the number was found"),
        max_length=200,
        help_text=gettext_lazy(
            "The company’s website, a directory, an earlier contract. Never the number that the person gave."
        ),
    )
    on = forms.DateField(
        label=gettext_lazy("On which day"), widget=AdminDateInput, initial=timezone.localdate
    )
    said = forms.CharField(
        label=gettext_lazy("What was said"),
        max_length=SAID_LENGTH,
        widget=AdminAutoHeightTextInput,
        help_text=gettext_lazy("Kept in the timeline of the organisation, read by staff only."),
    )

    def clean_on(self) -> Any:
        """A call that is still to come proves nothing."""
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class ConfirmByCallView(MembershipActionView):
    """Somebody acts for the organisation: a call says so."""

    form_class = CallForm
    page_title = gettext_lazy("Log a call that confirms")
    explanation = gettext_lazy(
        "Call the company at a number that you found yourself, and ask whether this person acts for it. From "
        "then on, things may be published in the company’s name through this person."
    )
    submit_label = gettext_lazy("This person acts for the company")
    success_message = gettext_lazy("Confirmed. The person is told.")
    header_icon = "success"

    def rows(self) -> QuerySet[Any]:
        return super().rows().filter(confirmed_at=None)

    def act(self, form: Any) -> None:
        confirm_by_call(self.object, self.by, note_of(form.cleaned_data))
        self.trace("members.confirm_by_call")


def note_of(answers: dict[str, Any]) -> str:
    """What the timeline keeps of a call, in the language of the team."""
    with override(settings.LANGUAGE_CODE):
        return _("Call of %(day)s to %(called)s (number found: %(found)s). %(said)s") % {
            "day": date_format(answers["on"], "DATE_FORMAT"),
            "called": answers["called"],
            "found": answers["number_found"],
            "said": answers["said"],
        }


# ---------------------------------------------------------------- roles
class RoleForm(forms.Form):
    """Member or manager."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=Membership.Role.choices, widget=forms.RadioSelect
    )


class ChangeRoleView(MembershipActionView):
    """What somebody may do for the organisation."""

    form_class = RoleForm
    page_title = gettext_lazy("Change the role")
    explanation = gettext_lazy(
        "A manager answers requests, invites colleagues and keeps the company’s page; a member shares and takes "
        "part in its name."
    )
    submit_label = gettext_lazy("Change")
    success_message = gettext_lazy("Changed. The person is told.")

    def get_initial(self) -> dict[str, Any]:
        return {"role": self.object.role}

    def act(self, form: Any) -> None:
        role = form.cleaned_data["role"]
        try:
            change_role(self.object, role, self.by)
        except LastManager:
            raise LastManager(_("Nobody else manages this company: transfer it first.")) from None
        self.trace("members.change_membership", role=role)


class RemovalForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        widget=AdminAutoHeightTextInput,
        help_text=gettext_lazy("Kept in the history, read by staff only."),
    )


class RemoveView(MembershipActionView):
    """Somebody no longer acts for the organisation."""

    form_class = RemovalForm
    page_title = gettext_lazy("Take out of the company")
    explanation = gettext_lazy(
        "The account stays; it no longer acts for this company. What it shared in the company’s name stays too."
    )
    submit_label = gettext_lazy("Take out")
    success_message = gettext_lazy("Done. The person is told.")
    serious = True

    def act(self, form: Any) -> None:
        remove(self.object, self.by)
        self.trace("members.end_membership", **form.cleaned_data)


# ---------------------------------------------------------------- transfer
class TransferForm(forms.Form):
    """To whom, and what becomes of the others."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the new manager’s account"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    alone = forms.BooleanField(
        label=gettext_lazy("Those who manage it now become simple members"), required=False
    )

    def clean_email(self) -> User:
        """The account in use that has this address, verified."""
        user = User.objects.members().filter(email__iexact=self.cleaned_data["email"]).first()
        if user is None:
            raise forms.ValidationError(_("No account in use has this address, or it is not verified yet."))
        return user


class TransferView(ActionView):
    """The organisation gets another manager, whatever the present ones say."""

    model = Membership
    form_class = TransferForm
    page_title = gettext_lazy("Transfer the management")
    explanation = gettext_lazy(
        "When nobody decides for the company any more, or not the right person. Make sure first, by a call, that "
        "the new manager acts for it."
    )
    submit_label = gettext_lazy("Transfer")
    success_message = gettext_lazy("Transferred. The person is told.")
    header_icon = "redirect"

    def get_object(self) -> Organisation:
        return get_object_or_404(Organisation, pk=self.kwargs["organisation"])

    def act(self, form: Any) -> None:
        user, alone = form.cleaned_data["email"], form.cleaned_data["alone"]
        with transaction.atomic():
            transfer(self.object, user, self.by, alone=alone)
            log(self.object, "members.transfer", user=self.request.user, data={"to": user.pk, "alone": alone})

    def back(self) -> str:
        return overview_url(self.object.pk)


def membership_urls() -> list[URLPattern]:
    """Below the organisations’ own addresses."""
    of_one = "<int:organisation>/members/<int:pk>"
    views = (
        (f"{of_one}/call/", ConfirmByCallView, "call"),
        (f"{of_one}/role/", ChangeRoleView, "role"),
        (f"{of_one}/remove/", RemoveView, "remove"),
        ("<int:organisation>/transfer/", TransferView, "transfer"),
        ("<int:organisation>/step/", AddStepView, "step"),
    )
    return [path(address, view.as_view(), name=name) for address, view, name in views]
