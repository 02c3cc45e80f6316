"""How the history of the administration words what staff did to people and organisations.

People read these words about their own account too (`members.privacy.sections.traces`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from wagtail.log_actions import LogActionRegistry

ACTIONS = {
    "members.merge": (_("Merge"), _("Merged with another organisation")),
    "members.tell_apart": (_("Tell apart"), _("Said to be distinct from a similar one")),
    "members.confirm_by_call": (_("Confirm by call"), _("Representative confirmed by call")),
    "members.change_membership": (_("Change role"), _("Role of a person changed")),
    "members.end_membership": (_("Remove"), _("Person taken out of the organisation")),
    "members.transfer": (_("Transfer"), _("Management transferred")),
    "members.accept_request": (_("Accept"), _("Request to join accepted")),
    "members.refuse_request": (_("Refuse"), _("Request to join refused")),
    "members.suspend": (_("Suspend"), _("Account suspended")),
    "members.reactivate": (_("Reactivate"), _("Account opened again")),
    "members.remove_second_factor": (
        _("Remove the second factor"),
        _("Second factor removed after a check of identity"),
    ),
    "members.resend_verification": (_("Remind to verify"), _("Reminder sent to verify the address")),
    "members.change_roles": (_("Change roles"), _("Roles in the administration changed")),
    "members.invite_staff": (_("Invite to the team"), _("Invited to the team")),
    "members.decide_report": (_("Decide on a report"), _("Decided on a reported message")),
    "members.take_over_case": (_("Take over"), _("Taken over from a colleague")),
    "members.decide_case": (_("Decide"), _("Decided")),
    "members.undo_case": (_("Undo"), _("Decision taken back")),
    "members.carry_out_case": (_("Carry out"), _("Decision carried out")),
    "members.fail_case": (_("Fail"), _("Decision could not be carried out")),
    "members.void_case": (_("End"), _("Ended: nothing was left to decide")),
}


def register(actions: LogActionRegistry) -> None:
    """`register_log_actions`: each act with its name and its sentence."""
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)
