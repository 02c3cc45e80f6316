"""Registers what this part brings: sections of one's data, the guard of copies, periodic jobs, the notice."""

from __future__ import annotations

from common.files import guards
from common.registries import register_personal_data, register_space_panel
from common.ticking import DAY, MINUTE, Job, jobs

from . import dormancy, erasure, exports, purging
from .renewing import PANEL
from .sections import account, agreements, belonging, editing, mail, people, traces

SECTIONS = (
    account.ACCOUNT,
    account.SECURITY,
    people.PEOPLE,
    belonging.MEMBERSHIPS,
    belonging.INVITATIONS,
    belonging.INTENTS,
    agreements.CONSENTS,
    agreements.REQUESTS,
    mail.MAIL,
    traces.HISTORY,
    traces.WORK,
    editing.UPLOADS,
    editing.EDITING,
)


def register() -> None:
    """Called once, when the room is ready."""
    for section in SECTIONS:
        register_personal_data(section)
    register_space_panel(PANEL)
    guards[exports.FOLDER] = exports.may_see
    jobs.register(Job("members.erase_accounts", 10 * MINUTE, erasure.execute_due))
    jobs.register(Job("members.expire_exports", 60 * MINUTE, exports.expire_old))
    jobs.register(Job("members.forget_unverified", DAY, dormancy.forget_unverified))
    jobs.register(Job("members.warn_dormant", DAY, dormancy.warn))
    jobs.register(Job("members.anonymise_dormant", DAY, dormancy.anonymise_dormant))
    jobs.register(Job("members.forget_old", DAY, purging.forget_old))
