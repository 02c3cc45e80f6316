"""One run over a folder of content: what its parts share."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page

from common.models import Document
from common.pages import Menu
from home.content.ledger import Ledger
from home.content.lookups import Lookups
from home.content.reading import ContentError, read_list, read_page, read_pages
from home.models import HomePage, VideoPage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from common.models import Image
    from home.content.reading import Source
    from home.models import LoadedRow

# Words of the files and menus of the site.
MENUS = {
    "main": Menu.HEADER,
    "footer": Menu.FOOTER_ASSOCIATION,
    "legal": Menu.FOOTER_LEGAL,
    "none": Menu.NONE,
}


class Loading:
    """Reads files and finds what they name. What is wrong in a file is kept for the end."""

    def __init__(self, root: Path, origin: LoadedRow.Origin) -> None:
        self.root = root.resolve()
        self.ledger = Ledger(origin)
        self.lookups = Lookups()
        self.today = timezone.localdate()
        self.featured: list[int] = []
        self.images: dict[str, Image] = {}
        self._parents: dict[type[Page], Page | None] = {}

    @cached_property
    def home(self) -> HomePage:
        """The French home page."""
        return HomePage.objects.get(locale__language_code=settings.LANGUAGE_CODE, depth=2)

    # ------------------------------------------------------------ files
    def entries(self, name: str) -> list[Source]:
        """The entries of a YAML list of the folder; none when it is not there."""
        try:
            return read_list(self.root / name, self.root)
        except ContentError as error:
            self.ledger.errors.append(error)
            return []

    def pages(self, folder: str) -> Iterator[Source]:
        """The Markdown files of a folder."""
        return read_pages(self.root / folder, self.root, self.ledger.errors)

    def page(self, name: str) -> list[Source]:
        """One Markdown file, when it is there and can be read."""
        try:
            return [read_page(self.root / name, self.root)] if (self.root / name).exists() else []
        except ContentError as error:
            self.ledger.errors.append(error)
            return []

    # ------------------------------------------------------------ what files name
    def image(self, name: str, source: Source, at: str | int | None = None) -> int:
        """The id of a loaded picture, by the name of its file."""
        if name not in self.images:
            raise source.error(f"no such image: {name}", at)
        return self.images[name].pk

    def document(self, slug: str, source: Source, at: str | int | None = None) -> int:
        """The id of the file of a tool."""
        record = self.ledger.rows.get(f"documents/{slug}")
        if record is None:
            raise source.error(f"no tool with a file: {slug}", at)
        return self.lookups.find(Document, "pk", record.object_pk, source, at).pk

    def video(self, slug: str, source: Source, at: str | int | None = None) -> int:
        """The id of the page of a video."""
        return self.lookups.find(VideoPage, "slug", slug, source, at).pk

    def parent(self, model: type[Any]) -> Any:
        """The one French page of a type, such as the list of practices."""
        if model not in self._parents:
            self._parents[model] = model._default_manager.descendant_of(self.home).first()
        return self._parents[model]

    def parent_of(self, source: Source) -> Page:
        """The page that a page of the association stands under."""
        above = source.text("parent", "")
        if not above:
            return self.home
        return self.lookups.find(Page, "url_path", f"{self.home.url_path}{above}/", source, "parent")

    def menu(self, source: Source) -> str:
        """The menu that lists a page."""
        name = source.text("menu", "none")
        if name not in MENUS:
            raise source.error(f"“menu” is “{name}”; it must be one of: {', '.join(MENUS)}", "menu")
        return str(MENUS[name])
