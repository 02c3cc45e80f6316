"""People, organisations, and what belongs to them."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """Accounts and organisations."""

    name = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        from django.db.models.signals import post_save  # noqa: PLC0415

        from .cases import registration as cases  # noqa: PLC0415
        from .companies.registration import register_companies  # noqa: PLC0415
        from .conversation import registration as conversation  # noqa: PLC0415
        from .joining import arrival  # noqa: PLC0415
        from .people import registration  # noqa: PLC0415
        from .privacy import personal_data  # noqa: PLC0415
        from .space import registration as space  # noqa: PLC0415

        personal_data.register()
        register_companies()
        registration.register()
        space.register()
        cases.register()
        conversation.register()
        post_save.connect(give_profile, sender="members.User", dispatch_uid="members.give_profile")
        arrival.register()


def give_profile(instance: Any, created: bool, raw: bool, **_kwargs: Any) -> None:
    """Every account has a profile, whoever made it."""
    from .models import Profile  # noqa: PLC0415

    if created and not raw:
        Profile.objects.get_or_create(user=instance)
