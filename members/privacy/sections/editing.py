"""What somebody who works on the site made there: files sent, pages begun, drafts, remarks."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import (
    APIToken,
    Comment,
    CommentReply,
    Page,
    PageSubscription,
    Revision,
    TaskState,
    UploadedFile,
    WorkflowState,
)

from common.models import Document, Image
from common.registries import PersonalData, Retained

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import QuerySet

    from members.models import User

BATCH = 200


# ---------------------------------------------------------------- files
def uploads(user: User) -> tuple[QuerySet[Any], ...]:
    """Pictures and documents that she sent."""
    return Image.objects.filter(uploaded_by_user=user), Document.objects.filter(uploaded_by_user=user)


def export_uploads(user: User) -> Iterator[dict[str, Any]]:
    """Their titles; the files themselves are in the archive."""
    images, documents = uploads(user)
    for row in chain(images.order_by("pk").iterator(BATCH), documents.order_by("pk").iterator(BATCH)):
        yield {
            "kind": str(row._meta.verbose_name),
            "title": row.title,
            "created_at": row.created_at,
            "size": row.file_size,
        }


def upload_files(user: User) -> Iterator[tuple[str, str]]:
    """The files, under their titles."""
    for folder, rows in zip(("images", "documents"), uploads(user), strict=True):
        for row in rows.order_by("pk").iterator(BATCH):
            suffix = row.file.name.rpartition(".")[2]
            yield f"{folder}/{row.title.replace('/', ' ')}.{suffix}", row.file.name


def erase_uploads(user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """What waited for a form to be filled in goes; pictures and documents of the site stay."""
    for waiting in UploadedFile.objects.filter(uploaded_by_user=user):
        waiting.file.delete(save=False)
        waiting.delete()
    return ()


UPLOADS = PersonalData(
    key="uploads",
    label=gettext_lazy("pictures and documents I sent"),
    export=export_uploads,
    erase=erase_uploads,
    files=upload_files,
    rows=uploads,
    models=("common.Image", "common.Document", "wagtailcore.UploadedFile"),
    order=96,
)


# ---------------------------------------------------------------- pages
def export_editing(user: User) -> Iterator[dict[str, Any]]:
    """Pages that she began, versions that she saved, remarks that she wrote on drafts."""
    for page in Page.objects.filter(owner=user).order_by("pk").iterator(BATCH):
        yield {"kind": str(_("page")), "title": page.title, "created_at": page.first_published_at}
    for revision in Revision.objects.filter(user=user).order_by("pk").defer("content").iterator(BATCH):
        yield {"kind": str(_("version")), "title": revision.object_str, "created_at": revision.created_at}
    remarks = Comment.objects.filter(user=user).order_by("pk")
    replies = CommentReply.objects.filter(user=user).order_by("pk")
    for remark in chain(remarks.iterator(BATCH), replies.iterator(BATCH)):
        yield {"kind": str(_("remark")), "text": remark.text, "created_at": remark.created_at}


def erase_editing(user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """What only served her goes; pages, versions and remarks stay under “Former member”."""
    for model in (EditingSession, FormState, PageSubscription, APIToken):
        model.objects.filter(user=user).delete()
    Page.objects.filter(locked_by=user).update(locked=False, locked_by=None, locked_at=None)
    return ()


EDITING = PersonalData(
    key="editing",
    label=gettext_lazy("pages I worked on"),
    export=export_editing,
    erase=erase_editing,
    rows=lambda user: (Page.objects.filter(owner=user), Revision.objects.filter(user=user)),
    models=tuple(
        model._meta.label
        for model in (
            *(Page, Revision, Comment, CommentReply, PageSubscription),
            *(WorkflowState, TaskState, EditingSession, FormState, APIToken),
        )
    ),
    order=97,
)
