"""What the association noted of a person in its own files: contacts, and the companies' timelines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.registries import PersonalData, Retained
from members.models import Membership, Person, Step
from members.privacy.redaction import Identity

from .belonging import folded_addresses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from members.models import User


def people(user: User) -> QuerySet[Person]:
    """Her rows among people known without an account: joined to it, or with an address of hers."""
    with_address = Person.objects.annotate(folded=Lower("email"))
    return with_address.filter(Q(user=user) | Q(user=None, folded__in=folded_addresses(user)))


def steps(user: User) -> QuerySet[Step]:
    """Steps with her, and those of her companies that name her."""
    companies = Membership.objects.filter(user=user).values("organisation")
    with_her = Q(person__in=people(user).values("pk"))
    for word in Identity.of(user).words:
        with_her |= Q(organisation__in=companies, text__icontains=word)
    return Step.objects.filter(with_her)


def export_people(user: User) -> list[dict[str, Any]]:
    """Contacts as staff recorded them, and what was noted of meetings."""
    known = [
        {
            "kind": str(_("contact")),
            "first_name": row.first_name,
            "last_name": row.last_name,
            "email": row.email,
            "job_title": row.job_title,
            "company": row.organisation.name if row.organisation else "",
            "origin": row.get_origin_display(),
            "created_at": row.created_at,
        }
        for row in people(user).select_related("organisation").order_by("pk")
    ]
    noted = [
        {
            "kind": row.get_kind_display(),
            "company": row.organisation.name,
            "on": row.on,
            "text": row.text,
            "written_at": row.created_at,
        }
        for row in steps(user).select_related("organisation").order_by("on", "pk")
    ]
    return known + noted


def keep_people(user: User, _contributions_stay: bool) -> Sequence[Retained]:
    """The association must be able to show what it did with a company."""
    if not steps(user).exists():
        return ()
    return (
        Retained(
            what=_("The dated steps of your company with the association"),
            why=_("They are evidence of publicly funded work. Your name and address are taken out."),
        ),
    )


def erase_people(user: User, contributions_stay: bool) -> Sequence[Retained]:
    """Contacts lose their name; those that nothing refers to go. Steps keep their date, without the name."""
    kept = keep_people(user, contributions_stay)
    identity = Identity.of(user)
    identity.redact_rows(steps(user), "text")
    for person in list(people(user).order_by("pk")):
        hers = Identity.made_of(person.first_name, person.last_name, [person.email])
        hers.redact_rows(Step.objects.filter(person=person), "text")
        if person.steps.exists():
            person.first_name = person.last_name = person.email = person.job_title = ""
            person.user = None
            person.save()
        else:
            person.delete()
    return kept


PEOPLE = PersonalData(
    key="contacts",
    label=gettext_lazy("what the association noted"),
    export=export_people,
    erase=erase_people,
    keeps=keep_people,
    rows=lambda user: (people(user), steps(user)),
    models=("members.Person", "members.Step"),
    # Before the companies: once she has left them, nothing says where she was named.
    order=35,
)
