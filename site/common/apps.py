"""What every room shares."""

from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    """Connects what must hear of every change."""

    name = "common"
    verbose_name = _("Shared")

    def ready(self) -> None:
        from wagtail.models import get_page_models  # noqa: PLC0415
        from wagtail.signals import page_published, page_unpublished, post_page_move  # noqa: PLC0415

        from common import checks, facts, generation, gone, pictures  # noqa: F401, PLC0415
        from common.uploads import registration as uploads  # noqa: PLC0415
        from common.web import sharing  # noqa: PLC0415

        for signal in (post_save, post_delete, m2m_changed):
            signal.connect(generation.on_change, dispatch_uid="generation")
        post_page_move.connect(generation.on_change, dispatch_uid="generation")
        for model in get_page_models():
            pre_delete.connect(
                gone.remember_deleted_page, sender=model, dispatch_uid=f"gone.{model.__name__}"
            )
            post_delete.connect(facts.on_deleted, sender=model, dispatch_uid=f"facts.{model.__name__}")
            pre_delete.connect(sharing.forget_deleted, sender=model, dispatch_uid=f"sharing.{model.__name__}")
        page_published.connect(gone.forget_address, dispatch_uid="gone")
        page_published.connect(pictures.make_on_publish, dispatch_uid="pictures")
        page_published.connect(sharing.make_on_publish, dispatch_uid="sharing")
        page_published.connect(facts.on_published, dispatch_uid="facts")
        page_unpublished.connect(facts.on_unpublished, dispatch_uid="facts")
        uploads.register()
