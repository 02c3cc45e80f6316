"""What the company and its manager shared: everybody else is a stranger to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from common.facts import write_facts
from members.cases.kinds import Pending
from members.cases.opening import open_case
from members.models import Comment
from tests.factories.pages import KitPageFactory, ToolPageFactory
from toolbox.models import Adoption, Contribution, Hand, ImportRun, Practice, SavedFilter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from members.models import Organisation, User
    from tests.factories.site import Tree


def share(tree: Tree, company: Organisation, manager: User, practice: Any) -> dict[str, Mapping[str, str]]:
    """One of everything; the parameters of their addresses, by how these begin."""
    now = timezone.now()
    write_facts(practice)
    facts = Practice.objects.get(pages=practice)
    draft = Contribution.objects.create(
        kind="practice", author=manager, organisation=company, title="Un tutorat"
    )
    sent = Contribution.objects.create(
        kind="practice",
        author=manager,
        organisation=company,
        title="Un entretien",
        state=Contribution.State.SUBMITTED,
        submitted_at=now,
    )
    case = open_case("contribution", Pending(sent.public_id, sent.title, now, manager, company))
    comment = Comment.objects.create(
        target_kind="practice",
        target=str(practice.translation_key),
        author=manager,
        text="Une question.",
        state=Comment.State.VISIBLE,
        published_at=now,
    )
    adoption = Adoption.objects.create(
        practice=facts, organisation=company, author=manager, state="planned", planned_on=now.date()
    )
    Hand.objects.create(user=manager, share_id="une-main-partagee", shared_at=now)
    search = SavedFilter.objects.create(
        user=manager, listing="practice", query="theme=aidants", digest="practice:0", name="Aidants"
    )
    run = ImportRun.objects.create(kind="practice", name="pratiques.csv", started_by=manager, total=1)
    tool, kit = ToolPageFactory(parent=tree.tools), KitPageFactory(parent=tree.tools)
    key = {"kind": "practice", "key": str(practice.translation_key)}
    return {
        "espace/partager/": {"public_id": draft.public_id, **key},
        "espace/partager/<str:public_id>/": {"key": "probleme"},
        "espace/adopter/": key,
        "espace/adoptions/": {"public_id": adoption.public_id},
        "espace/echanges/": {"public_id": comment.public_id, **key},
        "espace/recherches/": {"public_id": search.public_id},
        "ma-main/": {"key": f"practice-{practice.translation_key}"},
        "mains/": {"share_id": "une-main-partagee"},
        "relecture/": {"token": "un-jeton-que-personne-n-a-recu"},
        "boite-a-outils/telecharger/": {"key": str(tool.translation_key), "place": "0"},
        "boite-a-outils/telecharger/kit/": {"key": str(kit.translation_key)},
        "integrer/": {"slug": "bonnes-pratiques"},
        "api/v1/": {"key": str(practice.translation_key), "rest": "rien"},
        "api/v1/signatories/": {"key": company.slug},
        "admin/cases/": {"public_id": case.public_id},
        "admin/contributions/": {"public_id": sent.public_id},
        "admin/imports/": {"public_id": run.public_id, "kind": "practice", "form": "csv"},
    }
