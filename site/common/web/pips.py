"""The four pips as polygons, for pictures that no browser makes: the shapes of `sprite.html`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.ImageDraw import ImageDraw

    Point = tuple[float, float]
    Curve = tuple[Point, Point, Point]

# In a square of 24 units. A curve is two controls and an end, as in an SVG path.
LOZENGE: tuple[Point, Sequence[Curve]] = (
    (12, 0),
    (
        ((14.2, 4.9), (17, 8.6), (20.4, 12)),
        ((17, 15.4), (14.2, 19.1), (12, 24)),
        ((9.8, 19.1), (7, 15.4), (3.6, 12)),
        ((7, 8.6), (9.8, 4.9), (12, 0)),
    ),
)
HEART: tuple[Point, Sequence[Curve]] = (
    (12, 22.5),
    (
        ((4.5, 16.6), (1, 12.6), (1, 8.1)),
        ((1, 4.84), (3.64, 2), (6.9, 2)),
        ((9, 2), (10.9, 3), (12, 4.7)),
        ((13.1, 3), (15, 2), (17.1, 2)),
        ((20.36, 2), (23, 4.84), (23, 8.1)),
        ((23, 12.6), (19.5, 16.6), (12, 22.5)),
    ),
)
STAIR: Sequence[Point] = (
    *((1, 22), (1, 16.4), (6.4, 16.4), (6.4, 11.6), (11.8, 11.6), (11.8, 6.8), (17.2, 6.8), (17.2, 2)),
    *((23, 2), (23, 9.2), (19.6, 9.2), (19.6, 14), (14.2, 14), (14.2, 18.8), (8.8, 18.8), (8.8, 22)),
)
STEPS = 24


def flatten(start: Point, curves: Sequence[Curve]) -> list[Point]:
    """A closed path of cubic curves as a polygon."""
    points = []
    for first, second, end in curves:
        for step in range(STEPS):
            t = step / STEPS
            u = 1 - t
            weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
            corners = (start, first, second, end)
            points.append(
                (
                    sum(weight * x for weight, (x, _y) in zip(weights, corners, strict=True)),
                    sum(weight * y for weight, (_x, y) in zip(weights, corners, strict=True)),
                )
            )
        start = end
    return points


def arc(x: float, y: float, radius: float, first: int, last: int) -> list[Point]:
    """Part of a circle as points, in degrees clockwise from the right."""
    step = 4 if last > first else -4
    turns = [math.radians(degrees) for degrees in range(first, last + step, step)]
    return [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]


def outlines(family: str) -> list[list[Point]]:
    """The polygons of a family's pip."""
    if family == "transmettre":
        open_ring = [*arc(16.2, 12, 7.3, -90, 90), *arc(16.2, 12, 4.4, 90, -90)]
        return [arc(7.8, 12, 7.3, 0, 360), open_ring]
    if family == "prendre-soin":
        return [flatten(*HEART)]
    return [list(STAIR)] if family == "faire-carriere" else [flatten(*LOZENGE)]


def draw_pip(mask: ImageDraw, family: str, size: float, *, upside_down: bool = False) -> None:
    """Fill a square mask, `size` pixels wide, with the pip of a family."""
    for points in outlines(family):
        turned = [(24 - x, 24 - y) for x, y in points] if upside_down else points
        mask.polygon([(x * size / 24, y * size / 24) for x, y in turned], fill=255)
