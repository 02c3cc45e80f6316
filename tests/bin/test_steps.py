"""A step is run when what it depends on changed, and only then."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from django.conf import settings

sys.path.insert(0, str(settings.ROOT / "bin"))

import steps
from steps import Step, StepError, run_steps


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    (tmp_path / "a.txt").write_text("1")
    return tmp_path


def step(runs: list[str], **changes: object) -> Step:
    values = {"name": "a", "label": "A", "run": lambda: runs.append("a"), "inputs": ("*.txt",), **changes}
    return Step(**values)  # type: ignore[arg-type]


def test_a_step_is_run_once_while_its_inputs_are_the_same(root: Path) -> None:
    runs: list[str] = []
    run_steps([step(runs)], root / "stamps")
    run_steps([step(runs)], root / "stamps")
    assert runs == ["a"]


@pytest.mark.parametrize("change", ["content", "new file", "fact"])
def test_a_step_is_run_again_when_something_changes(root: Path, change: str) -> None:
    runs: list[str] = []
    run_steps([step(runs)], root / "stamps")
    if change == "content":
        (root / "a.txt").write_text("2")
    elif change == "new file":
        (root / "b.txt").write_text("1")
    run_steps([step(runs, facts=("other",) if change == "fact" else ())], root / "stamps")
    assert runs == ["a", "a"]


def test_a_step_that_failed_is_run_again(root: Path) -> None:
    def fail() -> None:
        raise StepError("no")

    runs: list[str] = []
    with pytest.raises(StepError):
        run_steps([step(runs, run=fail)], root / "stamps")
    run_steps([step(runs)], root / "stamps")
    assert runs == ["a"]
