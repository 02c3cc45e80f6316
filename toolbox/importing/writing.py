"""Writing one line: a new page, its next revision, or nothing when nothing changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail.signals import page_published

from toolbox.models import (
    Contribution,
    ImportedRow,
    ImportLine,
    PracticeIndexPage,
    PracticePage,
    ToolIndexPage,
    ToolPage,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.core.exceptions import ValidationError

    from members.models import User

    from .lines import Line

Outcome = ImportLine.Outcome
Imported = PracticePage | ToolPage
PAGES: Mapping[str, tuple[type[Any], type[Any]]] = {
    Contribution.Kind.PRACTICE: (PracticePage, PracticeIndexPage),
    Contribution.Kind.TOOL: (ToolPage, ToolIndexPage),
}
# Told of a line, not of a page.
APART = frozenset({"slug", "theme", "published"})
# What is saved a moment after the revision that an import wrote is still its own.
SAME_MOMENT = dt.timedelta(seconds=2)


@dataclass(frozen=True)
class Written:
    """What became of a line."""

    outcome: str
    page: Imported | None = None
    messages: Sequence[str] = field(default_factory=list)


def parent_of(kind: str) -> Any:
    """The French list under which the pages of a kind stand. Raises DoesNotExist without one."""
    _page, index = PAGES[kind]
    return index.objects.get(locale=Locale.get_default())


def write(line: Line, kind: str, parent: Any, by: User | None, *, publish: bool) -> Written:
    """Write a line that has no problem, inside the caller's transaction."""
    known = ImportedRow.objects.select_related("page").filter(kind=kind, slug=line.slug).first()
    page = _page_of(kind, line.slug, parent, known)
    if page is None:
        return _created(line, kind, parent, by, known, publish=publish)
    if known is None:
        return Written(
            Outcome.REFUSED,
            page,
            [_("a page that no file brought already has this address: it is left alone")],
        )
    if known.fingerprint == line.fingerprint:
        return _unchanged(page, by, publish=publish)
    if page.latest_revision_created_at and page.latest_revision_created_at > known.read_at + SAME_MOMENT:
        return Written(
            Outcome.REFUSED, page, [_("somebody has changed this page on the site since: it is left alone")]
        )
    return _updated(line, kind, page, by, publish=publish)


def _page_of(kind: str, slug: str, parent: Any, known: ImportedRow | None) -> Imported | None:
    model, _index = PAGES[kind]
    if known is not None and known.page is not None:
        found: Imported | None = model.objects.filter(pk=known.page.pk).first()
        return found
    return model.objects.child_of(parent).filter(slug=slug).first()


def _created(
    line: Line, kind: str, parent: Any, by: User | None, known: ImportedRow | None, *, publish: bool
) -> Written:
    """A new page with its one revision, born on line: publishing would read it back and save it twice more."""
    model, _index = PAGES[kind]
    page = model(slug=line.slug, live=publish, locale=parent.locale)
    _fill(page, line)
    _complete_from_company(page)
    now = timezone.now()
    if publish:
        page.last_published_at = now
    page.first_published_at = _moment(line.values.get("published")) or (now if publish else None)
    parent.add_child(instance=page)
    revision = page.save_revision(user=by, clean=False, changed=not publish)
    if publish:
        Page.objects.filter(pk=page.pk).update(live_revision=revision)
        page.live_revision = revision
        page_published.send(sender=model, instance=page, revision=revision)
    if known is None:
        ImportedRow.objects.create(kind=kind, slug=line.slug, page=page, fingerprint=line.fingerprint)
    else:
        _remember(line, kind, page)
    return Written(Outcome.CREATED, page, line.remarks)


def _updated(line: Line, kind: str, page: Imported, by: User | None, *, publish: bool) -> Written:
    _fill(page, line)
    page.full_clean()
    _save(page, by, publish=publish or page.live)
    _remember(line, kind, page)
    return Written(Outcome.UPDATED, page, line.remarks)


def _unchanged(page: Imported, by: User | None, *, publish: bool) -> Written:
    if publish and not page.live and page.latest_revision is not None and not page.first_published_at:
        page.latest_revision.publish(user=by)
        return Written(Outcome.UPDATED, page, [_("published")])
    return Written(Outcome.UNCHANGED, page)


def _fill(page: Any, line: Line) -> None:
    for name, value in line.values.items():
        if name not in APART:
            setattr(page, name, value)
    lead, *others = line.values["theme"]
    page.lead_theme, page.themes = lead, others


def _complete_from_company(page: Imported) -> None:
    """A company's sector and size are those of its practices, unless the file says otherwise."""
    organisation = page.organisation
    if not isinstance(page, PracticePage) or organisation is None:
        return
    page.sector = page.sector or organisation.sector
    page.size = page.size or organisation.size or ""


def _moment(day: dt.date | None) -> dt.datetime | None:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(9))) if day else None


def _save(page: Any, by: User | None, *, publish: bool) -> None:
    """One revision, published or not."""
    revision = page.save_revision(user=by, clean=False, log_action=True)
    if publish:
        revision.publish(user=by)


def _remember(line: Line, kind: str, page: Imported) -> None:
    ImportedRow.objects.update_or_create(
        kind=kind,
        slug=line.slug,
        defaults={"page": page, "fingerprint": line.fingerprint, "read_at": timezone.now()},
    )


def said(error: ValidationError) -> list[str]:
    """What a page finds wrong with itself, field by field."""
    if hasattr(error, "error_dict"):
        return [f"{name}: {'; '.join(texts)}" for name, texts in error.message_dict.items()]
    return list(error.messages)
