"""Events."""

from __future__ import annotations

import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    """Workshops, clubs, broadcasts, ceremonies."""

    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from common.registries import register_boundary  # noqa: PLC0415

        from . import announcing, company, feeds, figures, sources, taken  # noqa: PLC0415

        figures.register()
        feeds.register()
        sources.register()
        announcing.register()
        company.register()
        taken.register()
        register_boundary(next_change)


def next_change(now: dt.datetime) -> dt.datetime | None:
    """When, after `now`, an event begins, ends, or opens or closes its registration."""
    from django.db.models import Min, Q  # noqa: PLC0415

    from .models import Event  # noqa: PLC0415

    fields = ("starts_at", "ends_at", "registration_opens_at", "registration_closes_at")
    nearest = Event.objects.live().aggregate(
        **{f"next_{name}": Min(name, filter=Q(**{f"{name}__gt": now})) for name in fields}
    )
    return min((moment for moment in nearest.values() if moment), default=None)
