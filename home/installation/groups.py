"""What each role may do in the admin.

Run again, this gives back what is missing; it takes nothing away, so that the association may
give a group more. Migration `home.0002` runs it first, with the models of that day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps as installed
from django.db.models import Q

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
# What members send: contributions, comments, experiences of adopters.
MODERATION = (
    *("members.view_case", "members.change_case", "members.view_comment", "members.change_comment"),
    *("toolbox.view_contribution", "toolbox.change_contribution"),
    *("toolbox.view_adoption", "toolbox.change_adoption", "toolbox.view_rereading"),
)
ROWS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: (
        *("home.view_banner", "home.add_banner", "home.change_banner", "home.delete_banner"),
        *("members.view_organisation", "members.add_organisation", "members.change_organisation"),
        *("home.view_contactmessage", "home.change_contactmessage"),
        *("wagtailredirects.add_redirect", "wagtailredirects.change_redirect"),
        "wagtail_localize.submit_translation",
        *MODERATION,
        *("toolbox.view_importrun", "toolbox.add_importrun", "toolbox.change_importrun"),
    ),
    Role.MODERATOR: (
        *MODERATION,
        *("home.view_contactmessage", "home.change_contactmessage"),
        *("members.view_organisation", "members.change_organisation"),
        *("members.view_messagereport", "members.change_messagereport", "members.view_user"),
    ),
    Role.FACILITATOR: (
        *("members.view_case", "members.change_case"),
        *("toolbox.view_adoption", "toolbox.add_adoption", "toolbox.change_adoption"),
        *("events.view_series", "events.add_series", "events.change_series"),
        *("members.view_organisation", "members.add_organisation", "members.change_organisation"),
        *("members.view_membership", "members.change_membership", "members.view_invitation"),
        *("members.view_joinrequest", "members.change_joinrequest", "members.add_organisationmerge"),
        *("members.view_person", "members.add_person", "members.change_person", "members.view_user"),
        *("members.view_step", "members.add_step", "members.change_step", "members.delete_step"),
        *("charters.view_signature", "charters.add_signature", "charters.change_signature"),
        *("charters.view_cohort", "charters.add_cohort", "charters.change_cohort"),
        *("charters.view_label", "charters.add_label", "home.view_contactmessage"),
    ),
    Role.ADMINISTRATOR: ("common.view_outboxmessage", "common.change_outboxmessage"),
}
# An administrator has every permission on these rooms' rows, save the traces that nobody rewrites,
# what members write to each other, and what would lock everybody out.
ADMINISTERED = (
    *("auth", "charters", "common", "events", "home", "members", "toolbox"),
    *("wagtailcore", "wagtaildocs", "wagtailimages", "wagtailredirects", "wagtailsearchpromotions"),
    "wagtail_localize",
)
TRACES = ("pagelogentry", "modellogentry", "revision", "referenceindex", "loadedrow", "outboxmessage")
PRIVATE = ("contactrequest", "message", "reading", "block", "domaincode", "intent", "dataexport")
# Accounts are erased from the register (decision 14); a role that is not wanted is given to nobody.
NEVER = ("delete_user", "delete_group")


class Groups:
    """The four groups, among the models of `apps`: those of today, or of a migration's day."""

    def __init__(self, apps: Any = installed) -> None:
        self.get_model = apps.get_model
        self.groups = apps.get_model("auth", "Group").objects
        self.permissions = apps.get_model("auth", "Permission").objects

    def make(self) -> None:
        """Each group, with at least its permissions. Idempotent."""
        for name, role in FORMER.items():
            if not self.groups.filter(name=role.group).exists():
                self.groups.filter(name=name).update(name=role.group)
        for model in ("Workflow", "Task"):
            approvals = self.get_model("wagtailcore", model).objects.filter(name=FORMER_APPROVAL)
            if approvals.exists():
                approvals.update(name=APPROVAL)
        root = self.get_model("wagtailcore", "Page").objects.get(depth=1)
        for role in Role:
            group, _created = self.groups.get_or_create(name=role.group)
            self.give_rows(group, role)
            self.give_pages(group, root, PAGES.get(role, ()))
            self.give_files(group, FILES[role])

    def give_rows(self, group: Any, role: Role) -> None:
        """What a role may do with rows that are neither pages nor files."""
        wanted = _permissions(["wagtailadmin.access_admin", *ROWS.get(role, ())])
        if role is Role.ADMINISTRATOR:
            administered = Q(content_type__app_label__in=ADMINISTERED)
            kept_from_all = Q(content_type__model__in=(*TRACES, *PRIVATE)) | Q(codename__in=NEVER)
            wanted |= administered & ~kept_from_all
        missing = self.permissions.filter(wanted).exclude(pk__in=group.permissions.values("pk"))
        if missing:
            group.permissions.add(*missing)

    def give_pages(self, group: Any, page: Any, actions: Iterable[str]) -> None:
        """What a group may do with a page and those below it."""
        given = self.get_model("wagtailcore", "GroupPagePermission").objects
        codenames = [f"{action}_page" for action in actions]
        wanted = Q(content_type__app_label="wagtailcore", codename__in=codenames)
        for permission in self.permissions.filter(wanted):
            given.get_or_create(group_id=group.pk, page_id=page.pk, permission_id=permission.pk)

    def give_files(self, group: Any, actions: Iterable[str]) -> None:
        """What a group may do with pictures and documents."""
        given = self.get_model("wagtailcore", "GroupCollectionPermission").objects
        root = self.get_model("wagtailcore", "Collection").objects.get(depth=1)
        codenames = [f"{action}_{kind}" for action in actions for kind in ("image", "document")]
        wanted = Q(content_type__app_label__in=["wagtailimages", "wagtaildocs"])
        for permission in self.permissions.filter(wanted, codename__in=codenames):
            given.get_or_create(group_id=group.pk, collection_id=root.pk, permission_id=permission.pk)


def make_groups() -> None:
    """The four groups with at least their permissions. Idempotent."""
    Groups().make()


def give_event_pages(events: EventIndexPage) -> None:
    """Facilitators write and publish under the agenda, and nowhere else."""
    groups = Groups()
    groups.give_pages(groups.groups.get(name=Role.FACILITATOR.group), events, EVENT_PAGES)


def _permissions(names: Iterable[str]) -> Q:
    wanted = Q(pk=None)
    for name in names:
        app, codename = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return wanted
