"""The order in which the demonstration is loaded, and what comes after."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from common.gathering import gathered
from common.models import Image
from common.pictures import SPECS, make_renditions
from home.content.loading import Loading
from home.content.media import PICTURES, file_source, put_image
from home.content.reading import ContentError
from home.demo.accounts import load_accounts
from home.demo.adoptions import load_adoptions
from home.demo.charter import load_signatures
from home.demo.comments import load_comments
from home.demo.contributions import load_contributions
from home.demo.editorial import load_front, load_news, load_standard_pages, load_videos
from home.demo.events import load_events
from home.demo.hands import load_hands
from home.demo.kits import load_kits
from home.demo.members import load_members
from home.demo.practices import load_practices
from home.demo.removal import remove
from home.demo.rows import load_rows
from home.demo.tools import load_tools
from home.models import LoadedRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Say = Callable[[str], object]
    Part = Callable[[Loading], object]


def load_images(loading: Loading) -> None:
    """Load `images/*` and the posters of videos; `images.yaml` says what it knows of each."""
    known = {source.text("file"): source.meta for source in loading.entries("images/images.yaml")}
    for folder in ("images", "videos/files"):
        for path in sorted((loading.root / folder).glob("*")):
            if path.suffix not in PICTURES:
                continue
            said = {key: str(value) for key, value in known.get(path.name, {}).items() if key != "file"}
            source = file_source(path, loading.root, **{"title": path.stem.replace("-", " "), **said})
            image = loading.ledger.write(f"images/{path.name}", source, Image, put_image)
            if image is not None:
                loading.images[path.name] = image


PARTS: dict[str, Part] = {
    "organisations, operations, series": load_rows,
    "images": load_images,
    "tools": load_tools,
    "kits": load_kits,
    "practices": load_practices,
    "videos": load_videos,
    "events": load_events,
    "news": load_news,
    "pages": load_standard_pages,
    "signatures": load_signatures,
    "home page and charter": load_front,
}

# What people do, when the installation may have accounts that everybody knows.
MEMBERS: dict[str, Part] = {
    "accounts": load_accounts,
    "members": load_members,
    "contributions": load_contributions,
    "adoptions": load_adoptions,
    "comments": load_comments,
    "hands": load_hands,
}


def load(root: Path, say: Say, accounts: bool, inline: bool = True) -> Loading:
    """Load a folder of content; return what happened.

    Files that cannot be read are named in `ledger.errors`, and the rest is loaded all the same;
    rows whose file is gone go too, once everything can be read. With `inline`, background work is
    done before this returns; otherwise it is left to the queue.
    """
    loading = Loading(root, LoadedRow.Origin.DEMO)
    parts = PARTS | (MEMBERS if accounts else {})
    if not inline:
        _run(loading, parts, say)
        return loading
    with gathered() as work:
        _run(loading, parts, say)
        begun = time.monotonic()
        done = work.run()
    if done:
        say(_line("background work", f"{done} tasks", begun))
    return loading


def _run(loading: Loading, parts: dict[str, Part], say: Say) -> None:
    for name, part in parts.items():
        begun, before = time.monotonic(), _totals(loading)
        try:
            part(loading)
        except ContentError as error:
            loading.ledger.errors.append(error)
        say(_line(name, _difference(before, _totals(loading)), begun))
    if not loading.ledger.errors:
        begun, before = time.monotonic(), _totals(loading)
        remove(loading.ledger, loading.ledger.unseen())
        if _totals(loading) != before:
            say(_line("gone from the folder", _difference(before, _totals(loading)), begun))
    begun = time.monotonic()
    made = make_missing_renditions(loading)
    if made:
        say(_line("renditions", f"{made} images", begun))


def make_missing_renditions(loading: Loading) -> int:
    """Cut the loaded images that are not yet cut to every size; return how many."""
    pks = [image.pk for image in loading.images.values()]
    done = Count("renditions", filter=Q(renditions__filter_spec__in=SPECS))
    images = Image.objects.filter(pk__in=pks).annotate(done=done).filter(done__lt=len(SPECS))
    for image in images:
        make_renditions(image)
    return len(images)


def _totals(loading: Loading) -> dict[str, int]:
    totals: dict[str, int] = {}
    for counts in loading.ledger.outcomes.values():
        for outcome, number in counts.items():
            totals[outcome] = totals.get(outcome, 0) + number
    return totals


def _difference(before: dict[str, int], after: dict[str, int]) -> str:
    rows = {outcome: number - before.get(outcome, 0) for outcome, number in after.items()}
    return ", ".join(f"{number} {outcome}" for outcome, number in rows.items() if number) or "nothing"


def _line(name: str, what: str, begun: float) -> str:
    return f"{name:<36}{what:<36}{time.monotonic() - begun:5.1f} s"
