"""Wagtail's own letters of a workflow lead to the admin: none is sent of what a member told.

Those of pages that the team writes still are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.admin import signal_handlers
from wagtail.models import TaskState, WorkflowState

from toolbox.models import Contribution

if TYPE_CHECKING:
    from collections.abc import Callable

NOTIFIERS = (
    signal_handlers.task_submission_email_notifier,
    signal_handlers.workflow_submission_email_notifier,
    signal_handlers.workflow_rejection_email_notifier,
    signal_handlers.workflow_approval_email_notifier,
)


def is_contributed(instance: TaskState | WorkflowState) -> bool:
    """Whether a workflow was started for a contribution."""
    state = instance.workflow_state if isinstance(instance, TaskState) else instance
    if not str(state.object_id).isdigit():
        return False
    told = Contribution.objects.filter(page_id=int(state.object_id))
    return told.filter(author_id=state.requested_by_id).exists()


def unless_contributed(can_handle: Callable[..., bool]) -> Callable[..., bool]:
    """A notifier's own rule, and this one."""

    def rule(instance: Any, **kwargs: Any) -> bool:
        return can_handle(instance, **kwargs) and not is_contributed(instance)

    return rule


def silence() -> None:
    """Give each of Wagtail's notifiers that rule; whether they are connected yet does not matter."""
    for notifier in NOTIFIERS:
        notifier.can_handle = unless_contributed(notifier.can_handle)
