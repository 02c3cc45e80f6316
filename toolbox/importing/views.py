"""The screens of an import: bring a file, follow it, read its report line by line."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permissions import policy_registry

from toolbox.models import Contribution, ImportLine, ImportRun

from .columns import COLUMNS
from .forms import ImportForm
from .refusals import UnreadableFile
from .running import bring, stop
from .tasks import run_import
from .template import csv_template, report_rows, xlsx_template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from members.models import User

NAMESPACE = "admin_imports"
PER_PAGE = 100
GOING = {ImportRun.State.WAITING, ImportRun.State.RUNNING}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Allowed(PermissionCheckedMixin):
    """Whoever may bring files in."""

    model = ImportRun
    permission_policy = policy_registry.get_by_type(ImportRun)
    permission_required = "add"
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.user_has_permission(self.permission_required):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def run_asked_for(self, public_id: str) -> ImportRun:
        """The run of that name, or 404."""
        return get_object_or_404(ImportRun.objects.select_related("started_by"), public_id=public_id)


class BringView(Allowed, WagtailAdminTemplateMixin, FormView[ImportForm]):
    """The form, what a file looks like, and a template to begin with."""

    form_class = ImportForm
    template_name = "toolbox/importing/bring.html"
    page_title = gettext_lazy("Bring a file in")
    header_icon = "upload"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{NAMESPACE}:index"), "label": _("Imports")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = [(kind.value, kind.label, COLUMNS[kind]) for kind in Contribution.Kind]
        return {**super().get_context_data(**kwargs), "kinds": kinds}

    def form_valid(self, form: ImportForm) -> HttpResponse:
        file = form.cleaned_data["table"]
        asked = form.cleaned_data
        with NamedTemporaryFile(suffix=Path(str(file.name)).suffix.lower()) as copy:
            for chunk in file.chunks():
                copy.write(chunk)
            copy.flush()
            try:
                run = bring(
                    Path(copy.name),
                    str(file.name),
                    asked["kind"],
                    self.request.user,  # type: ignore[arg-type]
                    publish=asked["publish"],
                    trial=asked["trial"],
                )
            except UnreadableFile as error:
                form.add_error("table", str(error))
                return self.form_invalid(form)
        transaction.on_commit(lambda: run_import.enqueue(run.pk))
        return redirect(f"{NAMESPACE}:run", run.public_id)


class RunView(Allowed, WagtailAdminTemplateMixin, View):
    """How far a run is, and what became of each line. The page asks for itself while it goes on."""

    template_name = "toolbox/importing/run.html"
    page_title = gettext_lazy("Import")
    header_icon = "upload"
    permission_required = "view"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(f"{NAMESPACE}:index"), "label": _("Imports")},
            {"url": "", "label": self.object.name},
        ]

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        self.object = self.run_asked_for(public_id)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.object
        outcome = self.request.GET.get("outcome", "")
        lines = run.lines.select_related("page")
        if outcome in ImportLine.Outcome.values:
            lines = lines.filter(outcome=outcome)
        page = Paginator(lines, PER_PAGE).get_page(self.request.GET.get("p"))
        counts = [(choice.value, choice.label, getattr(run, choice.value)) for choice in ImportLine.Outcome]
        return {
            **super().get_context_data(**kwargs),
            "run": run,
            "going": run.state in GOING,
            "percent": 100 * run.done // max(run.total, 1),
            "counts": counts,
            "outcome": outcome,
            "page": page,
            "may_change": self.user_has_permission("change"),
            "may_go_on": run.state == ImportRun.State.DONE and run.trial and self.user_has_permission("add"),
        }


class StopView(Allowed, View):
    """Stop after the batch under way."""

    permission_required = "change"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        run = self.run_asked_for(public_id)
        stop(run)
        messages.success(request, _("Stopped. What was written stays; the same file can be brought again."))
        return redirect(f"{NAMESPACE}:run", run.public_id)


class GoOnView(Allowed, View):
    """After a trial: the same file, for good."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        trial = self.run_asked_for(public_id)
        run = ImportRun.objects.create(
            kind=trial.kind,
            file=trial.file.name,
            name=trial.name,
            sha256=trial.sha256,
            total=trial.total,
            publish="publish" in request.POST,
            started_by=cast("User", request.user),
        )
        transaction.on_commit(lambda: run_import.enqueue(run.pk))
        return redirect(f"{NAMESPACE}:run", run.public_id)


class TemplateView(Allowed, View):
    """A file to begin with: the columns, one example line."""

    def get(self, request: HttpRequest, kind: str, form: str) -> HttpResponse:
        if kind not in COLUMNS or form not in {"csv", "xlsx"}:
            raise Http404
        name = f"modele-{'pratiques' if kind == Contribution.Kind.PRACTICE else 'outils'}.{form}"
        content = csv_template(kind) if form == "csv" else xlsx_template(kind)
        response = HttpResponse(content, content_type="text/csv; charset=utf-8" if form == "csv" else XLSX)
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class ReportView(Allowed, View):
    """The report as a table, to mend the file with."""

    permission_required = "view"

    def get(self, request: HttpRequest, public_id: str) -> StreamingHttpResponse:
        run = self.run_asked_for(public_id)

        def written() -> Iterator[str]:
            yield "\ufeff"
            for row in report_rows(run):
                line = io.StringIO()
                csv.writer(line, delimiter=";").writerow(row)
                yield line.getvalue()

        response = StreamingHttpResponse(written(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="rapport-{run.public_id}.csv"'
        return response
