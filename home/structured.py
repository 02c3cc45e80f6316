"""The association, its articles and its films as schema.org describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.templatetags.static import static

from common.addresses import absolute, language_of, path_of
from common.pictures import picture
from common.web.sharing import address_of, default_image
from common.web.structured import article, organisation_reference, register_organisation

from .feeds import morning_of
from .models import SiteSettings

if TYPE_CHECKING:
    from .models import NewsPage, VideoPage

    Data = dict[str, Any]

LOGO = "icons/icon.svg"


def organisation_data() -> Data:
    """The association, from the site's settings; in one query."""
    settings = SiteSettings.objects.order_by("pk").first() or SiteSettings()
    data: Data = {
        "name": settings.association_name,
        "url": absolute("/"),
        "logo": absolute(static(LOGO)),
        "areaServed": {"@type": "AdministrativeArea", "name": "Métropole européenne de Lille"},
    }
    if settings.contact_email:
        data["email"] = settings.contact_email
    if settings.postal_address:
        data["address"] = " ".join(settings.postal_address.split())
    return data


def picture_of(page: NewsPage | VideoPage, image_id: int | None) -> str:
    """The address of a page's own picture; of its shared picture when it has none."""
    found = picture(image_id)
    if found is not None:
        return found.fallback.url
    return address_of(str(page.translation_key), language_of(page)) or default_image()


def article_data(page: NewsPage) -> Data:
    """A news item."""
    data = article(page, page.published_on, picture_of(page, page.picture_id))
    return {**data, "@type": "NewsArticle"}


def iso_duration(seconds: int) -> str:
    """`195` → `PT3M15S` (ISO 8601)."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (rest, "S"))
    return "PT" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0S")


def video_data(page: VideoPage) -> Data:
    """A film, its captions and its transcript."""
    film = page.shown_facts
    url = absolute(path_of(page))
    data: Data = {
        "@type": "VideoObject",
        "@id": f"{url}#video",
        "name": page.title,
        "description": page.share_description,
        "url": url,
        "inLanguage": "fr",
        "thumbnailUrl": absolute(picture_of(page, page.poster_id)),
        "uploadDate": morning_of(page.published_on).isoformat(),
        "publisher": organisation_reference(),
    }
    if film.file:
        data["contentUrl"] = absolute(film.file.url)
    elif film.address:
        data["sameAs"] = film.address
    if film.duration:
        data["duration"] = iso_duration(film.duration)
    if film.captions:
        data["caption"] = {
            "@type": "MediaObject",
            "contentUrl": absolute(film.captions.url),
            "encodingFormat": "text/vtt",
            "inLanguage": "fr",
        }
    if page.transcript:
        data["transcript"] = page.transcript
    return data


def register() -> None:
    """Register the association."""
    register_organisation(organisation_data)
