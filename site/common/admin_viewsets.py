"""Lists and forms of the admin for rows that are not pages.

`RoomViewSet` keeps only the actions that make sense, and refuses a deletion with its reasons where
Wagtail's own view would end in a 500 (a protected foreign key). `InboxViewSet` is for rows that
come from elsewhere: they are read and dealt with, never written.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import router
from django.db.models import ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import BaseOperationView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from common.admin_exports import HarmlessExportIndexView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase
    from django.urls import URLPattern
    from django.utils.functional import _StrPromise

CONFLICT = 409
ACTIONS = frozenset({"add", "edit", "delete"})


def namespace(name: str) -> str:
    """The namespace of a list of the admin, apart from those of the public site."""
    return f"admin_{name.replace('-', '_')}"


def dependants(instance: Model) -> list[str]:
    """What keeps a row from being deleted: “3 good practices”, “1 signature”. Empty when nothing does.

    A page and its facts go by the same name: the facts, one for all languages, are counted.
    """
    collector = Collector(using=router.db_for_write(type(instance)), origin=instance)
    try:
        collector.collect([instance])
    except ProtectedError as error:
        rows: Iterable[Model] = error.protected_objects
    except RestrictedError as error:
        rows = error.restricted_objects
    else:
        return []
    named: dict[str, tuple[int, str]] = {}
    for model, count in Counter(type(row) for row in rows).items():
        one = str(model._meta.verbose_name)
        if one not in named or count < named[one][0]:
            named[one] = count, str(model._meta.verbose_name_plural)
    return [f"{count} {one if count == 1 else many}" for one, (count, many) in sorted(named.items())]


class GuardedDeleteView(generic.DeleteView):
    """Says what still depends on a row instead of failing on it."""

    template_name = "wagtailadmin/generic/guarded_delete.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if dependants(self.object):
            return self.render_to_response(self.get_context_data(), status=CONFLICT)
        response: HttpResponseBase = super().post(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["dependants"] = dependants(self.object)
        return context


class RoomViewSet(ModelViewSet):
    """A list with the actions named in `offered`, among “add”, “edit” and “delete”."""

    index_view_class = HarmlessExportIndexView
    delete_view_class = GuardedDeleteView
    copy_view_enabled = False
    offered: ClassVar[frozenset[str]] = ACTIONS
    search_backend_name = None

    @property
    def url_namespace(self) -> str:
        """Apart from the namespaces of the public site."""
        return namespace(self.name)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        missing = ACTIONS - self.offered
        without = {f"{action}_url_name": None for action in missing}
        if "edit" in missing:
            without |= {"history_url_name": None, "usage_url_name": None}
        merged: dict[str, Any] = super().get_common_view_kwargs(**{**without, **kwargs})
        return merged

    def get_urlpatterns(self) -> list[URLPattern]:
        missing = ACTIONS - self.offered
        if "edit" in missing:
            missing |= {"history", "history_results", "usage"}
        patterns: list[URLPattern] = super().get_urlpatterns()
        return [pattern for pattern in patterns if pattern.name not in missing]

    @property
    def url_finder_class(self) -> type[ModelAdminURLFinder]:
        """Where the site’s history leads: the form, or the row in full where there is no form."""
        view = "edit" if "edit" in self.offered else "inspect"
        return type("RoomURLFinder", (ModelAdminURLFinder,), {"edit_url_name": self.get_url_name(view)})


class HandleView(PermissionCheckedMixin, BaseOperationView):
    """One thing done to a row that waits, on POST, and written in its history."""

    permission_required = "change"
    http_method_names: ClassVar[Sequence[str]] = ["post", "options"]
    index_url_name: str = ""
    action: str = ""

    def handle(self) -> bool:
        """Do it; say whether there was something to do. Subclasses must."""
        raise NotImplementedError

    def perform_operation(self) -> None:
        if self.handle():
            log(self.object, self.action, user=self.request.user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.user_has_permission_for_instance("change", self.object):
            raise PermissionDenied
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def get_success_url(self) -> str:
        return self.next_url or reverse(self.index_url_name)


class InboxInspectView(generic.InspectView):
    """A row in full, with the buttons of what can be done about it."""

    template_name = "wagtailadmin/generic/inbox_inspect.html"
    handle_url_name: str = ""
    handle_label: str | _StrPromise = ""

    def can_be_handled(self) -> bool:
        """Whether there is something left to do."""
        return True

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, dt.datetime):
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        return value

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if self.user_has_permission("change") and self.can_be_handled():
            context["handle_url"] = reverse(self.handle_url_name, args=[self.object.pk])
            context["handle_label"] = self.handle_label
        context["index_url"] = reverse(self.index_url_name) if self.index_url_name else ""
        return context

    def get_page_title(self) -> str:
        return capfirst(str(self.model._meta.verbose_name))


class InboxViewSet(RoomViewSet):
    """Rows that are read and dealt with: a list, the row in full, one button."""

    offered = frozenset({"delete"})
    inspect_view_enabled = True
    inspect_view_class = InboxInspectView
    handle_view_class: ClassVar[type[HandleView]]
    add_to_reference_index = False
    # Nothing is written in a form here, but the base class wants to know its fields.
    form_fields: ClassVar[Sequence[str]] = ()
    handle_label: ClassVar[str | _StrPromise] = _("Mark as handled")

    def get_inspect_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        merged: dict[str, Any] = super().get_inspect_view_kwargs(
            handle_url_name=self.get_url_name("handle"), handle_label=self.handle_label, **kwargs
        )
        return merged

    def get_urlpatterns(self) -> list[URLPattern]:
        handle = self.construct_view(self.handle_view_class)
        return [*super().get_urlpatterns(), path("handle/<int:pk>/", handle, name="handle")]
