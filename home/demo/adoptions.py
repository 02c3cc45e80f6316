"""Who took up which practice, in the demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.models import Organisation, User
from members.privacy.months import add_months
from toolbox.models import Adoption, PracticePage

if TYPE_CHECKING:
    import datetime as dt

    from home.content.loading import Loading
    from home.content.reading import Source
    from toolbox.models import Practice

STATES = ("planned", "in_place", "dropped")


def write_adoption(source: Source, row: Adoption | None, practice: Practice, loading: Loading) -> Adoption:
    """What a company says of a practice, its states dated so many months ago."""
    row = row or Adoption(practice=practice)
    row.organisation = loading.lookups.find(
        Organisation, "slug", source.text("organisation"), source, "organisation"
    )
    email = source.text("email", "")
    row.author = loading.lookups.find(User, "email", email, source, "email") if email else None
    row.state = source.choice("state", Adoption.State)
    for state in STATES:
        setattr(row, f"{state}_on", months_ago(source, state, loading.today))
    row.experience = source.text("words", "")
    row.shown = source.flag("named")
    row.full_clean(exclude=["author"])
    row.save()
    return row


def months_ago(source: Source, key: str, today: dt.date) -> dt.date | None:
    """The day that a number of months names, counted back from the day of loading."""
    months = source.number(key)
    return None if months is None else add_months(today, -months)


def load_adoptions(loading: Loading) -> None:
    """Load `adoptions.yaml`: practices, organisations and members come before."""
    for source in loading.entries("adoptions.yaml"):
        slug = source.text("practice")
        page = loading.lookups.find(PracticePage, "slug", slug, source, "practice")
        if page.facts is None:
            raise source.error(f"the practice “{slug}” was never published", "practice")
        key = f"adoptions/{slug}/{source.text('organisation')}"
        natural = {"practice": page.facts, "organisation__slug": source.text("organisation")}
        loading.ledger.write(key, source, Adoption, write_adoption, natural, page.facts, loading)
