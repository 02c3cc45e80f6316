"""Pictures, films and files."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from common.blocks import samples


class PictureBlock(blocks.StructBlock):
    """A picture with its text alternative, unless it only decorates."""

    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)
    credit = blocks.CharBlock(label=_("Credit"), required=False)

    def get_preview_value(self) -> Any:
        image = next(iter(samples.pictures(1)), None)
        caption = "Atelier du 16 mars : chacun écrit ce qu’il transmettra."
        return self.normalize({"image": image, "caption": caption})

    class Meta:
        icon = "image"
        label = _("Image")
        template = "blocks/picture.html"
        description = _("Say what the picture shows, or mark it as decorative.")


class GalleryBlock(blocks.StructBlock):
    """Several pictures of one moment."""

    title = blocks.CharBlock(label=_("Title"), required=False)
    images = blocks.ListBlock(ImageBlock(), label=_("Images"), min_num=2, max_num=12)

    def get_preview_value(self) -> Any:
        return self.normalize({"title": "La cérémonie en images", "images": samples.pictures(3)})

    class Meta:
        icon = "copy"
        label = _("Gallery")
        template = "blocks/gallery.html"
        description = _("Two to twelve pictures in a grid.")


class VideoBlock(blocks.StructBlock):
    """A video of the site, played in place."""

    page = blocks.PageChooserBlock(label=_("Video"), page_type="home.VideoPage")

    def get_preview_value(self) -> Any:
        return self.normalize({"page": samples.page(self.child_blocks["page"].target_model)})

    class Meta:
        icon = "media"
        label = _("Video")
        template = "blocks/video.html"
        description = _("Choose one of the published videos; its captions and transcript come along.")


class DocumentsBlock(blocks.StructBlock):
    """Files to download."""

    title = blocks.CharBlock(label=_("Title"), default="", required=False)
    documents = blocks.ListBlock(DocumentChooserBlock(), label=_("Documents"), min_num=1)

    def get_preview_value(self) -> Any:
        return self.normalize({"title": "À télécharger", "documents": samples.documents(2)})

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        template = "blocks/documents.html"
        description = _("Files with their format and size.")
