"""The roles of those who work on the site; a role is a group."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Who does what in the admin. What each may do is written by `home.installation.groups`."""

    EDITOR = "editor", _("Editor")
    MODERATOR = "moderator", _("Moderator")
    FACILITATOR = "facilitator", _("Facilitator")
    ADMINISTRATOR = "administrator", _("Administrator")

    @property
    def group(self) -> str:
        """The name of its group: stored, and read by the association, hence in French."""
        return {
            Role.EDITOR: "Rédaction",
            Role.MODERATOR: "Modération",
            Role.FACILITATOR: "Animation",
            Role.ADMINISTRATOR: "Administration",
        }[self]
