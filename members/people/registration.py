"""What this part adds to the registries when the site starts: called by `members.apps`."""

from __future__ import annotations

import datetime as dt

from django.db.models.signals import post_save
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common import files
from common.audiences import register_audience
from common.registries import SpacePanel, register_space_panel
from common.ticking import DAY, Job, jobs

from . import contact, conversation_data, finding, panel, personal_data, photos, visibility

FORGOTTEN_AFTER = dt.timedelta(days=60)


def close_forgotten() -> int:
    """Close the requests that nobody answered in two months."""
    return contact.close_forgotten(timezone.now() - FORGOTTEN_AFTER)


def register() -> None:
    """Guards, panels, personal data, signals and periodic jobs."""
    files.guards[photos.FOLDER] = photos.may_see
    files.rechecked.add(photos.FOLDER)
    personal_data.register()
    register_audience("members", visibility.is_member)
    register_space_panel(
        SpacePanel(
            key="messages",
            section="awaits",
            label=_("Messages that wait for your answer"),
            rows=panel.rows,
            url=panel.url,
            order=20,
        )
    )
    post_save.connect(finding.on_profile_saved, sender="members.Profile", dispatch_uid="people.profile")
    post_save.connect(finding.on_user_saved, sender="members.User", dispatch_uid="people.user")
    jobs.register(Job("members.refresh_search_texts", DAY, finding.refresh_all))
    jobs.register(Job("members.close_forgotten_requests", DAY, close_forgotten))
    jobs.register(Job("members.forget_judged_messages", DAY, conversation_data.forget_judged))
