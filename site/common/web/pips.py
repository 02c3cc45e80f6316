"""The four pips as polygons, for pictures that are not made by a browser."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.ImageDraw import ImageDraw

    Point = tuple[float, float]

# In a square of 24 units, as the site's own SVG shapes.
LOZENGE: Sequence[Point] = ((12, 2), (20, 12), (12, 22), (4, 12))
STAIR: Sequence[Point] = (
    (2, 22), (2, 16.5), (7.5, 16.5), (7.5, 11), (13, 11), (13, 5.5), (18.5, 5.5), (18.5, 2), (22, 2),
    (22, 9), (16.5, 9), (16.5, 14.5), (11, 14.5), (11, 20), (7.5, 20), (7.5, 22),
)  # fmt: skip


def heart() -> list[Point]:
    """A heart, point down."""
    points: list[Point] = []
    for step in range(120):
        turn = step / 120 * 2 * math.pi
        x = 16 * math.sin(turn) ** 3
        y = 13 * math.cos(turn) - 5 * math.cos(2 * turn) - 2 * math.cos(3 * turn) - math.cos(4 * turn)
        points.append((12 + x * 10 / 16, 11 - y * 10 / 15.5))
    return points


def circle(x: float, y: float, radius: float) -> list[Point]:
    """A circle as a polygon."""
    turns = (step / 90 * 2 * math.pi for step in range(90))
    return [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]


def outlines(family: str) -> list[tuple[Sequence[Point], bool]]:
    """The polygons of a family's pip in painting order, and whether each is inked or cut out."""
    if family == "transmettre":
        return [(circle(16, 12, 7), True), (circle(16, 12, 4.6), False), (circle(8, 12, 7), True)]
    if family == "prendre-soin":
        return [(heart(), True)]
    return [(STAIR if family == "faire-carriere" else LOZENGE, True)]


def draw_pip(mask: ImageDraw, family: str, size: float, *, upside_down: bool = False) -> None:
    """Fill a square mask, `size` pixels wide, with the pip of a family."""
    for points, inked in outlines(family):
        turned = [(24 - x, 24 - y) for x, y in points] if upside_down else points
        mask.polygon([(x * size / 24, y * size / 24) for x, y in turned], fill=255 if inked else 0)
