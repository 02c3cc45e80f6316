"""Pictures in pages: cut to size when content is published, only looked up when it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django_tasks import task
from wagtail.fields import StreamField

from common.generation import per_generation
from common.models import Image, Rendition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wagtail.models import Page

WIDTHS = (480, 960, 1440)
SPECS = {f"width-{width}|format-webp": width for width in WIDTHS}


@dataclass(frozen=True, slots=True)
class Source:
    """One rendition: its address and its size in pixels."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """An image ready for `<img srcset>`: renditions from the narrowest to the widest."""

    sources: tuple[Source, ...]

    @property
    def fallback(self) -> Source:
        """The middle one, for browsers that do not choose."""
        return self.sources[min(1, len(self.sources) - 1)]

    @property
    def srcset(self) -> str:
        """The value of the attribute."""
        return ", ".join(f"{source.url} {source.width}w" for source in self.sources)


@per_generation
def _known() -> dict[int, Picture | None]:
    return {}


def warm(image_ids: Iterable[int | None]) -> dict[int, Picture | None]:
    """Look up the renditions of several images in one query; return all those known."""
    known = _known()
    missing = {pk for pk in image_ids if pk and pk not in known}
    if missing:
        found: dict[int, list[Source]] = {pk: [] for pk in missing}
        rows = Rendition.objects.filter(image_id__in=missing, filter_spec__in=SPECS).order_by("width", "pk")
        for row in rows:
            if all(source.width != row.width for source in found[row.image_id]):
                found[row.image_id].append(Source(row.url, row.width, row.height))
        known.update({pk: Picture(tuple(sources)) if sources else None for pk, sources in found.items()})
    return known


def picture(image_id: int | None) -> Picture | None:
    """The picture of an image, or None while its renditions are not made yet."""
    return warm([image_id]).get(image_id) if image_id else None


def make_renditions(image: Image) -> None:
    """Make the renditions of an image that are missing; never larger than the original."""
    image.get_renditions(*SPECS)


@task()
def make_all_renditions(image_ids: list[int]) -> None:
    """Background task: make what a page needs (idempotent)."""
    for image in Image.objects.filter(pk__in=image_ids):
        make_renditions(image)


def images_of(page: Page) -> Iterator[int]:
    """Ids of the images that a page's fields and blocks refer to."""
    for model_field in page._meta.get_fields():
        if model_field.is_relation and model_field.many_to_one and model_field.related_model is Image:
            image_id: Any = getattr(page, model_field.attname)
            if image_id:
                yield image_id
        elif isinstance(model_field, StreamField):
            value = getattr(page, model_field.name)
            for model, object_id, _path, _content_path in value.stream_block.extract_references(value):
                if model is Image:
                    yield int(object_id)


def make_on_publish(instance: Page, **_kwargs: Any) -> None:
    """Signal receiver: a page was published."""
    image_ids = sorted(set(images_of(instance)))
    if image_ids:
        transaction.on_commit(lambda: make_all_renditions.enqueue(image_ids))
