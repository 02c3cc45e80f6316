"""The columns that a file may have: what each is called, what it takes, where it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from common.vocabulary import Cost, Effort, Sector, Size
from toolbox.models import Contribution, ToolPage

from . import cells
from .prose import rich

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TITLE_LENGTH, SUMMARY_LENGTH = 255, 300


@dataclass(frozen=True)
class Column:
    """A column: `key` is its name in the template, `aliases` are other names that people give it.

    `read` makes a value of a cell or raises WrongCell; `target` is the field that takes it.
    """

    key: str
    help: str | _StrPromise
    example: str
    read: Callable[[str], Any]
    aliases: Sequence[str] = ()
    target: str = ""
    required: bool = False

    @property
    def field(self) -> str:
        """The field of the page."""
        return self.target or self.key


SHARED = (
    Column(
        "slug",
        _("End of the address; it tells the line from the others: never change it. Required."),
        "binomes-de-transmission",
        cells.slug,
        ("adresse", "identifiant"),
        required=True,
    ),
    Column(
        "title",
        _("Title. Required."),
        "Des binômes pour transmettre",
        cells.text_of(TITLE_LENGTH, 3),
        ("titre", "nom"),
        required=True,
    ),
    Column(
        "summary",
        _("One sentence, 300 characters at most. Required."),
        "En dix-huit mois, quatorze binômes ont mis par écrit les gestes du métier.",
        cells.text_of(SUMMARY_LENGTH, 3),
        ("résumé", "chapeau", "description"),
        required=True,
    ),
    Column(
        "theme",
        _("One to three themes, the main one first, by slug or by name, separated by |. Required."),
        "transmission|intergenerationnel",
        cells.theme_list,
        ("themes", "thème", "thèmes", "thématique", "thématiques"),
        required=True,
    ),
    Column(
        "organisation",
        _("Company: its SIRET, its slug or its exact name on the site."),
        "",
        cells.organisation,
        ("entreprise", "siret", "structure", "company"),
    ),
    Column("published", _("Day of first publication."), "31/12/2024", cells.day, ("date", "publié le")),
    Column("question", _("The author’s question to readers."), "", cells.text_of(200), ("question auteur",)),
)

PRACTICE = (
    Column(
        "body",
        _("What was done: plain text or simple HTML. Required unless the next ones are filled in."),
        "Chaque départ est préparé deux ans avant.\n\nUn binôme se réunit une heure par semaine.",
        rich,
        ("texte", "contenu", "actions", "ce qui a été fait", "actions_text"),
        target="actions_text",
    ),
    Column("context", _("The starting point."), "", rich, ("contexte", "problème"), target="context_text"),
    Column("results", _("What it changed."), "", rich, ("résultats",), target="results_text"),
    Column("keys", _("Keys to success."), "", rich, ("clés", "clés de réussite"), target="keys_text"),
    Column(
        "pitfalls",
        _("What to watch for."),
        "",
        rich,
        ("vigilance", "points de vigilance"),
        target="pitfalls_text",
    ),
    Column("sector", _("Sector, by key or by name."), "industrie", cells.choice_of(Sector), ("secteur",)),
    Column(
        "size",
        _("Size of the company, by key or by name."),
        "50to249",
        cells.choice_of(Size),
        ("taille", "effectif"),
    ),
    Column("effort", _("Effort, by key or by name."), "medium", cells.choice_of(Effort)),
    Column("cost", _("Cost, by key or by name."), "none", cells.choice_of(Cost), ("coût",)),
    Column("year", _("Set up in: a year."), "2023", cells.year, ("année",)),
    Column("contact_allowed", _("May be asked about it: yes or no."), "oui", cells.yes_or_no, ("contact",)),
)

TOOL = (
    Column(
        "body",
        _("How to use it: plain text or simple HTML."),
        "À remplir avant l’entretien, en vingt minutes.",
        rich,
        ("texte", "contenu", "mode d’emploi"),
    ),
    Column(
        "kind",
        _("Kind, by key or by name. Required."),
        "guide",
        cells.choice_of(ToolPage.Kind),
        ("type", "nature"),
        required=True,
    ),
    Column(
        "address",
        _("Address where the tool stands; files are added afterwards. Required."),
        "https://www.example.org/guide",
        cells.web_address,
        ("url", "lien"),
        required=True,
    ),
    Column(
        "licence",
        _("Licence, by key or by name."),
        "cc-by-4.0",
        cells.choice_of(ToolPage.Licence),
        ("license",),
    ),
    Column("version", _("Version."), "1.0", cells.text_of(20)),
    Column("language", _("Language of the tool."), "fr", cells.language_code, ("langue",)),
    Column("accessible", _("The file is accessible: yes or no."), "non", cells.yes_or_no),
    Column("page_count", _("Number of pages."), "4", cells.number_of(9999), ("pages",)),
    Column(
        "updated_on", _("Day of its last version."), "31/12/2024", cells.day, ("mis à jour", "mise à jour")
    ),
)

COLUMNS: dict[str, Sequence[Column]] = {
    Contribution.Kind.PRACTICE: (*SHARED, *PRACTICE),
    Contribution.Kind.TOOL: (*SHARED, *TOOL),
}


def columns_of(kind: str, headers: Sequence[str]) -> tuple[dict[str, Column], list[str], list[str]]:
    """Which column each header means, the headers that mean none, and the required columns that are missing.

    The first of two headers that mean the same column is taken.
    """
    by_name = {
        cells.folded(name): column for column in COLUMNS[kind] for name in (column.key, *column.aliases)
    }
    meant: dict[str, Column] = {}
    unknown: list[str] = []
    for header in headers:
        column = by_name.get(cells.folded(header))
        if column is None or column in meant.values():
            unknown.append(header)
        else:
            meant[header] = column
    found = {column.key for column in meant.values()}
    missing = [column.key for column in COLUMNS[kind] if column.required and column.key not in found]
    return meant, [header for header in unknown if header], missing
