"""Facts that live once for all the language versions of a page (decision 0005).

A translated page is another row with its own copy of every field. What others depend on (dates,
places, companies, themes) is therefore a plain row, written when the French page is published, to
which every language version points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField

from common.admin_forms import FactsPageForm
from common.models import Theme
from common.pages import BasePage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class Facts(models.Model):
    """A row shared by the language versions of a page. `live` follows the French page."""

    translation_key = models.UUIDField(_("translation key"), unique=True, editable=False)
    live = models.BooleanField(_("published"), default=True, db_index=True)
    published_at = models.DateTimeField(_("first published"), db_index=True)
    lead_theme = models.ForeignKey(
        Theme, verbose_name=_("main theme"), on_delete=models.PROTECT, related_name="+"
    )
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), related_name="%(class)s_set")
    example = models.BooleanField(_("example"), default=False)

    class Meta:
        abstract = True

    def in_use(self) -> str | None:
        """Why the page may not be deleted: rows that depend on these facts. None when it may."""
        for relation in self._meta.related_objects:
            if relation.many_to_many or relation.on_delete is not models.PROTECT:
                continue
            if relation.related_model._default_manager.filter(**{relation.field.name: self}).exists():
                return str(relation.related_model._meta.verbose_name_plural)
        return None


class FactsPage(BasePage):
    """A page whose facts are written to `facts_model` at publication.

    Subclasses define `facts`, a nullable foreign key to `facts_model`, and name in `fact_fields`
    the fields that page and row have in common.
    """

    lead_theme = models.ForeignKey(
        Theme,
        verbose_name=_("main theme"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Its family gives the card its pip and colour."),
    )
    themes = ParentalManyToManyField(
        Theme, verbose_name=_("other themes"), blank=True, related_name="+", help_text=_("Two more at most.")
    )
    example = models.BooleanField(
        _("example"),
        default=False,
        help_text=_("Invented to show what the space is for; marked on the page."),
    )

    # Set while the page is shown to its editor and nobody else.
    previewed: bool = False

    base_form_class = FactsPageForm
    facts_model: ClassVar[type[Facts]]
    fact_fields: ClassVar[Sequence[str]] = ()
    fact_links: ClassVar[Sequence[str]] = ()

    class Meta:
        abstract = True

    def fact_values(self) -> dict[str, Any]:
        """What the page says, ready for the row."""
        return {name: getattr(self, name) for name in ("lead_theme", "example", *self.fact_fields)}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        self.previewed = True
        response: HttpResponseBase = super().serve_preview(request, mode_name)
        return response

    @property
    def is_source(self) -> bool:
        """Whether this is the French page, the one whose fields become the facts."""
        return bool(self.locale.language_code == settings.LANGUAGE_CODE)

    @property
    def shown_facts(self) -> Any:
        """The facts that the page's template shows.

        They are the live row; in a preview of the French page, or before a first publication, an
        unsaved row that says what the form says.
        """
        facts = self.facts
        if facts is not None and not (self.previewed and self.is_source):
            return facts
        return draft_facts(self)


def draft_facts(page: FactsPage) -> Facts:
    """An unsaved row of what the page says now.

    It keeps the key of the live row, if there is one, so that what depends on it can be read; a key
    of 0 finds nothing.
    """
    values = {name: value for name, value in page.fact_values().items() if value is not None}
    facts = page.facts_model(
        translation_key=page.translation_key,
        published_at=page.first_published_at or timezone.now(),
        **values,
    )
    facts.pk = page.facts_id or 0
    linked = {name: list(getattr(page, name).all()) for name in page.fact_links}
    lead = [page.lead_theme] if page.lead_theme_id else []
    linked["themes"] = sorted({*lead, *page.themes.all()}, key=lambda theme: theme.position)
    # Where a prefetch leaves what it found: the managers of an unsaved row answer from it.
    facts._prefetched_objects_cache = {  # type: ignore[attr-defined]  # noqa: SLF001
        name: _found(rows) for name, rows in linked.items()
    }
    return facts


def _found(rows: list[Any]) -> models.QuerySet[Any]:
    model = type(rows[0]) if rows else Theme
    queryset = model._default_manager.filter(pk__in=[row.pk for row in rows])
    queryset._result_cache = rows  # noqa: SLF001
    return queryset


@transaction.atomic
def write_facts(page: FactsPage) -> Facts:
    """Write the facts of a French page and point every language version to them."""
    facts, _created = page.facts_model._default_manager.update_or_create(
        translation_key=page.translation_key,
        defaults={
            **page.fact_values(),
            "live": page.live,
            "published_at": page.first_published_at or page.last_published_at,
        },
    )
    facts.themes.set({page.lead_theme, *page.themes.all()})
    for name in page.fact_links:
        getattr(facts, name).set(getattr(page, name).all())
    versions = type(page)._default_manager.filter(translation_key=page.translation_key)
    versions.exclude(facts=facts).update(facts=facts)
    page.facts = facts
    return facts


def on_published(instance: Any, **_kwargs: Any) -> None:
    """Signal receiver: a page went live, or is planned to (Wagtail says so of both)."""
    if not isinstance(instance, FactsPage) or not instance.live:
        return
    if instance.locale.language_code == settings.LANGUAGE_CODE:
        write_facts(instance)
        return
    facts = instance.facts_model._default_manager.filter(translation_key=instance.translation_key).first()
    if facts is not None:
        type(instance)._default_manager.filter(pk=instance.pk).update(facts=facts)


def on_unpublished(instance: Any, **_kwargs: Any) -> None:
    """Signal receiver: a page was taken off line; its facts follow the French one."""
    if isinstance(instance, FactsPage) and instance.locale.language_code == settings.LANGUAGE_CODE:
        instance.facts_model._default_manager.filter(translation_key=instance.translation_key).update(
            live=False
        )


def on_deleted(instance: Any, **_kwargs: Any) -> None:
    """Signal receiver: facts go with the last page that shows them, unless other rows depend on them."""
    if not isinstance(instance, FactsPage) or instance.facts_id is None:
        return
    facts: Any = instance.facts_model._default_manager.filter(pk=instance.facts_id).first()
    if facts is not None and not facts.pages.exists() and not facts.in_use():
        facts.delete()
