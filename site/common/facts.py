"""Facts that live once for all the language versions of a page (decision 0005).

A translated page is another row with its own copy of every field. What others depend on (dates,
places, companies, themes) is therefore a plain row, written when the French page is published, to
which every language version points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField

from common.models import Theme
from common.pages import BasePage

if TYPE_CHECKING:
    from collections.abc import Sequence


class Facts(models.Model):
    """A row shared by the language versions of a page. `live` follows the French page."""

    translation_key = models.UUIDField(_("translation key"), unique=True, editable=False)
    live = models.BooleanField(_("published"), default=True, db_index=True)
    published_at = models.DateTimeField(_("first published"), db_index=True)
    lead_theme = models.ForeignKey(Theme, verbose_name=_("main theme"), on_delete=models.PROTECT, related_name="+")
    themes = models.ManyToManyField(Theme, verbose_name=_("themes"), related_name="%(class)s_set")
    example = models.BooleanField(_("example"), default=False)

    class Meta:
        abstract = True

    def in_use(self) -> str | None:
        """Why the page may not be deleted: rows that depend on these facts. None when it may."""
        for relation in self._meta.related_objects:
            if issubclass(relation.related_model, BasePage) or relation.many_to_many:
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
        _("example"), default=False, help_text=_("Invented to show what the space is for; marked on the page.")
    )

    facts_model: ClassVar[type[Facts]]
    fact_fields: ClassVar[Sequence[str]] = ()
    fact_links: ClassVar[Sequence[str]] = ()

    class Meta:
        abstract = True

    def fact_values(self) -> dict[str, Any]:
        """What the page says, ready for the row."""
        return {name: getattr(self, name) for name in ("lead_theme", "example", *self.fact_fields)}


@transaction.atomic
def write_facts(page: FactsPage) -> Facts:
    """Write the facts of a French page and point every language version to them."""
    facts, _created = page.facts_model._default_manager.update_or_create(  # type: ignore[attr-defined]
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
    page.facts = facts  # type: ignore[attr-defined]
    return facts


def on_published(instance: Any, **_kwargs: Any) -> None:
    """Signal receiver: a page went live."""
    if not isinstance(instance, FactsPage):
        return
    if instance.locale.language_code == settings.LANGUAGE_CODE:
        write_facts(instance)
        return
    facts = instance.facts_model._default_manager.filter(  # type: ignore[attr-defined]
        translation_key=instance.translation_key
    ).first()
    if facts is not None:
        type(instance)._default_manager.filter(pk=instance.pk).update(facts=facts)


def on_unpublished(instance: Any, **_kwargs: Any) -> None:
    """Signal receiver: a page was taken off line; its facts follow the French one."""
    if isinstance(instance, FactsPage) and instance.locale.language_code == settings.LANGUAGE_CODE:
        instance.facts_model._default_manager.filter(  # type: ignore[attr-defined]
            translation_key=instance.translation_key
        ).update(live=False)
