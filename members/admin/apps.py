"""Wagtail's app of users, with our views in the place of its own."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class TeamConfig(WagtailUsersAppConfig):
    """Named in `INSTALLED_APPS` in the place of `wagtail.users`."""

    default = False
    user_viewset = "members.admin.team.TeamViewSet"
