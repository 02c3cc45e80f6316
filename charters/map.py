"""The territory drawn from the positions of its communes: no outline is needed, none is stored.

Each commune's cell is what lies nearer to it than to any other (Voronoi), rounded off at the edge of
the territory. It is a diagram of who is where, not a cadastral map, and always stands beside the list.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from common.generation import per_generation
from common.known import communes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Point = tuple[float, float]

WIDTH = 600
MARGIN = 8
# No cell reaches farther than this from its commune, in kilometres.
REACH = 3.4
SIDES = 20
KM_PER_DEGREE = 111.32


@dataclass(frozen=True)
class Cell:
    """A commune on the map."""

    code: str
    name: str
    outline: str
    x: float
    y: float
    names: Sequence[str]
    selected: bool

    @property
    def count(self) -> int:
        """How many signatories are there."""
        return len(self.names)

    @property
    def label(self) -> str:
        """What is read aloud: `Lille : A, B`."""
        return f"{self.name} ({self.count}) – {', '.join(self.names)}"

    @property
    def radius(self) -> float:
        """Of the disc: its area follows the count."""
        return round(7 * math.sqrt(self.count), 1)


@dataclass(frozen=True)
class Territory:
    """The map: empty cells are one path, those with signatories are links."""

    width: int
    height: int
    ground: str
    cells: Sequence[Cell]


def clip(polygon: list[Point], nearer: Point, farther: Point) -> list[Point]:
    """The part of a convex polygon that is nearer to one point than to another."""
    (ax, ay), (bx, by) = nearer, farther
    dx, dy = bx - ax, by - ay
    limit = dx * (ax + bx) / 2 + dy * (ay + by) / 2
    kept: list[Point] = []
    for (px, py), (qx, qy) in zip(polygon, polygon[1:] + polygon[:1], strict=True):
        p_side, q_side = dx * px + dy * py - limit, dx * qx + dy * qy - limit
        if p_side <= 0:
            kept.append((px, py))
        if (p_side < 0 < q_side) or (q_side < 0 < p_side):
            share = p_side / (p_side - q_side)
            kept.append((px + share * (qx - px), py + share * (qy - py)))
    return kept


def disc(centre: Point, radius: float) -> list[Point]:
    """A regular polygon around a point."""
    x, y = centre
    steps = (2 * math.pi * side / SIDES for side in range(SIDES))
    return [(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in steps]


def cells(points: Mapping[str, Point], reach: float) -> dict[str, list[Point]]:
    """The cell of each point: its disc, less what is nearer to another point."""
    drawn = {}
    for code, here in points.items():
        polygon = disc(here, reach)
        for other, there in points.items():
            if other != code and math.dist(here, there) < 2 * reach:
                polygon = clip(polygon, here, there)
        drawn[code] = polygon
    return drawn


@dataclass(frozen=True)
class Plan:
    """Positions and outlines in the drawing's units."""

    height: int
    points: dict[str, Point]
    outlines: dict[str, str]


def path(polygon: Sequence[Point]) -> str:
    """SVG path data, with relative moves of one decimal to stay light."""
    rounded = [(round(x, 1), round(y, 1)) for x, y in polygon]
    (x, y), rest = rounded[0], rounded[1:]
    data = f"M{x:g} {y:g}l"
    steps = []
    for nx, ny in rest:
        steps.append(f"{round(nx - x, 1):g} {round(ny - y, 1):g}")
        x, y = nx, ny
    return f"{data}{' '.join(steps)}z"


@per_generation
def plan() -> Plan:
    """Project the communes (equirectangular, true at the middle latitude) and draw their cells."""
    all_communes = communes()
    if not all_communes:
        return Plan(0, {}, {})
    middle = sum(commune.latitude for commune in all_communes.values()) / len(all_communes)
    kilometres = {
        code: (
            commune.longitude * KM_PER_DEGREE * math.cos(math.radians(middle)),
            -commune.latitude * KM_PER_DEGREE,
        )
        for code, commune in all_communes.items()
    }
    left = min(x for x, _y in kilometres.values()) - REACH
    right = max(x for x, _y in kilometres.values()) + REACH
    top = min(y for _x, y in kilometres.values()) - REACH
    bottom = max(y for _x, y in kilometres.values()) + REACH
    scale = (WIDTH - 2 * MARGIN) / (right - left)
    points = {
        code: (MARGIN + (x - left) * scale, MARGIN + (y - top) * scale) for code, (x, y) in kilometres.items()
    }
    outlines = {code: path(polygon) for code, polygon in cells(points, REACH * scale).items()}
    return Plan(round(2 * MARGIN + (bottom - top) * scale), points, outlines)


def territory(names: Mapping[str, Sequence[str]], selected: str = "") -> Territory:
    """The map with, for each commune that has some, the names of its signatories."""
    drawn = plan()
    known = communes()
    shown = [
        Cell(
            code,
            known[code].name,
            drawn.outlines[code],
            round(drawn.points[code][0], 1),
            round(drawn.points[code][1], 1),
            sorted(names[code]),
            code == selected,
        )
        for code in known
        if names.get(code)
    ]
    ground = "".join(outline for code, outline in drawn.outlines.items() if not names.get(code))
    return Territory(WIDTH, drawn.height, ground, shown)
