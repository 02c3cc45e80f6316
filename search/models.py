"""The one search index of the site, as plain rows: what can be found, in which language, by which filters."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryQuerySet(models.QuerySet["Entry"]):
    """The vocabulary of search entries."""

    def of(self, kind: str, targets: list[str]) -> EntryQuerySet:
        """The entries of some rows of one kind."""
        return self.filter(kind=kind, target__in=targets)


class Entry(models.Model):
    """One thing that can be found. Written by `search.indexing` only.

    `target` is the primary key of the row it stands for; `language` is empty for what is the same
    in every language, a company's name. `themes` holds slugs in alphabetical order, each between two
    spaces, so that any database groups and filters by them without a join. `keywords` are names the
    thing is also found by: its themes, sector, commune. `body` comes last: filters need not read it.
    """

    class Audience(models.TextChoices):
        """Who may find it."""

        PUBLIC = "public", _("Everybody")

    kind = models.CharField(_("kind"), max_length=30)
    target = models.CharField(_("target"), max_length=100)
    language = models.CharField(_("language"), max_length=5, blank=True)
    audience = models.CharField(_("audience"), max_length=10, choices=Audience, default=Audience.PUBLIC)
    date = models.DateField(_("date"), null=True, blank=True)
    themes = models.CharField(_("themes"), max_length=500, blank=True)
    sector = models.CharField(_("sector"), max_length=30, blank=True)
    size = models.CharField(_("size"), max_length=10, blank=True)
    commune = models.CharField(_("commune"), max_length=5, blank=True)
    example = models.BooleanField(_("example"), default=False)
    url = models.CharField(_("address"), max_length=500)
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    keywords = models.TextField(_("keywords"), blank=True)
    body = models.TextField(_("body"), blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ("-date", "-pk")
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = (models.UniqueConstraint(name="search_entry_unique", fields=("kind", "target")),)
        # Holds all that counting and listing without words read.
        indexes = (
            models.Index(
                name="search_entry_latest", fields=("audience", "language", "-date", "kind", "themes")
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def theme_slugs(self) -> list[str]:
        """The slugs of its themes."""
        return self.themes.split()
