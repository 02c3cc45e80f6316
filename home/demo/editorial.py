"""News, videos, the pages of the association, the charter's page and the home page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from charters.models import CharterPage
from home.content.front import hero, home_sections
from home.content.media import replace_file
from home.content.publishing import body_of, put_page
from home.models import HomePage, NewsIndexPage, NewsPage, StandardPage, VideoIndexPage, VideoPage

if TYPE_CHECKING:
    from home.content.loading import Loading
    from home.content.reading import Source

FRONT = ("home",)


def write_news(source: Source, page: NewsPage | None, loading: Loading) -> NewsPage:
    """An article."""
    image = source.text("image", "")
    values = {
        "title": source.text("title"),
        "slug": source.slug,
        "summary": source.text("summary"),
        "published_on": source.required_day("published"),
        "picture_id": loading.image(image, source, "image") if image else None,
        "themes": loading.lookups.themes(source),
        "example": source.flag("example"),
        "operation": loading.lookups.operation(source),
        "body": body_of(source, NewsPage._meta.get_field("body").stream_block, loading),
    }
    return put_page(page or NewsPage(), loading.parent(NewsIndexPage), values, source.published())


def load_news(loading: Loading) -> None:
    """Load `news/*.md`."""
    for source in loading.pages("news"):
        key = f"news/{source.slug}"
        loading.ledger.write(key, source, NewsPage, write_news, {"slug": source.slug}, loading)


def _film_values(source: Source, page: VideoPage, loading: Loading) -> dict[str, Any]:
    folder = loading.root / "videos" / "files"
    for key, field in (("file", page.file), ("captions", page.captions)):
        if source.meta.get(key):
            replace_file(field, source.file(source.text(key), folder, key))
    poster = source.text("poster", "")
    return {
        "address": source.text("url", ""),
        "poster_id": loading.image(poster, source, "poster") if poster else None,
        "duration": source.number("duration_seconds"),
        "transcript": source.text("transcript", "") or source.body.strip(),
    }


def write_video(source: Source, page: VideoPage | None, loading: Loading) -> VideoPage:
    """The page of a video."""
    page = page or VideoPage()
    lead, *others = loading.lookups.themes(source)
    values = {
        "title": source.text("title"),
        "slug": source.slug,
        "summary": source.text("summary"),
        "lead_theme": lead,
        "themes": others,
        "example": source.flag("example"),
        "published_on": source.required_day("published"),
        "operation": loading.lookups.operation(source),
        **_film_values(source, page, loading),
    }
    return put_page(page, loading.parent(VideoIndexPage), values, source.published())


def load_videos(loading: Loading) -> None:
    """Load `videos/*.md` and their films, captions and posters."""
    folder = loading.root / "videos" / "files"
    for source in loading.pages("videos"):
        names = [source.text(key, "") for key in ("file", "captions")]
        files = [folder / name for name in names if name and (folder / name).is_file()]
        key = f"videos/{source.slug}"
        loading.ledger.write(
            key, source.depending_on(*files), VideoPage, write_video, {"slug": source.slug}, loading
        )


def write_standard(source: Source, page: StandardPage | None, loading: Loading) -> StandardPage:
    """A page of the association."""
    values = {
        "title": source.text("title"),
        "slug": source.slug,
        "summary": source.text("summary"),
        "menu": loading.menu(source),
        "menu_title": source.text("menu_title", ""),
        "operation": loading.lookups.operation(source),
        "body": body_of(source, StandardPage._meta.get_field("body").stream_block, loading),
    }
    return put_page(page or StandardPage(), loading.parent_of(source), values, source.published())


def load_standard_pages(loading: Loading) -> None:
    """Load `pages/**/*.md`, parents first; the home page has its own."""
    for source in loading.pages("pages"):
        if source.slug in FRONT:
            continue
        path = source.path.relative_to(loading.root).with_suffix("")
        natural = {"url_path": f"{loading.home.url_path}{path.relative_to('pages')}/"}
        loading.ledger.write(str(path), source, StandardPage, write_standard, natural, loading)


def write_charter_page(source: Source, page: CharterPage | None, loading: Loading) -> CharterPage:
    """The words around the charter's text."""
    values = {
        "title": source.text("title"),
        "summary": source.text("summary"),
        "body": body_of(source, CharterPage._meta.get_field("body").stream_block, loading),
    }
    page = page or loading.parent(CharterPage)
    return put_page(page, loading.home, values)


def write_home(source: Source, page: HomePage | None, loading: Loading) -> HomePage:
    """The home page with all its sections."""
    values = {
        "summary": source.text("summary"),
        **hero(source),
        "sections": home_sections(source, loading, loading.featured),
    }
    return put_page(page or loading.home, loading.home, values)


def load_front(loading: Loading) -> None:
    """Load `charter.md` and `pages/home.md` over the pages that the installation made."""
    natural = {"url_path": loading.home.url_path}
    for source in loading.page("charter.md"):
        charter = {"url_path": f"{loading.home.url_path}charte/"}
        loading.ledger.write("pages/charte", source, CharterPage, write_charter_page, charter, loading)
    for source in loading.page("pages/home.md"):
        loading.ledger.write(
            "pages/home", source.depending_on(loading.featured), HomePage, write_home, natural, loading
        )
