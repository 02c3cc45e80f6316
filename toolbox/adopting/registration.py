"""What this part adds to the registries of the site."""

from __future__ import annotations

from common.registries import merge_rules, register_space_panel
from common.ticking import DAY, Job, jobs
from members.cases.kinds import register_case_kind
from members.joining import intents

from . import asking, keeping, merging, personal_data, space, telling, waiting


def register() -> None:
    """Called once, when the site starts."""
    personal_data.register()
    register_space_panel(space.PANEL)
    register_case_kind(waiting.CASE_KIND)
    intents.register(keeping.INTENT, keeping.complete)
    merge_rules["toolbox.Adoption"] = merging.keep_the_further
    jobs.register(Job("toolbox.ask_what_is_planned", DAY, telling.nudge))
    jobs.register(Job("toolbox.ask_whether_it_holds", DAY, asking.ask_due))
    jobs.register(Job("toolbox.remind_to_reread", DAY, asking.remind_due))
    jobs.register(Job("toolbox.hand_over_rereading", DAY, asking.hand_over_due))
