"""Rows and pages that exist only in the style guide; they lead nowhere."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.text import slugify

from common.listing import Chip, Facet, Listing, Option

if TYPE_CHECKING:
    from collections.abc import Sequence

FAMILIES = {
    "recruter": ("Recruter", ["Recrutement", "Stéréotypes", "Engagement"]),
    "transmettre": (
        "Transmettre",
        ["Transmission", "Coopération des générations", "Formation et compétences"],
    ),
    "prendre-soin": (
        "Prendre soin",
        ["Maintien en emploi", "Santé et usure", "Maladie et handicap", "Salariés aidants"],
    ),
    "faire-carriere": (
        "Faire carrière",
        ["Entretiens et parcours", "Fin de carrière", "Dialogue et anticipation"],
    ),
}
# Family, theme, title, telling sentence, size, sector, effort.
PRACTICES = (
    (
        "transmettre",
        "Transmission",
        "Un récit de panne chaque vendredi, machine à l’arrêt",
        "Trente minutes, un ancien raconte, un jeune écrit : quarante fiches en un an, relues à l’atelier.",
        "50 à 249 salariés",
        "Industrie",
        "Quelques jours",
    ),
    (
        "prendre-soin",
        "Santé et usure",
        "Le sac de 25 kilos n’entre plus dans l’atelier",
        "Des sacs de 10 kilos, négociés avec le meunier, et trois lumbagos de moins par an.",
        "10 à 49 salariés",
        "Agroalimentaire",
        "Quelques semaines",
    ),
    (
        "recruter",
        "Recrutement",
        "« Quatre kilomètres par ronde » : des offres qui disent le travail réel",
        "Les annonces décrivent la journée, heure par heure. Six des neuf recrues ont plus de 50 ans.",
        "250 salariés ou plus",
        "Propreté et sécurité",
        "Quelques jours",
    ),
    (
        "faire-carriere",
        "Fin de carrière",
        "Retraite progressive en équipe : deux conducteurs, une machine",
        "Le même poste, à mi-temps chacun pendant deux ans : le réglage s’apprend sur le tas et à deux.",
        "50 à 249 salariés",
        "Transport et logistique",
        "Quelques mois",
    ),
)
# Family, theme, title, kind, extension, bytes, pages.
TOOLS = (
    (
        "faire-carriere",
        "Dialogue et anticipation",
        "Diagnostic : la pyramide des âges",
        "Tableur",
        "xlsx",
        48_000,
        0,
    ),
    (
        "prendre-soin",
        "Maladie et handicap",
        "Préparer un retour après un long arrêt",
        "Liste de contrôle",
        "docx",
        31_000,
        2,
    ),
)
# Days from now, format, commune, title, seats.
EVENTS = (
    (12, "Atelier RH", "Tourcoing", "L’entretien de parcours, en pratique", 20),
    (19, "Réunion du club", "Lille", "Transmettre avant un départ", 15),
    (33, "Webinaire", "", "Observer le travail réel avant de l’aménager", None),
)


class GuideForm(forms.Form):
    """A form that comes back with errors."""

    name = forms.CharField(label="Votre nom")
    email = forms.EmailField(
        label="Votre adresse électronique",
        help_text="Pour vous répondre, rien d’autre. Ex. : nom@entreprise.fr",
    )
    subject = forms.ChoiceField(
        label="Votre demande",
        choices=[
            ("practice", "Proposer une pratique"),
            ("charter", "Signer la charte"),
            ("other", "Autre chose"),
        ],
    )
    message = forms.CharField(label="Votre message", widget=forms.Textarea(attrs={"rows": 5}), required=False)


def theme(family: str, name: str) -> SimpleNamespace:
    """A theme as templates read it."""
    return SimpleNamespace(family=family, name=name, slug=name.lower())


def page(title: str, summary: str, facts: Any = None, **more: Any) -> SimpleNamespace:
    """A page as templates read it; it leads nowhere."""
    known = {
        "url_path": "",
        "locale_id": 0,
        "translation_key": "",
        "picture_id": None,
        "poster_id": None,
        "example": False,
    }
    return SimpleNamespace(title=title, summary=summary, facts=facts, **{**known, **more})


def practices() -> list[SimpleNamespace]:
    """Four practices, one of each family."""
    made = []
    for family, name, title, summary, size, sector, effort in PRACTICES:
        facts = SimpleNamespace(
            lead_theme=theme(family, name),
            example=family == "recruter",
            get_size_display=size,
            get_sector_display=sector,
            get_effort_display=effort,
        )
        made.append(page(title, summary, facts))
    return made


def tools() -> list[SimpleNamespace]:
    """A spreadsheet and a checklist."""
    made = []
    for family, name, title, kind, extension, size, pages in TOOLS:
        facts = SimpleNamespace(
            lead_theme=theme(family, name),
            example=False,
            get_kind_display=kind,
            audience="public",
            document=SimpleNamespace(file_extension=extension, file_size=size, title=title, url="#"),
            page_count=pages,
        )
        made.append(page(title, "Prêt à remplir, avec un exemple et ses limites dites franchement.", facts))
    return made


def events() -> list[SimpleNamespace]:
    """Coming events, one of them cancelled."""
    morning = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
    made = []
    for days, kind, commune, title, seats in EVENTS:
        starts = morning + dt.timedelta(days=days)
        facts = SimpleNamespace(
            lead_theme=theme("faire-carriere", "Entretiens et parcours"),
            starts_at=starts,
            ends_at=starts + dt.timedelta(hours=3, minutes=30),
            get_format_display=kind,
            commune=SimpleNamespace(name=commune) if commune else None,
            online=not commune,
            capacity=seats,
            cancelled_at=None if seats else morning,
            example=False,
        )
        made.append(page(title, "Repartir avec une trame remplie pour sa propre entreprise.", facts))
    return made


def facet(name: str, label: str, rows: Sequence[tuple[str, str, int]], chosen: str = "") -> Facet:
    """A filter whose options are family, label and count."""
    options = [Option(slugify(text), text, family, count, text == chosen) for family, text, count in rows]
    return Facet(name, label, multiple=True, options=options)


def listing() -> Listing[Any]:
    """A list with filters, one of them chosen, on its second page."""
    themes = [(family, name, 7 - len(name) % 6) for family, (_, names) in FAMILIES.items() for name in names]
    sizes = ["Moins de 10 salariés", "10 à 49 salariés", "50 à 249 salariés", "250 salariés ou plus"]
    return Listing(
        total=34,
        page=Paginator(range(34), 4).page(2),
        items=practices(),
        facets=[
            facet("theme", "Thème", themes, "Transmission"),
            facet("size", "Taille", [("", text, 3 * rank) for rank, text in enumerate(sizes)]),
            facet("effort", "Effort", [("", "Quelques jours", 11), ("", "Quelques semaines", 14)]),
        ],
        chips=[Chip("Transmission", "")],
        query="theme=transmission",
        path="/styleguide/",
    )


def families() -> list[dict[str, Any]]:
    """The four families with their themes, each with a number of practices."""
    return [
        {
            "family": family,
            "label": label,
            "themes": [{"theme": theme(family, name), "count": len(name)} for name in names],
        }
        for family, (label, names) in FAMILIES.items()
    ]


def adoption() -> SimpleNamespace:
    """A company that took a practice up, and says a word of it."""
    return SimpleNamespace(
        state="in_place",
        in_place_on=timezone.localdate(),
        experience="Quatre tournées à deux au lieu de six : cela suffit quand l’accompagnante connaît le secteur.",
        organisation=SimpleNamespace(
            slug="exemple",
            name="Filature du Canal",
            sector="industrie",
            get_sector_display="Industrie",
            size=SimpleNamespace(label="10 à 49 salariés"),
            example=True,
        ),
    )


def news() -> SimpleNamespace:
    """An article without a picture."""
    made = page("Deux textes, une même échéance", "Ce que l’entretien de parcours change au 1er octobre.")
    made.published_on = timezone.localdate()
    return made


def video() -> SimpleNamespace:
    """A video that stands on another site."""
    facts = SimpleNamespace(
        lead_theme=theme("transmettre", "Transmission"), duration=95, file=None, captions=None, address="#"
    )
    return page("La transmission, vue de l’établi", "Un tuteur et son binôme, huit mois après.", facts)


def refused_form() -> GuideForm:
    """A form that was sent with two mistakes."""
    form = GuideForm(
        {"name": "", "email": "nom@", "subject": "practice", "message": "Nous l’avons fait aussi."}
    )
    form.is_valid()
    return form
