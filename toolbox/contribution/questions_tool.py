"""How a tool is proposed: what it is for before the file."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from toolbox.models import ToolPage

from .questions import Question, Step, Widget
from .questions_practice import ASK, REVIEW, THEMES


def kinds() -> list[tuple[str, str]]:
    """What a tool can be."""
    return [(str(value), str(label)) for value, label in ToolPage.Kind.choices]


def licences() -> list[tuple[str, str]]:
    """What one may do with it."""
    return [(str(value), str(label)) for value, label in ToolPage.Licence.choices]


def languages() -> list[tuple[str, str]]:
    """The languages of the site."""
    return [(code, str(label)) for code, label in settings.LANGUAGES]


PURPOSE = Step(
    "a-quoi-ca-sert",
    _("What it is for"),
    _("In which situation does one take it out, and what is settled once it has served?"),
    (
        Question(
            "title",
            _("Name of the tool"),
            Widget.LINE,
            help=_("What it is and what for, in twelve words at most."),
            example=_("Grid for a mid-career interview"),
            longest=120,
            required=True,
        ),
        Question(
            "summary",
            _("The sentence that says what one gets"),
            Widget.SENTENCE,
            help=_("For whom, when, and what comes out of it. 300 characters at most."),
            example=_("Twelve open questions to prepare in twenty minutes an interview that managers dread."),
            words=(8, 40),
            longest=300,
            required=True,
        ),
        Question("kind", _("Kind of tool"), Widget.CHOICE, choices=kinds, required=True),
    ),
)
USE = Step(
    "mode-d-emploi",
    _("How to use it"),
    _("Five lines are better than five pages: who, with what, how long."),
    (
        Question(
            "body",
            _("How to use it"),
            Widget.WORDS,
            help=_("Step by step; then say when not to use it."),
            example=_(
                "1. Read the grid alone, ten minutes.\n2. Tick three questions, no more.\n"
                "3. Give it to the person the day before.\n\n### Its limits\n\n"
                "It prepares an interview; it is not an appraisal and is not kept on file."
            ),
            hint=_("What do people who use it for the first time always ask you?"),
            words=(40, 300),
            required=True,
            headings=True,
        ),
    ),
)
THING = Step(
    "outil",
    _("The tool itself"),
    _("A file that one can change rather than a picture of it, or the address where it stands."),
    (
        Question(
            "address",
            _("Address"),
            Widget.ADDRESS,
            help=_("For a tool that stands elsewhere; otherwise add a file below."),
            longest=200,
            autocomplete="url",
        ),
        Question(
            "licence",
            _("Licence"),
            Widget.CHOICE,
            help=_("What others may do with it. CC BY: use and change it, naming you."),
            choices=licences,
            required=True,
        ),
        Question("version", _("Version"), Widget.LINE, help=_("For example: 1.0"), longest=20),
        Question(
            "version_note",
            _("What changed in this version"),
            Widget.LINE,
            help=_("When it replaces a former one."),
            longest=300,
        ),
        Question("language", _("Language of the file"), Widget.CHOICE, choices=languages, required=True),
        Question(
            "accessible",
            _("The file is accessible"),
            Widget.TICK,
            help=_(
                "A tagged PDF, or an office file with real headings, table headers and texts for pictures: "
                "in Word or LibreOffice, use the styles “Heading 1, 2, 3” and the accessibility checker. "
                "If you do not know, leave it empty: we shall look."
            ),
        ),
    ),
    files=True,
)
CARD = Step(
    "fiche",
    _("The card"),
    _("Under which themes it is found, and what you would like to know of those who use it."),
    (THEMES, ASK),
    company=True,
)

TOOL = (PURPOSE, USE, THING, CARD, REVIEW)
