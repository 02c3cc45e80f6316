"""The short forms in the admin: form, page, and back to the dashboard with a link to what was made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from common.addresses import path_of
from events.models import EventIndexPage
from home.models import NewsIndexPage, VideoIndexPage

from . import publishing
from .forms import EventForm, NewsForm, QuickForm, VideoForm
from .uploads import release

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase
    from django.utils.functional import _StrPromise

    from common.pages import BasePage
    from members.models import User


class QuickPublishView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """One kind of page, from a short form. Needs the right to add below its list, and to publish there."""

    template_name = "home/admin/publish.html"
    success_url = "/admin/"
    index_model: ClassVar[type[BasePage]]
    make: ClassVar[Callable[..., BasePage]]
    url_name: ClassVar[str]
    lead: ClassVar[str | _StrPromise]

    @cached_property
    def parent(self) -> BasePage | None:
        """Where the page goes."""
        return publishing.index_of(self.index_model)

    @property
    def user(self) -> User:
        """Who publishes; the admin lets no one else in."""
        return cast("User", self.request.user)

    @cached_property
    def can_publish(self) -> bool:
        """Whether this user may put it on line."""
        return (
            self.parent is not None
            and self.parent.permissions_for_user(self.request.user).can_publish_subpage()
        )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.parent is None:
            messages.warning(
                request,
                _("First create the page “%(name)s”: what you publish goes below it.")
                % {"name": self.index_model.kind_label},
            )
            return HttpResponseRedirect(reverse("wagtailadmin_home"))
        if not self.parent.permissions_for_user(request.user).can_add_subpage():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def as_draft(self) -> bool:
        """Whether the form asks for a draft. Raises PermissionDenied when it asks for more than it may."""
        draft = "draft" in self.request.POST
        if not draft and not self.can_publish:
            raise PermissionDenied
        return draft

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()
        if self.request.method == "POST":
            kwargs["draft"] = self.as_draft
        return kwargs

    def form_valid(self, form: QuickForm) -> HttpResponse:
        assert self.parent is not None  # noqa: S101 (dispatch saw to it)
        try:
            with transaction.atomic():
                page = self.make(form.cleaned_data, self.user)
                publishing.add_page(self.parent, page, self.user, publish=not form.draft)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.form_invalid(form)
        release(form.cleaned_data.values())
        return self.run_hooks(page, form.draft) or self.say(page, form.draft)

    def form_invalid(self, form: QuickForm) -> HttpResponse:
        form.remember_files()
        messages.validation_error(
            self.request, _("Nothing is published yet: something is missing. What you typed is below."), form
        )
        return super().form_invalid(form)

    def run_hooks(self, page: BasePage, draft: bool) -> HttpResponse | None:
        """What the editor's own views run: translations are prepared there."""
        for name in ("after_create_page",) if draft else ("after_create_page", "after_publish_page"):
            for hook in hooks.get_hooks(name):
                response: HttpResponse | None = hook(self.request, page)
                if hasattr(response, "status_code"):
                    return response
        return None

    def say(self, page: BasePage, draft: bool) -> HttpResponse:
        """Back to the dashboard, with links to see the page and to go on with it."""
        edit = messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Go on in the editor"))
        if draft:
            see = messages.button(
                reverse("wagtailadmin_pages:view_draft", args=[page.pk]), _("See the draft")
            )
            text = _("“%(title)s” is kept as a draft.")
        else:
            see = messages.button(path_of(page), _("See it"))
            text = _("“%(title)s” is on line.")
        messages.success(self.request, text % {"title": page.title}, buttons=[see, edit])
        return HttpResponseRedirect(reverse("wagtailadmin_home"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context |= {"can_publish": self.can_publish, "lead": self.lead, "media": context["form"].media}
        return context

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class PublishNewsView(QuickPublishView):
    """A news item."""

    form_class = NewsForm
    index_model = NewsIndexPage
    make = staticmethod(publishing.news_page)
    url_name = "publish_news"
    page_title = gettext_lazy("Publish a news item")
    header_icon = "doc-full-inverse"
    lead = gettext_lazy("What happened, for whom, and what one can do next. Ten lines are enough.")


class PublishVideoView(QuickPublishView):
    """A video."""

    form_class = VideoForm
    index_model = VideoIndexPage
    make = staticmethod(publishing.video_page)
    url_name = "publish_video"
    page_title = gettext_lazy("Publish a video")
    header_icon = "media"
    lead = gettext_lazy(
        "A film of ours, or one that stands elsewhere. Captions and transcript can be added later."
    )


class PublishEventView(QuickPublishView):
    """An event."""

    form_class = EventForm
    index_model = EventIndexPage
    make = staticmethod(publishing.event_page)
    url_name = "publish_event"
    page_title = gettext_lazy("Announce an event")
    header_icon = "date"
    lead = gettext_lazy("Enough for the agenda. The programme can follow: the dashboard reminds you of it.")


VIEWS = (PublishNewsView, PublishVideoView, PublishEventView)
