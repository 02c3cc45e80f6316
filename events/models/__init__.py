"""Workshops, clubs, broadcasts, ceremonies: what happens, when and where."""

from .events import Event, EventFields, EventQuerySet, Format
from .pages import EventIndexPage, EventPage
from .series import Series

__all__ = ["Event", "EventFields", "EventIndexPage", "EventPage", "EventQuerySet", "Format", "Series"]
