"""What anybody may take of the agenda. The link to join online is for those who are registered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.addresses import absolute, locale_codes, path_of
from common.choices import enumeration, theme_choices
from common.generation import per_generation
from common.known import fill
from common.listing import Choice, Filter
from common.open_data.datasets import Asked, Dataset, register_dataset
from common.open_data.fields import Field, Kind
from common.open_data.restrictions import public_rows
from common.open_data.texts import body_passage

from .listing import FILTERS, in_locale
from .models import Event, EventFields, EventIndexPage, EventPage, Format

if TYPE_CHECKING:
    from django.db.models import QuerySet

WHEN = ("coming", "past", "all")


def _when(values: Sequence[str]) -> Q:
    now = timezone.now()
    conditions = {"coming": Q(ends_at__gt=now), "past": Q(ends_at__lte=now)}
    return conditions.get(values[0], Q())


@per_generation
def _years() -> list[Choice]:
    moments = Event.objects.live().datetimes("starts_at", "year", order="DESC")
    return [Choice(str(moment.year), str(moment.year)) for moment in moments]


def _in_years(values: Sequence[str]) -> Q:
    condition = Q(pk__in=[])
    for year in values:
        condition |= Q(starts_at__year=int(year))
    return condition


def _when_choices() -> list[Choice]:
    labels = {"coming": _("Coming"), "past": _("Past"), "all": _("All")}
    return [Choice(value, str(labels[value])) for value in WHEN]


TAKEN_FILTERS = (
    Filter("when", _("When"), _when_choices, "", multiple=False, counted=False, narrow=_when),
    *FILTERS,
    Filter("year", _("Year"), _years, "starts_at__year", counted=False, narrow=_in_years),
)


def event_rows(asked: Asked) -> QuerySet[Event]:
    """Events as the list orders them: the nearest first, those that are over the latest first."""
    coming = (asked.chosen.get("when") or ["coming"])[0] == "coming"
    rows = in_locale(Event.objects.live(), asked.locale_id)
    ordered = rows.order_by("starts_at", "pk") if coming else rows.order_by("-starts_at", "-pk")
    return public_rows(ordered, EventPage, asked.locale_id)


def read_events(keys: Sequence[int], asked: Asked) -> list[EventPage]:
    """Pages with their rows, organisers and themes; the programme is read only of one alone."""
    pages = (
        EventPage.objects.filter(facts__in=keys, locale_id=asked.locale_id, live=True)
        .select_related("facts__series", "replay")
        .prefetch_related("facts__themes", "facts__organisers")
        .defer("online_link", "facts__online_link")
    )
    by_row = {page.facts_id: page for page in (pages if len(keys) == 1 else pages.defer("body"))}
    for page in by_row.values():
        fill(page.facts)  # type: ignore[arg-type]
    return [by_row[key] for key in keys if key in by_row]


def find_event(key: str, asked: Asked) -> int | None:
    """The row of the page that a slug or a translation key names."""
    try:
        condition = Q(translation_key=UUID(key))
    except ValueError:
        condition = Q(slug=key)
    pages = EventPage.objects.filter(condition, locale_id=asked.locale_id, live=True, facts__live=True)
    rows = public_rows(Event.objects.filter(pk__in=pages.values("facts")), EventPage, asked.locale_id)
    return rows.order_by("pk").values_list("pk", flat=True).first()


def slugs_of(event: Event) -> list[str]:
    """The themes of an event, the main one first."""
    others = [theme.slug for theme in event.themes.all() if theme.pk != event.lead_theme_id]
    return [event.lead_theme.slug, *others]


def at(name: str) -> Any:
    """What an event says of where it takes place; nothing when it is online."""
    return lambda page: "" if page.facts.online else getattr(page.facts, name) or ""


def commune_of(page: EventPage) -> str:
    """The commune where it takes place."""
    event: Any = page.facts
    return event.commune.name if event.commune_id and not event.online else ""


def replay_of(page: EventPage) -> str:
    """The page of what was filmed, while it is there."""
    return absolute(path_of(page.replay)) if page.replay and page.replay.live else ""


FIELDS = (
    Field(
        "id",
        _("Identifier"),
        Kind.CODE,
        lambda p: str(p.translation_key),
        "The same in every language.",
        required=True,
    ),
    Field("slug", _("Slug"), Kind.CODE, lambda p: p.slug, "The last word of its address.", required=True),
    Field("title", _("Title"), Kind.TEXT, lambda p: p.title, required=True),
    Field("summary", _("Summary"), Kind.TEXT, lambda p: p.summary, "One telling sentence."),
    Field(
        "url",
        _("Address"),
        Kind.ADDRESS,
        lambda p: absolute(path_of(p)),
        "Its page on the site.",
        required=True,
    ),
    Field(
        "language",
        _("Language"),
        Kind.CODE,
        lambda p: locale_codes()[p.locale_id],
        "Of its words.",
        required=True,
    ),
    Field(
        "format",
        _("Format"),
        Kind.CHOICE,
        lambda p: p.facts.format,
        choices=enumeration(Format),
        required=True,
    ),
    Field("starts_at", _("Starts"), Kind.MOMENT, lambda p: p.facts.starts_at, required=True),
    Field("ends_at", _("Ends"), Kind.MOMENT, lambda p: p.facts.ends_at, required=True),
    Field("cancelled", _("Cancelled"), Kind.FLAG, lambda p: p.facts.cancelled_at is not None, required=True),
    Field("online", _("Online"), Kind.FLAG, lambda p: p.facts.online, required=True),
    Field("place", _("Place"), Kind.TEXT, at("place")),
    Field("address", _("Postal address"), Kind.TEXT, at("address")),
    Field("commune_code", _("INSEE code of the commune"), Kind.CODE, at("commune_id")),
    Field("commune", _("Commune"), Kind.TEXT, commune_of),
    Field(
        "audience",
        _("For whom"),
        Kind.CHOICE,
        lambda p: p.facts.audience,
        "Who may come.",
        enumeration(EventFields.Audience),
        required=True,
    ),
    Field("capacity", _("Seats"), Kind.NUMBER, lambda p: p.facts.capacity),
    Field("series", _("Part of"), Kind.TEXT, lambda p: p.facts.series.title if p.facts.series else ""),
    Field(
        "organisers", _("Organised by"), Kind.NAMES, lambda p: [one.name for one in p.facts.organisers.all()]
    ),
    Field(
        "theme",
        _("Main theme"),
        Kind.CHOICE,
        lambda p: p.facts.lead_theme.slug,
        choices=theme_choices,
        required=True,
    ),
    Field(
        "themes", _("Themes"), Kind.CHOICES, lambda p: slugs_of(p.facts), "The main one first.", theme_choices
    ),
    Field(
        "example",
        _("Example"),
        Kind.FLAG,
        lambda p: p.facts.example,
        "Invented to show what the space is for.",
        required=True,
    ),
    Field(
        "published_at",
        _("Published on"),
        Kind.MOMENT,
        lambda p: p.facts.published_at,
        "First publication.",
        required=True,
    ),
    Field("updated_at", _("Changed on"), Kind.MOMENT, lambda p: p.last_published_at, "Latest publication."),
)
DETAILS = (
    Field("programme", _("Programme"), Kind.PASSAGE, lambda p: body_passage(p.body)),
    Field(
        "calendar_url",
        _("Calendar file"),
        Kind.ADDRESS,
        lambda p: f"{absolute(path_of(p))}evenement.ics",
        "The event as an iCalendar file.",
        required=True,
    ),
    Field("replay_url", _("What was filmed"), Kind.ADDRESS, replay_of),
)


def register() -> None:
    """Let the agenda be taken."""
    register_dataset(
        Dataset(
            name="events",
            order=30,
            one="event",
            label=_("Events"),
            description="Workshops, clubs, webinars, ceremonies. Those to come unless `when` says otherwise.",
            slug="evenements",
            index=EventIndexPage,
            filters=TAKEN_FILTERS,
            defaults={"when": ("coming",)},
            fields=FIELDS,
            details=DETAILS,
            rows=event_rows,
            read=read_events,
            find=find_event,
            shown=("starts_at", "format", "commune"),
        )
    )
