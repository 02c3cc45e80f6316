"""What this part adds to the registries of the site."""

from __future__ import annotations

from members.joining import intents


def register() -> None:
    """Called once, when the site starts."""
    from . import cases, keeping, mine, personal_data, subscribing  # noqa: PLC0415 (models are ready by now)
    from .views.acts import complete_useful  # noqa: PLC0415
    from .views.writing import complete_comment  # noqa: PLC0415

    cases.register()
    keeping.register()
    mine.register()
    personal_data.register()
    subscribing.register()
    intents.register("comment", complete_comment)
    intents.register("useful", complete_useful)
