"""People, organisations, and what belongs to them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """Accounts and organisations."""

    name = "members"
    verbose_name = _("Members")
