"""Make the pictures of shared links that are missing or out of date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.web.drawing import DEFAULT_FAMILY, CardText, draw_card
from common.web.sharing import make_missing

if TYPE_CHECKING:
    from argparse import ArgumentParser


def draw_default(path: Path) -> None:
    """Draw the picture of pages that have none of their own."""
    with override(settings.LANGUAGE_CODE):
        text = CardText(
            title=_("What works for employment after fifty, shared between employers"),
            label=_("Lille metropolis"),
            kind=_("Practices, tools, meetings and a charter"),
            family=DEFAULT_FAMILY,
            site=settings.WAGTAIL_SITE_NAME,
            promise=_("Experience is a trump card"),
        )
    path.write_bytes(draw_card(text))


class Command(BaseCommand):
    """`manage.py make_share_images`: idempotent; run it after a change of design."""

    help = "Make the pictures of shared links that are missing or out of date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--default", type=Path, help="also draw the site's own picture to this file")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["default"]:
            draw_default(options["default"])
        self.stdout.write(f"{make_missing()} pictures made")
