"""A StreamField whose migrations do not carry the definition of every block (decision 0004)."""

from __future__ import annotations

from typing import Any

from wagtail.fields import StreamField


class BlockField(StreamField):
    """`StreamField`, known to migrations as a plain JSON column.

    Historical models therefore see an empty list of blocks: a data migration that must look into
    the content reads `value.raw_data`.
    """

    def __init__(self, block_types: Any = (), **kwargs: Any) -> None:
        super().__init__(block_types, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
