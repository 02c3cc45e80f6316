"""The territory's cells."""

import math

from charters.map import cells, clip, disc, path


def area(polygon: list[tuple[float, float]]) -> float:
    pairs = zip(polygon, polygon[1:] + polygon[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def test_a_cell_keeps_what_is_nearer_to_its_own_point() -> None:
    square = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]
    assert sorted(clip(square, (1.0, 2.0), (3.0, 2.0))) == [(0.0, 0.0), (0.0, 4.0), (2.0, 0.0), (2.0, 4.0)]


def test_a_lonely_point_keeps_its_disc_and_neighbours_share_theirs() -> None:
    drawn = cells({"a": (0.0, 0.0), "b": (1.0, 0.0), "c": (50.0, 50.0)}, reach=2.0)
    whole = area(disc((50.0, 50.0), 2.0))
    assert math.isclose(area(drawn["c"]), whole)
    assert math.isclose(area(drawn["a"]), area(drawn["b"]))
    assert area(drawn["a"]) < whole


def test_cells_do_not_overlap() -> None:
    drawn = cells({"a": (0.0, 0.0), "b": (1.0, 0.0)}, reach=2.0)
    assert max(x for x, _y in drawn["a"]) == 0.5
    assert min(x for x, _y in drawn["b"]) == 0.5


def test_path_data_is_closed_and_relative() -> None:
    assert path([(0, 0), (2, 0), (2, 2.04)]) == "M0 0l2 0 0 2z"
