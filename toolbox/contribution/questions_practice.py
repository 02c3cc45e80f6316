"""How a good practice is told: the problem first, the card last."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from common.generation import per_generation
from common.known import themes
from common.vocabulary import Cost, Effort, Sector, Size
from toolbox.models import ToolPage

from .questions import Part, Question, Step, Widget


def theme_choices() -> list[tuple[str, str]]:
    """The themes, by slug."""
    return [(theme.slug, theme.name) for theme in themes().values()]


@per_generation
def tool_choices() -> list[tuple[str, str]]:
    """The tools that are on line, by translation key, in the order of their titles."""
    rows = ToolPage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE)
    return [
        (str(key), title) for key, title in rows.order_by("title").values_list("translation_key", "title")
    ]


THEMES = Question(
    "themes",
    _("Themes"),
    Widget.THEMES,
    help=_("The main one first: it is where a colleague elsewhere would look."),
    choices=theme_choices,
    required=True,
    most=3,
)
ASK = Question(
    "question",
    _("Your question to those who will read you"),
    Widget.SENTENCE,
    help=_("It is asked under the page as long as nobody has spoken. 200 characters at most."),
    example=_("How do you find time for tutors when the team has fewer than ten people?"),
    longest=200,
)

PROBLEM = Step(
    "probleme",
    _("The problem"),
    _("What was not working, for whom, and why then. Whoever has the same problem recognises herself here."),
    (
        Question(
            "title",
            _("A title that says what was done"),
            Widget.LINE,
            help=_("Twelve words at most: it can be changed until the last step."),
            example=_("Two people at one machine in the year before a departure"),
            hint=_(
                "Begin with the action rather than with the theme: “Film the gestures before a departure”."
            ),
            longest=120,
            required=True,
        ),
        Question(
            "context_text",
            _("The starting point"),
            Widget.WORDS,
            help=_("How many people, which jobs, what happened, what was at stake."),
            example=_(
                "We are 84 in the workshop. In two years, five of our eight machine setters retire. "
                "In March a breakdown stopped us for two days: the only one who knew was on leave."
            ),
            hint=_("A scene says more than a diagnosis: what did one see, who said what, what did it cost?"),
            words=(50, 250),
            required=True,
        ),
    ),
)
ACTIONS = Step(
    "actions",
    _("What you did"),
    _("Tell it in the order in which it happened, as you would to a colleague over coffee."),
    (
        Question(
            "actions_text",
            _("What was done"),
            Widget.WORDS,
            help=_("Who did what, with whom, in which order, for how long."),
            example=_(
                "In April we listed the gestures that only one person masters:\n\n"
                "- the setter names them, without being judged;\n- a younger colleague chooses two;\n"
                "- they work together for half a day a week.\n\n"
                "The half-day was taken off production from the start."
            ),
            hint=_("Who decided? Who did the work? What did you say to the teams, and when?"),
            words=(120, 500),
            required=True,
            headings=True,
        ),
    ),
)
RESULTS = Step(
    "resultats",
    _("What it changed"),
    _("Figures if you have them, what people say of it otherwise; and what did not change."),
    (
        Question(
            "results_text",
            _("What changed"),
            Widget.WORDS,
            help=_("Measured if possible, and since when."),
            example=_(
                "Eleven gestures out of fourteen are mastered by two people. Stops fell from nine to three a year."
            ),
            hint=_("A modest result that is true convinces more than a large one that is vague."),
            words=(40, 250),
            required=True,
        ),
        Question(
            "key_results",
            _("Two or three figures to remember"),
            Widget.RESULTS,
            help=_(
                "They are shown in large on the page, as declared by your company. Leave empty what you have not."
            ),
            parts=(
                Part("value", _("Figure"), 20, help=_("For example: 14, 3 h or −20 %")),
                Part("label", _("What it is"), 120, help=_("For example: pairs trained in eighteen months")),
            ),
            most=3,
        ),
    ),
)
WATCH = Step(
    "vigilance",
    _("What to watch for"),
    _("This is what readers thank you for: what makes it work, and what you would do otherwise."),
    (
        Question(
            "keys_text",
            _("Keys to success"),
            Widget.WORDS,
            help=_("Three to five points, one a line, each beginning with a dash."),
            example=_(
                "- The tutor is a volunteer.\n- The time is written in the schedule.\n- The manager comes once a month."
            ),
            words=(20, 150),
        ),
        Question(
            "pitfalls_text",
            _("Pitfalls"),
            Widget.WORDS,
            help=_("What failed, what cost more than expected, what you would do otherwise."),
            example=_(
                "- We chose the pairs ourselves: two out of five did not get on.\n- Nobody had planned for holidays."
            ),
            hint=_("Nobody judges: a mistake that is told spares ten other companies the same one."),
            words=(20, 150),
            required=True,
        ),
    ),
)
REPRODUCE = Step(
    "reproduire",
    _("How to do it too"),
    _("For somebody who begins on Monday: three to six steps are enough."),
    (
        Question(
            "steps",
            _("The steps"),
            Widget.STEPS,
            help=_("Each has a title and a few lines. A step that you empty goes away."),
            example=_("List the gestures – half a day – Two years ahead, job by job, with the team itself."),
            parts=(
                Part("title", _("Step"), 120),
                Part("duration", _("How long"), 60, required=False, help=_("For example: half a day")),
                Part("text", _("What to do"), 4000, Widget.WORDS),
            ),
            most=8,
        ),
    ),
)
CARD = Step(
    "fiche",
    _("The card"),
    _("What one reads of your practice in a list, before opening it."),
    (
        Question(
            "summary",
            _("The sentence that makes one want to read on"),
            Widget.SENTENCE,
            help=_("What was done, and one figure. 300 characters at most."),
            example=_(
                "Before each departure, two people share the machine for one year: "
                "eleven gestures out of fourteen have stayed in the workshop."
            ),
            words=(12, 40),
            longest=300,
            required=True,
        ),
        THEMES,
        Question("sector", _("Sector"), Widget.CHOICE, choices=lambda: Sector.choices, required=True),
        Question(
            "size",
            _("Size of the company"),
            Widget.CHOICE,
            help=_("Of the site where it was done, at that time."),
            choices=lambda: Size.choices,
            required=True,
        ),
        Question(
            "effort",
            _("Effort"),
            Widget.CHOICE,
            help=_("How long you worked at it before it ran."),
            choices=lambda: Effort.choices,
            required=True,
        ),
        Question(
            "cost",
            _("Cost"),
            Widget.CHOICE,
            help=_("What was spent besides your own time, taxes excluded."),
            choices=lambda: Cost.choices,
            required=True,
        ),
        Question("year", _("Set up in"), Widget.YEAR, help=_("The year, in four digits."), longest=4),
        Question(
            "tools",
            _("Tools that helped"),
            Widget.TOOLS,
            help=_("Tools of the toolbox that served, or that would have."),
            choices=tool_choices,
            most=3,
        ),
        Question(
            "contact_allowed",
            _("Readers may ask me about it"),
            Widget.TICK,
            help=_("Through the site only: your address is never shown."),
        ),
        ASK,
    ),
    company=True,
)
FILES = Step(
    "fichiers",
    _("Pictures and files"),
    _("Optional. A photograph of the workshop, the sheet that you use: one understands at once."),
    files=True,
)
REVIEW = Step("verifier", _("Check and send"), review=True)

PRACTICE = (PROBLEM, ACTIONS, RESULTS, WATCH, REPRODUCE, CARD, FILES, REVIEW)
