"""What this part adds to the registries of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.registries import merge_rules
from common.ticking import MINUTE, Job, jobs
from members.companies.unproved import CASE as COMPANY

from . import companies_to_confirm, personal_data, reported_messages
from .deciding import carry_out_due
from .kinds import register_case_kind
from .opening import settle
from .reconciling import reconcile

if TYPE_CHECKING:
    from members.models import Case, Organisation


def follow_company(case: Case, _kept: Organisation) -> bool:
    """A company that is merged into another is no longer to be confirmed; its cases move as they are."""
    if case.kind == COMPANY:
        settle(case.kind, case.target)
    return False


def register() -> None:
    """Called once, when the site starts."""
    register_case_kind(reported_messages.KIND)
    register_case_kind(companies_to_confirm.KIND)
    personal_data.register()
    merge_rules["members.Case"] = follow_company
    jobs.register(Job("members.carry_out_cases", MINUTE, carry_out_due))
    jobs.register(Job("members.reconcile_cases", 5 * MINUTE, reconcile))
