"""What this part adds to the registries of the site."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.registries import PersonalData, register_personal_data
from common.ticking import DAY, MINUTE, Job, jobs
from toolbox.models import ImportRun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from common.registries import Retained
    from members.models import User

# Reports serve while a file is being mended; the pages and their history remain.
KEPT = dt.timedelta(days=180)


def export(user: User) -> list[dict[str, Any]]:
    """The files that she brought in."""
    rows = ImportRun.objects.filter(started_by=user).order_by("created_at", "pk")
    return [
        {"file": row.name, "kind": row.get_kind_display(), "lines": row.total, "created_at": row.created_at}
        for row in rows
    ]


def erase(user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """The runs stay, without a name."""
    ImportRun.objects.filter(started_by=user).update(started_by=None)
    return ()


def forget_old() -> int:
    """Delete the files and reports of imports that ended long ago; return how many."""
    old = ImportRun.objects.filter(finished_at__lt=timezone.now() - KEPT)
    names = {run.file.name for run in old if run.file.name}
    gone = old.delete()[0]
    still = set(ImportRun.objects.filter(file__in=names).values_list("file", flat=True))
    storage = ImportRun._meta.get_field("file").storage
    for name in names - still:
        storage.delete(name)
    return gone


def register() -> None:
    """Called once, when the site starts."""
    from .tasks import take_up_silent  # noqa: PLC0415 (tasks are read once the apps are)

    jobs.register(Job("toolbox.take_up_imports", 5 * MINUTE, take_up_silent))
    jobs.register(Job("toolbox.forget_imports", DAY, forget_old))
    register_personal_data(
        PersonalData(
            key="imports",
            label=_("files brought in"),
            export=export,
            erase=erase,
            rows=lambda user: (ImportRun.objects.filter(started_by=user),),
            models=("toolbox.ImportRun",),
            labels={"file": _("file"), "lines": _("lines")},
            order=90,
        )
    )
