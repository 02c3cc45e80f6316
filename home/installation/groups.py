"""What each role may do in the admin.

Run again, this gives back what is missing; it takes nothing away, so that the association may
give a group more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Task, Workflow

from members.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from events.models import EventIndexPage

# Wagtail's own groups become ours, with the approval workflow that its migrations attach to them.
FORMER = {"Editors": Role.EDITOR, "Moderators": Role.MODERATOR}
FORMER_APPROVAL = "Moderators approval"
APPROVAL = "Relecture"

PAGES: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: ("add", "change", "publish"),
    Role.MODERATOR: ("add", "change", "publish", "lock", "unlock"),
    Role.ADMINISTRATOR: ("add", "change", "publish", "bulk_delete", "lock", "unlock"),
}
EVENT_PAGES = ("add", "change", "publish")
FILES: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: ("add", "change", "choose"),
    Role.MODERATOR: ("add", "change", "choose"),
    Role.FACILITATOR: ("add", "choose"),
    Role.ADMINISTRATOR: ("add", "change", "delete", "choose"),
}
ROWS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: (
        *("home.view_banner", "home.add_banner", "home.change_banner", "home.delete_banner"),
        *("members.view_organisation", "members.add_organisation", "members.change_organisation"),
        *("home.view_contactmessage", "home.change_contactmessage"),
        *("wagtailredirects.add_redirect", "wagtailredirects.change_redirect"),
        "wagtail_localize.submit_translation",
    ),
    Role.MODERATOR: (
        *("home.view_contactmessage", "home.change_contactmessage"),
        *("members.view_organisation", "members.change_organisation"),
    ),
    Role.FACILITATOR: (
        *("events.view_series", "events.add_series", "events.change_series"),
        *("members.view_organisation", "members.add_organisation", "members.change_organisation"),
        *("charters.view_signature", "charters.add_signature", "charters.change_signature"),
        *("charters.view_cohort", "charters.add_cohort", "charters.change_cohort"),
        *("charters.view_label", "charters.add_label", "home.view_contactmessage"),
    ),
}
# An administrator has every permission on these rooms' rows, save the traces that nobody rewrites.
ADMINISTERED = (
    *("auth", "charters", "common", "events", "home", "members", "toolbox"),
    *("wagtailcore", "wagtaildocs", "wagtailimages", "wagtailredirects", "wagtailsearchpromotions"),
    "wagtail_localize",
)
TRACES = ("pagelogentry", "modellogentry", "revision", "referenceindex", "loadedrow", "outboxmessage")


def make_groups() -> None:
    """The four groups with at least their permissions. Idempotent."""
    for name, role in FORMER.items():
        if not Group.objects.filter(name=role.group).exists():
            Group.objects.filter(name=name).update(name=role.group)
    for model in (Workflow, Task):
        for former in model.objects.filter(name=FORMER_APPROVAL):
            former.name = APPROVAL
            former.save()
    for role in Role:
        group, _created = Group.objects.get_or_create(name=role.group)
        _give_rows(group, role)
        _give_pages(group, Page.get_first_root_node(), PAGES.get(role, ()))
        _give_files(group, FILES[role])


def give_event_pages(events: EventIndexPage) -> None:
    """Facilitators write and publish under the agenda, and nowhere else."""
    _give_pages(Group.objects.get(name=Role.FACILITATOR.group), events, EVENT_PAGES)


def _permissions(names: Iterable[str]) -> Q:
    wanted = Q(pk=None)
    for name in names:
        app, codename = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return wanted


def _give_rows(group: Group, role: Role) -> None:
    wanted = _permissions(["wagtailadmin.access_admin", *ROWS.get(role, ())])
    if role is Role.ADMINISTRATOR:
        administered = Q(content_type__app_label__in=ADMINISTERED)
        wanted |= administered & ~Q(content_type__model__in=TRACES)
    missing = Permission.objects.filter(wanted).exclude(pk__in=group.permissions.values("pk"))
    if missing:
        group.permissions.add(*missing)


def _give_pages(group: Group, page: Page, actions: Iterable[str]) -> None:
    permissions = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=[f"{action}_page" for action in actions]
    )
    for permission in permissions:
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _give_files(group: Group, actions: Iterable[str]) -> None:
    root = Collection.get_first_root_node()
    codenames = [f"{action}_{kind}" for action in actions for kind in ("image", "document")]
    permissions = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=codenames
    )
    for permission in permissions:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
