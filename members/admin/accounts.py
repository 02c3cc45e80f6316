"""Accounts in the admin: what may be seen of one, and what may be done to it. No secret is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import django_filters
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.models import ModelLogEntry

from common.admin_listings import WIDE_ONLY, DayColumn
from common.admin_viewsets import RoomViewSet
from members.models import Membership, Person, User

from .account_actions import ACTIONS

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.urls import URLPattern
    from django.utils.functional import _StrPromise

STATES = [
    ("in_use", gettext_lazy("In use")),
    ("suspended", gettext_lazy("Suspended")),
    ("erased", gettext_lazy("Erased")),
]
TRACES = 20


def state_of(user: User) -> str | _StrPromise:
    """Where an account stands, in one word."""
    if user.anonymised_at:
        return STATES[2][1]
    return STATES[0][1] if user.is_active else STATES[1][1]


def with_verified(rows: QuerySet[User]) -> QuerySet[User]:
    """With `verified`: whether an address of the account was proved."""
    return rows.annotate(verified=Exists(EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)))


class AccountFilterSet(WagtailFilterSet):
    """By state, by proof, by team."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=STATES, method="by_state")
    verified = django_filters.BooleanFilter(label=gettext_lazy("Address verified"))
    team = django_filters.BooleanFilter(label=gettext_lazy("Works on the site"), method="by_team")

    class Meta:
        model = User
        fields: ClassVar[list[str]] = []

    def by_state(self, rows: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        """In use, suspended by staff, or erased."""
        if value == "erased":
            return rows.exclude(anonymised_at=None)
        return rows.filter(anonymised_at=None, is_active=value == "in_use")

    def by_team(self, rows: QuerySet[User], _name: str, value: bool) -> QuerySet[User]:
        """Those with a role, or the others."""
        return rows.filter(groups__isnull=not value).distinct()


class AccountIndexView(generic.IndexView):
    """The latest first."""

    def get_base_queryset(self) -> QuerySet[User]:
        return with_verified(User.objects.all()).prefetch_related("groups")


class AccountInspectView(generic.InspectView):
    """An account in full: no password, no secret, no message."""

    template_name = "members/admin/account.html"
    object: User

    def get_page_title(self) -> str:
        return _("Account")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        user, by = self.object, self.request.user
        factors = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
        memberships = (
            Membership.objects.filter(user=user).select_related("organisation").order_by("joined_at")
        )
        return {
            **context,
            "account": user,
            "state": state_of(user),
            "addresses": EmailAddress.objects.filter(user=user).order_by("-primary", "email"),
            "factors": [row.get_type_display() for row in factors.order_by("created_at")],
            "roles": user.groups.order_by("name"),
            "memberships": memberships if by.has_perm("members.view_membership") else None,
            "people": Person.objects.filter(user=user).select_related("organisation")
            if by.has_perm("members.view_person")
            else None,
            "traces": self.traces(),
            "actions": [
                (action.page_title, reverse(f"admin_accounts:{action.name}", args=[user.pk]), action.serious)
                for action in ACTIONS
                if action.is_offered(by, user)
            ],
        }

    def traces(self) -> list[ModelLogEntry]:
        """What staff did to it, the latest first."""
        entries = ModelLogEntry.objects.for_instance(self.object).select_related("user")
        return list(entries.order_by("-timestamp", "-pk")[:TRACES])


class AccountViewSet(RoomViewSet):
    """Accounts."""

    model = User
    name = "accounts"
    icon = "key"
    menu_label = gettext_lazy("Accounts")
    menu_order = 50
    offered = frozenset()
    inspect_view_enabled = True
    index_view_class = AccountIndexView
    inspect_view_class = AccountInspectView
    inspect_view_fields: ClassVar[list[str]] = ["email"]
    filterset_class = AccountFilterSet
    add_to_reference_index = False
    form_fields: ClassVar[list[str]] = []
    list_display: ClassVar[list[Any]] = [
        "__str__",
        Column("email", label=gettext_lazy("E-mail address"), accessor="email", sort_key="email"),
        Column("state", label=gettext_lazy("State"), accessor=state_of),
        BooleanColumn("verified", label=gettext_lazy("Verified"), accessor="verified", width="8%"),
        Column(
            "roles",
            label=gettext_lazy("Roles"),
            accessor=lambda user: ", ".join(sorted(group.name for group in user.groups.all())),
            classname=WIDE_ONLY,
        ),
        DayColumn("last_activity_on", gettext_lazy("Last activity")),
    ]
    search_fields: ClassVar[list[str]] = ["email", "first_name", "last_name"]
    ordering = "-last_activity_on"

    def get_urlpatterns(self) -> list[URLPattern]:
        acts = [path(f"<int:pk>/{act.name}/", act.as_view(), name=act.name) for act in ACTIONS]
        return [*super().get_urlpatterns(), *acts]
