"""Tools, kits and readers that these tests are about."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.test import TestCase
from django.utils import timezone

from charters.models import CharterVersion, Signature
from common.models import Document
from members.models import User
from tests.common.uploads import samples
from tests.factories.pages import KitPageFactory, ToolPageFactory
from tests.factories.shared import UserFactory
from tests.members.companies.people import belonging, company

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def document(name: str = "guide.pdf", content: bytes | None = None, **fields: Any) -> Document:
    """A document that was checked."""
    fields.setdefault("title", "Un guide")
    with TestCase.captureOnCommitCallbacks(execute=True):
        return Document.objects.create(file=ContentFile(content or samples.pdf(), name=name), **fields)


def publish(page: Any) -> Any:
    """Publish as an editor does, with what follows in the background."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision(clean=False).publish()
    page.refresh_from_db()
    return page


def tool(tree: Any, title: str = "Le carnet", **fields: Any) -> Any:
    """The page of a published tool with a file, or with an address when `document=None`."""
    given = {"document": document(), "kind": "guide", "address": ""} | fields
    with TestCase.captureOnCommitCallbacks(execute=True):
        return publish(ToolPageFactory(parent=tree.tools, title=title, **given))


def kit(tree: Any, *pages: Any, title: str = "Un kit") -> Any:
    """The page of a published kit of these tools, with its archives."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        page = KitPageFactory(parent=tree.tools, title=title, holds=[page.facts for page in pages])
    return publish(page)


def member(**fields: Any) -> User:
    """An account with a verified address."""
    user: User = UserFactory(**fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def signatory(state: str = Signature.State.SIGNED, confirmed: bool = True) -> User:
    """A member of a company that signed the charter."""
    user, organisation = member(), company()
    belonging(user, organisation, confirmed=confirmed)
    version, _new = CharterVersion.objects.get_or_create(
        code="essai", defaults={"adopted_on": timezone.localdate()}
    )
    Signature.objects.create(
        organisation=organisation, version=version, state=state, signed_on=timezone.localdate()
    )
    return user


def read(response: Any) -> bytes:
    """The whole of a streamed answer; the client closes it when all is read."""
    return b"".join(response.streaming_content)
