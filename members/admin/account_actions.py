"""What staff may do to an account, each on a page that says what will happen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput

from members import oversight
from members.models import User

from .actions import ActionView, ReasonForm
from .places import account_url

if TYPE_CHECKING:
    from django.db.models import QuerySet


class AccountActionView(ActionView):
    """On an account that is not erased; `may` says on whose."""

    model = User
    permission_required = "view"
    header_icon = "key"
    name: ClassVar[str]
    may: ClassVar[staticmethod[[User, User], bool]]

    @classmethod
    def is_offered(cls, by: User, user: User) -> bool:
        """Whether the button is shown to `by` on that account."""
        return cls.may(by, user)

    def rows(self) -> QuerySet[Any]:
        return User.objects.filter(anonymised_at=None)

    def allowed(self) -> bool:
        return type(self).may(self.by, self.object)

    def back(self) -> str:
        return account_url(self.object.pk)

    def get_page_subtitle(self) -> str:
        return str(self.object)


class SuspendView(AccountActionView):
    """The door is closed."""

    name = "suspend"
    may = staticmethod(oversight.may_suspend)
    form_class = ReasonForm
    page_title = _("Suspend the account")
    explanation = _(
        "Nobody can sign in with it any more, and it is signed out everywhere. What it shared stays. The person "
        "receives a letter with your reason."
    )
    submit_label = _("Suspend")
    success_message = _("Suspended. The person is told.")
    serious = True

    @classmethod
    def is_offered(cls, by: User, user: User) -> bool:
        return user.is_active and super().is_offered(by, user)

    def act(self, form: Any) -> None:
        oversight.suspend(self.object, self.by, form.cleaned_data["reason"])


class InternalReasonForm(forms.Form):
    """Why, for the team only."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=AdminAutoHeightTextInput,
        help_text=_("Kept in the history, read by staff only."),
    )


class ReactivateView(AccountActionView):
    """The door is opened again."""

    name = "reactivate"
    may = staticmethod(oversight.may_suspend)
    form_class = InternalReasonForm
    page_title = _("Open the account again")
    submit_label = _("Open again")
    success_message = _("Open again. The person is told.")

    @classmethod
    def is_offered(cls, by: User, user: User) -> bool:
        return not user.is_active and super().is_offered(by, user)

    def act(self, form: Any) -> None:
        oversight.reactivate(self.object, self.by, form.cleaned_data["reason"])


class VerificationView(AccountActionView):
    """Somebody stopped on the way in."""

    name = "verification"
    may = staticmethod(oversight.may_help_in)
    page_title = _("Remind to verify the address")
    explanation = _(
        "The person receives a letter that says how to end the sign-up: a new code comes at sign-in."
    )
    submit_label = _("Send")
    success_message = _("Sent.")

    @classmethod
    def is_offered(cls, by: User, user: User) -> bool:
        verified = user.emailaddress_set.filter(verified=True).exists()  # type: ignore[attr-defined]
        return user.is_active and not verified and super().is_offered(by, user)

    def act(self, form: Any) -> None:
        oversight.resend_verification(self.object, self.by)


class IdentityForm(forms.Form):
    """How one made sure of who is asking."""

    how_checked = forms.CharField(
        label=_("How the identity was checked"),
        max_length=500,
        widget=AdminAutoHeightTextInput,
        help_text=_(
            "A call to a number that you found yourself, a meeting… An e-mail is not enough: whoever reads the "
            "mailbox could have written it. Kept in the history, read by staff only."
        ),
    )


class SecondFactorView(AccountActionView):
    """The telephone is lost."""

    name = "second-factor"
    may = staticmethod(oversight.may_administer)
    form_class = IdentityForm
    page_title = _("Remove the second factor")
    explanation = _(
        "The applications, keys and recovery codes of the account are forgotten, and it is signed out everywhere. "
        "The password alone then opens it: those who work on the site must set a second factor up again."
    )
    submit_label = _("Remove")
    success_message = _("Removed. The person is told.")
    serious = True

    @classmethod
    def is_offered(cls, by: User, user: User) -> bool:
        return user.authenticator_set.exists() and super().is_offered(by, user)  # type: ignore[attr-defined]

    def act(self, form: Any) -> None:
        oversight.remove_second_factor(self.object, self.by, form.cleaned_data["how_checked"])


class RolesForm(forms.Form):
    """What somebody may do in the administration."""

    roles = forms.ModelMultipleChoiceField(
        label=_("Roles"),
        queryset=Group.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: no access to the administration."),
    )


class RolesView(AccountActionView):
    """The team changes."""

    name = "roles"
    may = staticmethod(oversight.may_administer)
    form_class = RolesForm
    page_title = _("Change the roles")
    explanation = _("What this person may do in the administration of the site.")
    submit_label = _("Change")
    success_message = _("Changed. The person is told.")

    def get_initial(self) -> dict[str, Any]:
        return {"roles": self.object.groups.all()}

    def act(self, form: Any) -> None:
        oversight.change_roles(self.object, form.cleaned_data["roles"], self.by)


ACTIONS: tuple[type[AccountActionView], ...] = (
    VerificationView,
    SuspendView,
    ReactivateView,
    SecondFactorView,
    RolesView,
)
