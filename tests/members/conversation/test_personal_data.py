"""What is known of a member's comments, and what stays when she goes."""

from __future__ import annotations

from typing import Any

import pytest

from members.conversation.personal_data import (
    erase_comments,
    erase_judgements,
    export_comments,
    export_judgements,
)
from members.conversation.reporting import report
from members.conversation.thanking import thank
from members.models import Case, Comment, CommentReport, Thanks
from tests.members.people.members import member

from .talk import about, practice, said, waiting

pytestmark = pytest.mark.django_db
State = Comment.State


def test_she_takes_away_her_words_and_what_they_were_about(tree: Any) -> None:
    anne, page = member("Anne Martin"), practice(tree, title="Quatorze binômes")
    said(anne, page, "Bonjour.")
    said(member("Paul Petit"), page, "D’un autre.")
    rows = [(row["about"], row["text"]) for row in export_comments(anne)]
    assert rows == [("Quatorze binômes", "Bonjour.")]


@pytest.mark.parametrize(("stay", "states"), [(True, {"visible", "deleted"}), (False, {"deleted"})])
def test_what_everybody_reads_stays_if_she_leaves_it(stay: bool, states: set[str], tree: Any) -> None:
    anne, page = member("Anne Martin"), practice(tree)
    said(anne, page)
    waiting(anne, page)
    for _again in range(2):
        assert len(erase_comments(anne, stay)) == int(stay)
    assert set(Comment.objects.values_list("state", flat=True)) == states
    assert not Case.objects.standing().exists()


def test_thanks_go_and_reports_stay_without_her(tree: Any) -> None:
    anne, paul, page = member("Anne Martin"), member("Paul Petit"), practice(tree)
    comment = said(paul, page)
    thank(anne, about(page))
    report(comment, anne, "spam", "De la réclame.")
    assert len(list(export_judgements(anne))) == 2
    erase_judgements(anne, True)
    assert (Thanks.objects.count(), CommentReport.objects.get().reporter) == (0, None)
