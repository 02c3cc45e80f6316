"""One act on one row, in the admin: a page that says what will happen, a form, a verb."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets import AdminAutoHeightTextInput

from members.companies.refusals import Refusal

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest
    from django.http.response import HttpResponse, HttpResponseBase
    from django.utils.functional import _StrPromise

REASON_LENGTH = 500


class ReasonForm(forms.Form):
    """Why: kept in the history."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=REASON_LENGTH,
        widget=AdminAutoHeightTextInput,
        help_text=_("Kept in the history, and sent to the person."),
    )


class ActionView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView[Any]):
    """Shows the form on GET, acts on POST; a refusal is said above the form, which keeps what was typed.

    Subclasses give `act`, and `allowed` where a permission on the model does not say it all.
    """

    model: ClassVar[type[Model]]
    permission_required = "change"
    template_name = "members/admin/action.html"
    form_class: type[forms.BaseForm] = forms.Form
    explanation: str | _StrPromise = ""
    submit_label: str | _StrPromise = _("Confirm")
    success_message: str | _StrPromise = ""
    serious = False
    header_icon = "edit"
    object: Any

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.object = None
        self.next_url = get_valid_next_url_from_request(request)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.user_has_permission(self.permission_required):
            raise PermissionDenied
        self.object = self.get_object()
        if not self.allowed():
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @property
    def by(self) -> Any:
        """Who acts."""
        return self.request.user

    def rows(self) -> QuerySet[Any]:
        """Among which the row is looked up: whatever is not there answers 404."""
        return self.model._default_manager.all()

    def get_object(self) -> Any:
        return get_object_or_404(self.rows(), pk=self.kwargs["pk"])

    def allowed(self) -> bool:
        """Whether this person may do this to this very row."""
        return True

    def act(self, form: Any) -> None:
        """Do it. Raises Refusal."""
        raise NotImplementedError

    def back(self) -> str:
        """Where one comes from, and goes to when it is done."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.act(form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        message = self.get_success_message()
        if message:
            messages.success(self.request, message)
        return redirect(self.next_url or self.back())

    def get_success_message(self) -> str:
        """What is said once it is done."""
        return str(self.success_message) % {"name": self.object} if self.success_message else ""

    def get_explanation(self) -> str:
        """What will happen, before the form."""
        return str(self.explanation)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above: list[dict[str, Any]] = [*self.breadcrumbs_items, *self.get_trail()]
        return [*above, {"url": "", "label": self.get_page_title()}]

    def get_trail(self) -> list[dict[str, Any]]:
        """What stands between the dashboard and here."""
        return [{"url": self.back(), "label": str(self.object)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form = context["form"]
        return {
            **context,
            "object": self.object,
            "explanation": self.get_explanation(),
            "submit_label": self.submit_label,
            "serious": self.serious,
            "back_url": self.next_url or self.back(),
            "next_url": self.next_url,
            "media": form.media,
        }
