"""Signing in to the admin as its pages want it: with a second factor."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page
from wagtail.users.models import UserProfile

from tests.factories.shared import UserFactory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from members.models import User
    from tests.harness.client import StrictClient


def sign_in(client: StrictClient, user: User | None = None) -> User:
    """Sign a user in (an administrator by default). The admin then speaks English: message ids are compared."""
    user = user or UserFactory(admin=True)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {}})
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return user


def member_of_staff(*permissions: str, page: Page | None = None, actions: Sequence[str] = ()) -> User:
    """Somebody who enters the admin, with these permissions on rows, and these actions on a page and below."""
    group = Group.objects.create(name="Équipe")
    group.permissions.set(Permission.objects.filter(codename__in=["access_admin", *permissions]))
    for action in actions:
        permission = Permission.objects.get(codename=f"{action}_page")
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    user: User = UserFactory()
    user.groups.add(group)
    return user


def texts(html: str, classname: str) -> list[str]:
    """The text of each element of a class, tags and spaces taken out."""
    found = re.findall(rf'<(\w+)[^>]*class="[^"]*\b{classname}\b[^"]*"[^>]*>(.*?)</\1>', html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", content).split()) for _tag, content in found]


def messages_of(html: str) -> list[str]:
    """What the page says at its top, without the buttons."""
    listed = re.search(r'data-w-messages-target="container">(.*?)</ul>', html, re.DOTALL)
    items = re.findall(r"<li[^>]*>(.*?)</li>", listed[1] if listed else "", re.DOTALL)
    kept = [re.sub(r"<(button|span|svg)\b.*?</\1>", " ", item, flags=re.DOTALL) for item in items]
    return [" ".join(re.sub(r"<[^>]+>", " ", item).split()) for item in kept]
