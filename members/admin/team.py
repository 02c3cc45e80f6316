"""Those who work on the site, in the place of Wagtail's own views of users: administrators only.

Nobody types a password for somebody else; nobody is deleted (accounts are erased from the register
of requests about personal data).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from django import forms
from django.contrib.auth.models import Group
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.users.views.bulk_actions import (
    AssignRoleBulkAction,
    DeleteBulkAction,
    SetActiveStateBulkAction,
)
from wagtail.users.views.users import UserViewSet

from common.admin_listings import WIDE_ONLY
from members import oversight
from members.models import User

from .account_actions import RolesForm
from .actions import ActionView
from .places import account_url

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern

NAME_LENGTH = 150
OURS = frozenset({"index", "index_results", "add", "edit"})


class TeamIndexView(generic.IndexView):
    """Who enters the administration, with which roles, and whether with a second factor."""

    any_permission_required: ClassVar[list[str]] = ["change"]
    page_title = _("Team")
    add_item_label = _("Invite somebody")
    search_fields: ClassVar[list[str]] = ["email", "first_name", "last_name"]
    search_backend_name = None

    @property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("name", label=_("Name"), accessor=str, get_url=lambda user: account_url(user.pk)),
            Column("email", label=_("E-mail address"), accessor="email", sort_key="email"),
            Column("roles", label=_("Roles"), accessor=roles_of),
            BooleanColumn("is_active", label=_("In use"), accessor="is_active", width="8%"),
            DateColumn("last_login", label=_("Last sign-in"), sort_key="last_login", classname=WIDE_ONLY),
        ]

    def get_base_queryset(self) -> QuerySet[User]:
        team = User.objects.filter(Q(groups__isnull=False) | Q(is_superuser=True)).distinct()
        return team.prefetch_related("groups")


def roles_of(user: User) -> str:
    """The names of somebody's roles."""
    everything = [str(_("everything"))] if user.is_superuser else []
    return ", ".join([*everything, *sorted(group.name for group in user.groups.all())])


class InviteForm(RolesForm):
    """Who joins the team; the password is theirs to choose."""

    field_order = ("email", "first_name", "last_name", "roles")

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    first_name = forms.CharField(label=_("First name"), max_length=NAME_LENGTH)
    last_name = forms.CharField(label=_("Last name"), max_length=NAME_LENGTH)
    roles = forms.ModelMultipleChoiceField(
        label=_("Roles"), queryset=Group.objects.order_by("name"), widget=forms.CheckboxSelectMultiple
    )


class InviteView(ActionView):
    """Somebody joins the team."""

    model = User
    permission_required = "add"
    form_class = InviteForm
    page_title = _("Invite somebody to the team")
    explanation = _(
        "The person receives a letter, chooses a password, then sets up a second factor. Nobody here ever knows "
        "the password. An address that has an account already receives the roles."
    )
    submit_label = _("Invite")
    success_message = _("Invited: the letter is on its way.")
    header_icon = "user"

    def get_object(self) -> None:
        return None

    def get_trail(self) -> list[dict[str, Any]]:
        return [{"url": self.back(), "label": _("Team")}]

    def act(self, form: Any) -> None:
        answers = form.cleaned_data
        oversight.invite(
            answers["email"], answers["first_name"], answers["last_name"], answers["roles"], self.by
        )

    def back(self) -> str:
        return reverse("wagtailusers_users:index")


class ToAccountView(PermissionCheckedMixin, View):
    """Wagtail's history leads to the form of a user: ours is the account's page."""

    model = User
    permission_required = "change"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return redirect(account_url(get_object_or_404(User, pk=pk).pk))


class TeamViewSet(UserViewSet):
    """In the place of Wagtail's: `TeamConfig` names it."""

    menu_label = _("Team")
    index_view_class = TeamIndexView
    add_view_class = InviteView
    edit_view_class = ToAccountView
    copy_view_enabled = False
    template_prefix = ""
    filterset_class = None

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in OURS]

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Ours needs nothing of Wagtail's form."""
        return kwargs

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return kwargs

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        without = {f"{name}_url_name": None for name in ("history", "usage", "delete", "inspect", "copy")}
        merged: dict[str, Any] = super().get_common_view_kwargs(**{**without, **kwargs})
        return merged


class _NotInBulk:
    """Each act on an account has its reason: none is done to many at once."""

    def dispatch(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise Http404


class NoBulkRoles(_NotInBulk, AssignRoleBulkAction):
    """In the place of Wagtail's."""


class NoBulkDeletion(_NotInBulk, DeleteBulkAction):
    """In the place of Wagtail's."""


class NoBulkState(_NotInBulk, SetActiveStateBulkAction):
    """In the place of Wagtail's."""


NOT_IN_BULK = (NoBulkRoles, NoBulkDeletion, NoBulkState)
