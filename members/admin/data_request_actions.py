"""What staff do about a request: note one received, answer, refuse, take more time, close the account."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput

from members.models import DataRequest
from members.privacy import erasure, register
from members.privacy.forms import CONTRIBUTIONS, MOST_CHARACTERS, STAY

from .actions import REASON_LENGTH, ActionView

if TYPE_CHECKING:
    from django.db.models import QuerySet

State = DataRequest.State
RECEIVED_BY = [choice for choice in DataRequest.Channel.choices if choice[0] != DataRequest.Channel.SPACE]


class RequestAction(ActionView):
    """Something done to an open request."""

    model = DataRequest
    header_icon = "lock"
    name: ClassVar[str]

    def rows(self) -> QuerySet[Any]:
        return DataRequest.objects.filter(state=State.OPEN).select_related("user")

    def allowed(self) -> bool:
        return self.offered(self.object)

    @classmethod
    def offered(cls, row: DataRequest) -> bool:
        """Whether it makes sense for this request."""
        return row.state == State.OPEN

    def back(self) -> str:
        return reverse("admin_data_requests:inspect", args=[self.object.pk])

    def get_page_subtitle(self) -> str:
        return str(self.object)


class AnswerForm(forms.Form):
    """Words that the person receives."""

    answer = forms.CharField(
        label=_("Answer"),
        max_length=MOST_CHARACTERS,
        widget=AdminAutoHeightTextInput,
        help_text=_("Sent to the person, and kept in the register."),
    )


class AnswerView(RequestAction):
    """It is done, or here is why nothing changes."""

    name = "answer"
    form_class = AnswerForm
    page_title = _("Answer the request")
    explanation = _("First do what is asked, or make sure that there is nothing to do. Then say so.")
    submit_label = _("Send the answer")
    success_message = _("Answered. The person is told.")

    def act(self, form: Any) -> None:
        register.close(self.object, State.ANSWERED, form.cleaned_data["answer"], self.by)


class RefuseView(RequestAction):
    """The law lets us refuse, and wants the reason."""

    name = "refuse"
    form_class = AnswerForm
    page_title = _("Refuse the request")
    explanation = _(
        "Only when the request is clearly unfounded or excessive, or when the law wants the data kept. "
        "The letter says how to complain to the CNIL."
    )
    submit_label = _("Refuse")
    success_message = _("Refused. The person is told.")
    serious = True

    def act(self, form: Any) -> None:
        register.close(self.object, State.REFUSED, form.cleaned_data["answer"], self.by)


class ExtendForm(forms.Form):
    """Why it is complex."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=REASON_LENGTH,
        widget=AdminAutoHeightTextInput,
        help_text=_("Sent to the person: the law wants a reason."),
    )


class ExtendView(RequestAction):
    """Two more months, said within the first."""

    name = "extend"
    form_class = ExtendForm
    page_title = _("Take two more months")
    explanation = _("Once, for a complex request, and only while the first month runs. The person is told.")
    submit_label = _("Extend")
    success_message = _("Extended. The person is told.")

    @classmethod
    def offered(cls, row: DataRequest) -> bool:
        return super().offered(row) and row.extended_at is None and row.due_on >= timezone.localdate()

    def act(self, form: Any) -> None:
        register.extend(self.object, form.cleaned_data["reason"], self.by)


class EraseForm(forms.Form):
    """What becomes of contributions, and how it was made sure who asks."""

    contributions = forms.ChoiceField(
        label=_("What the person shared"), choices=CONTRIBUTIONS, initial=STAY, widget=forms.RadioSelect
    )
    checked = forms.CharField(
        label=_("How you made sure who asks"),
        max_length=REASON_LENGTH,
        widget=AdminAutoHeightTextInput,
        help_text=_("For instance: called back at the number of the company. No copy of an identity card."),
    )


class EraseView(RequestAction):
    """Close the account; the letter holds a link that takes it back for seven days."""

    name = "erase"
    form_class = EraseForm
    page_title = _("Erase the account")
    explanation = _(
        "The account is closed at once and erased after seven days; a link in the letter takes it back. "
        "Companies of which the person is the last manager are left to you."
    )
    submit_label = _("Close the account")
    success_message = _("The account is closed. The person is told.")
    serious = True

    @classmethod
    def offered(cls, row: DataRequest) -> bool:
        known = row.user is not None and row.user.anonymised_at is None
        return super().offered(row) and known and row.kind == DataRequest.Kind.ERASURE

    def act(self, form: Any) -> None:
        stay = form.cleaned_data["contributions"] == STAY
        erasure.ask_for(
            self.object, contributions_stay=stay, how_checked=form.cleaned_data["checked"], by=self.by
        )


ACTIONS: tuple[type[RequestAction], ...] = (AnswerView, ExtendView, EraseView, RefuseView)


# ---------------------------------------------------------------- noting
class ReceiveForm(forms.Form):
    """A request that came by another way than the space."""

    kind = forms.ChoiceField(label=_("Right"), choices=DataRequest.Kind)
    channel = forms.ChoiceField(label=_("Received by"), choices=RECEIVED_BY)
    received_on = forms.DateField(
        label=_("Received on"), widget=AdminDateInput, help_text=_("The month begins on that day.")
    )
    email = forms.EmailField(
        label=_("E-mail address of the person"),
        help_text=_("An account with that address is linked. The acknowledgement and the answer go there."),
    )
    details = forms.CharField(
        label=_("What is asked"), max_length=MOST_CHARACTERS, widget=AdminAutoHeightTextInput
    )

    def clean_received_on(self) -> dt.date:
        """A day that has come."""
        day: dt.date = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class ReceiveView(ActionView):
    """Write down what came by post, by e-mail or by telephone."""

    model = DataRequest
    permission_required = "add"
    header_icon = "lock"
    form_class = ReceiveForm
    page_title = _("Note a request received")
    explanation = _("It must be answered within one month of the day it came, whatever the way.")
    submit_label = _("Write it down")
    success_message = _("Written down. The person has an acknowledgement.")

    def get_object(self) -> Any:
        return DataRequest()

    def get_initial(self) -> dict[str, Any]:
        return {"received_on": timezone.localdate(), "kind": DataRequest.Kind.ACCESS}

    def get_trail(self) -> list[dict[str, Any]]:
        return [{"url": self.back(), "label": _("Requests about data")}]

    def back(self) -> str:
        return reverse("admin_data_requests:index")

    def act(self, form: Any) -> None:
        given = form.cleaned_data
        noon = dt.datetime.combine(given["received_on"], dt.time(12))
        register.note(
            given["kind"],
            email=given["email"],
            details=given["details"],
            channel=given["channel"],
            received_at=min(timezone.make_aware(noon), timezone.now()),
            by=self.by,
        )
