"""What companies give to the rest of the site; called when the application is ready."""

from __future__ import annotations

from allauth.account.signals import email_confirmed

from common.registries import register_space_panel, search_sources
from common.ticking import DAY, Job, jobs
from common.web.sitemaps import register_addresses
from members.joining import intents

from . import acquaintance, findable, panel, public, register, requests
from .views import invited


def register_companies() -> None:
    """Panel of the space, search, map of the site, periodic jobs, and what is kept from before signing in."""
    register_space_panel(panel.PANEL)
    search_sources.register(findable.SOURCE)
    register_addresses(public.addresses)
    jobs.register(Job("companies.escalate_requests", DAY / 24, requests.escalate_requests))
    jobs.register(Job("companies.recheck_register", DAY, register.recheck))
    intents.register(invited.INTENT, invited.complete)
    email_confirmed.connect(acquaintance.on_verified, dispatch_uid="companies.acquaintance")
