"""What becomes of the files of a contribution: pictures and documents that nobody sees before it is accepted.

When a contribution is prepared its checked files become `Image` and `Document` rows of a collection that
only the team may see; when it is accepted they move to the collection that everybody may.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group
from django.core.files.base import File
from wagtail.models import Collection, CollectionViewRestriction, ReferenceIndex

from common.models import Document, Image
from members.roles import Role
from toolbox.models import ContributionFile, ToolPage

from . import values

if TYPE_CHECKING:
    from toolbox.models import Contribution

WAITING = "Contributions en relecture"
SHARED = "Contributions"
MODERATORS = (Role.EDITOR, Role.MODERATOR, Role.ADMINISTRATOR)
USABLE = (ContributionFile.Verdict.CLEAN, ContributionFile.Verdict.WARNED)


def usable(contribution: Contribution) -> list[ContributionFile]:
    """The files that were checked and may be published, in the order in which they came."""
    rows = contribution.files.filter(verdict__in=USABLE).select_related("image", "document")
    return list(rows.order_by("position", "created_at", "pk"))


def collection(name: str) -> Collection:
    """A collection below the root, made when it is first wanted."""
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=name).first()
    return found or root.add_child(name=name)


def waiting_collection() -> Collection:
    """Where files wait: only those who moderate see what is in it."""
    found = collection(WAITING)
    if not found.view_restrictions.exists():
        restriction = CollectionViewRestriction.objects.create(
            collection=found, restriction_type=CollectionViewRestriction.GROUPS
        )
        names = [role.group for role in MODERATORS]
        restriction.groups.set(Group.objects.filter(name__in=names))
    return found


def take_in(contribution: Contribution) -> None:
    """Make pictures and documents of the checked files that are none yet. Idempotent."""
    for row in usable(contribution):
        if row.role == ContributionFile.Role.PICTURE and row.image_id is None:
            row.image = _picture(row, contribution)
            row.save(update_fields=["image"])
        elif row.role == ContributionFile.Role.DOCUMENT and row.document_id is None:
            row.document = _document(row, contribution)
            row.save(update_fields=["document"])


def _picture(row: ContributionFile, contribution: Contribution) -> Image:
    with row.file.open("rb") as source:
        image = Image(
            title=(row.description or row.name)[:255],
            description=row.description[:255],
            credit=row.credit,
            collection=waiting_collection(),
            uploaded_by_user=contribution.author,
            file=File(source, name=row.name),
        )
        image.save()
    return image


def _document(row: ContributionFile, contribution: Contribution) -> Document:
    with row.file.open("rb") as source:
        document = Document(
            title=(row.description or row.name)[:255],
            collection=waiting_collection(),
            uploaded_by_user=contribution.author,
            file=File(source, name=row.name),
        )
        document.save()
    return document


def share(contribution: Contribution) -> None:
    """Let everybody see the pictures and documents of what was accepted. Idempotent."""
    rows = [row for row in usable(contribution) if row.image_id or row.document_id]
    if not rows:
        return
    shared = collection(SHARED)
    for row in rows:
        thing: Image | Document | None = row.image or row.document
        if thing is not None and thing.collection_id != shared.pk:
            thing.collection = shared
            thing.save(update_fields=["collection"])
            if isinstance(thing, Image):
                # Those made for the team stand in the private folder; they are made again for everybody.
                thing.renditions.all().delete()


def discard(contribution: Contribution) -> None:
    """Delete the pictures and documents of what was refused, unless something else shows them."""
    waiting = set(Collection.objects.filter(name=WAITING).values_list("pk", flat=True))
    for row in usable(contribution):
        for thing in (row.image, row.document):
            if thing is not None and thing.collection_id in waiting and not _is_shown(thing):
                thing.delete()


def _is_shown(thing: Image | Document) -> bool:
    return bool(ReferenceIndex.get_references_to(thing).exists())


def write(page: Any, contribution: Contribution) -> None:
    """Put the files into the page's fields; save nothing."""
    rows = usable(contribution)
    if isinstance(page, ToolPage):
        documents = [row.document for row in rows if row.document is not None]
        if documents:
            page.document = documents[-1]
        return
    blocks = values.raw(page.gallery)
    pictures = {child["value"]["image"]["image"] for child in blocks if child["type"] == "picture"}
    documents_had = {
        item["value"] if isinstance(item, dict) else item
        for child in blocks
        if child["type"] == "documents"
        for item in child["value"]["documents"]
    }
    for row in rows:
        if row.image_id and row.image_id not in pictures:
            blocks.append(_picture_block(row))
    added = [row.document_id for row in rows if row.document_id and row.document_id not in documents_had]
    if added:
        blocks.append({"type": "documents", "value": {"title": "", "documents": added}})
    page.gallery = page._meta.get_field("gallery").stream_block.to_python(blocks)


def _picture_block(row: ContributionFile) -> dict[str, Any]:
    decorative = not row.description
    image = {"image": row.image_id, "decorative": decorative, "alt_text": row.description}
    return {"type": "picture", "value": {"image": image, "caption": "", "credit": row.credit}}
