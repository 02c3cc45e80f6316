"""Editorial pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Editorial pages."""

    name = "home"
    verbose_name = _("Editorial pages")
