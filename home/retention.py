"""What people wrote to us is not kept longer than the personal-data page says."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from home.models import ContactMessage

MESSAGES_KEPT = dt.timedelta(days=365)


def forget_messages() -> int:
    """Delete the messages that came more than a year ago; return how many."""
    old = ContactMessage.objects.filter(created_at__lt=timezone.now() - MESSAGES_KEPT)
    return old.delete()[0]
