"""Editorial pages."""

from __future__ import annotations

import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The home page, news, videos, contact."""

    name = "home"
    verbose_name = _("Editorial pages")

    def ready(self) -> None:
        from common.files import guards  # noqa: PLC0415
        from common.mail import register_sender  # noqa: PLC0415
        from common.registries import register_boundary  # noqa: PLC0415
        from common.ticking import DAY, Job, jobs  # noqa: PLC0415

        from . import (  # noqa: PLC0415
            announcing,
            contact,
            feeds,
            figures,
            films,
            personal_data,
            retention,
            sources,
            structured,
        )

        figures.register()
        feeds.register()
        structured.register()
        sources.register()
        personal_data.register()
        announcing.register()
        guards["films"] = films.may_see
        register_sender(contact.sender)
        jobs.register(Job("home.forget_messages", DAY, retention.forget_messages))
        register_boundary(next_banner_change)


def next_banner_change(now: dt.datetime) -> dt.datetime | None:
    """When, after `now`, a banner appears or goes."""
    from .models import Banner  # noqa: PLC0415

    moments = [
        Banner.objects.filter(**{f"{name}__gt": now}).order_by(name).values_list(name, flat=True).first()
        for name in ("starts_at", "ends_at")
    ]
    return min((moment for moment in moments if moment), default=None)
