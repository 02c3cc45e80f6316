"""What the events room counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from common.registries import Figure, figures

from .models import Event, Format

if TYPE_CHECKING:
    from collections.abc import Callable

AGENDA = "/evenements/"

# ngettext_lazy takes its number by name, and gives the label for any count.
NAMES = {
    Format.WORKSHOP: ngettext_lazy("HR workshop", "HR workshops", "n"),
    Format.CODEV: ngettext_lazy("co-development workshop", "co-development workshops", "n"),
    Format.CLUB: ngettext_lazy("club meeting", "club meetings", "n"),
}


def _count(event_format: Format) -> Callable[[int | None], int]:
    return lambda year: Event.objects.held(year).filter(format=event_format).count()


def _label(event_format: Format) -> Callable[[int], str]:
    return lambda n: str(NAMES[event_format] % {"n": n})


def _address(event_format: Format) -> Callable[[int | None], str]:
    return lambda _year: f"{AGENDA}?when=past&format={event_format.value}"


def register() -> None:
    """Register the counts of this room."""
    figures.register(
        Figure(
            "events.past",
            lambda n: str(ngettext_lazy("event held", "events held", "n") % {"n": n}),
            _("Events that took place and were not cancelled."),
            lambda year: Event.objects.held(year).count(),
            lambda _year: f"{AGENDA}?when=past",
        )
    )
    figures.register(
        Figure(
            "events.upcoming",
            lambda n: str(ngettext_lazy("coming event", "coming events", "n") % {"n": n}),
            _("Events announced that are not over."),
            lambda _year: Event.objects.upcoming().filter(cancelled_at=None).count(),
            lambda _year: AGENDA,
        )
    )
    for event_format in NAMES:
        figures.register(
            Figure(
                f"events.{event_format.value}s",
                _label(event_format),
                _("Events of this format that took place and were not cancelled."),
                _count(event_format),
                _address(event_format),
            )
        )
