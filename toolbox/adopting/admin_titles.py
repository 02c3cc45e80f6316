"""Lists of rows that are about a practice or a tool, which have titles on their pages only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from common.admin_exports import HarmlessExportIndexView

from .titles import NOWHERE, subjects_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BATCH = 500


def titled(row: Any) -> str:
    """The title found for a row of the list."""
    return str(getattr(row, "title", ""))


class TitledIndexView(HarmlessExportIndexView):
    """Gives `title` to the rows of a page of the list, or of an export, by batches: one query a kind."""

    about: ClassVar[Sequence[str]] = ()

    def name(self, rows: Sequence[Any]) -> None:
        """Write the title on each row."""
        found: dict[Any, Any] = {}
        for column in self.about:
            found |= subjects_of({facts for row in rows if (facts := getattr(row, column))})
        for row in rows:
            facts = next(facts for column in self.about if (facts := getattr(row, column)))
            row.title = found.get(facts.translation_key, NOWHERE).title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        self.name(list(context["object_list"]))
        return context

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        if not hasattr(item, "title"):
            self.name([item])
        row: dict[str, Any] = super().to_row_dict(item)
        return row

    def stream_csv(self, queryset: Iterable[Any]) -> Iterator[Any]:
        return super().stream_csv(self.in_batches(queryset))

    def write_xlsx(self, queryset: Iterable[Any], output: Any) -> Any:
        return super().write_xlsx(self.in_batches(queryset), output)

    def in_batches(self, queryset: Any) -> Iterator[Any]:
        """The rows to export, named."""
        batch: list[Any] = []
        for row in queryset.iterator(chunk_size=BATCH):
            batch.append(row)
            if len(batch) == BATCH:
                self.name(batch)
                yield from batch
                batch = []
        self.name(batch)
        yield from batch
