"""People known without an account: guests of an event, past signatories, whoever one met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import django_filters
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic

from common.admin_exports import HarmlessExportIndexView
from common.admin_listings import WIDE_ONLY
from common.admin_viewsets import RoomViewSet
from members.models import Organisation, Person

if TYPE_CHECKING:
    from django.db.models import QuerySet


class PersonForm(WagtailAdminModelForm):
    """Somebody without an account: enough to recognise them, nothing more."""

    def clean(self) -> dict[str, Any]:
        """A name or an address; the same address once for an organisation."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(cleaned.get(name) for name in ("first_name", "last_name", "email")):
            raise ValidationError(_("Give a name or an e-mail address."))
        email = cleaned.get("email", "")
        twins = Person.objects.filter(email__iexact=email, organisation=cleaned.get("organisation"))
        if email and twins.exclude(pk=self.instance.pk).exists():
            self.add_error("email", _("This person is recorded already for this organisation."))
        return cleaned

    def save(self, commit: bool = True) -> Person:
        """Whoever has an account with that very address, verified, is that account."""
        person: Person = self.instance
        if person.email and "email" in self.changed_data:
            known = EmailAddress.objects.filter(email__iexact=person.email, verified=True).first()
            person.user = known.user if known else None
        saved: Person = super().save(commit=commit)
        return saved


class PersonFilterSet(WagtailFilterSet):
    """By organisation, by account, by how they came."""

    organisation = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Organisation"), queryset=Organisation.objects.all()
    )
    account = django_filters.BooleanFilter(
        label=gettext_lazy("Has an account"), field_name="user", lookup_expr="isnull", exclude=True
    )
    origin = django_filters.ChoiceFilter(label=gettext_lazy("Recorded by"), choices=Person.Origin)

    class Meta:
        model = Person
        fields: ClassVar[list[str]] = []


class PersonIndexView(HarmlessExportIndexView):
    """In the order of names."""

    def get_base_queryset(self) -> QuerySet[Person]:
        rows: QuerySet[Person] = super().get_base_queryset()
        return rows.select_related("organisation", "user")


class PersonAddView(generic.CreateView):
    """From the page of an organisation, that one is chosen already."""

    def get_initial(self) -> dict[str, Any]:
        organisation = self.request.GET.get("organisation", "")
        return {"organisation": int(organisation)} if organisation.isdigit() else {}


class PersonViewSet(RoomViewSet):
    """People, with or without an account."""

    model = Person
    name = "people"
    icon = "user"
    menu_order = 20
    index_view_class = PersonIndexView
    add_view_class = PersonAddView
    filterset_class = PersonFilterSet
    list_display: ClassVar[list[Any]] = [
        "__str__",
        Column("job_title", label=gettext_lazy("Job"), accessor="job_title", classname=WIDE_ONLY),
        Column(
            "organisation",
            label=gettext_lazy("Organisation"),
            accessor="organisation",
            sort_key="organisation__name",
        ),
        Column("email", label=gettext_lazy("E-mail address"), accessor="email", sort_key="email"),
        BooleanColumn(
            "account", label=gettext_lazy("Account"), accessor=lambda row: row.user_id is not None, width="8%"
        ),
    ]
    list_export: ClassVar[list[str]] = [
        "first_name", "last_name", "email", "job_title", "organisation", "origin", "created_at"
    ]  # fmt: skip
    search_fields: ClassVar[list[str]] = ["first_name", "last_name", "email", "organisation__name"]
    ordering = "last_name"
    edit_handler = ObjectList(
        [
            HelpPanel(
                content=gettext_lazy(
                    "<p>Only what is needed to recognise and reach the person at work. Somebody who has an account "
                    "is joined to it by the address; whoever asks may read and erase what is written here.</p>"
                )
            ),
            FieldRowPanel([FieldPanel("first_name"), FieldPanel("last_name")]),
            FieldPanel("email"),
            FieldPanel("job_title"),
            FieldPanel("organisation"),
        ],
        base_form_class=PersonForm,
    )
