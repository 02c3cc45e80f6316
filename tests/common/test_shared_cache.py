"""The shared cache stops nobody while Redis is away."""

from __future__ import annotations

import pytest

from common.shared_cache import SteadyRedisCache

pytest.importorskip("redis")
NOBODY = "redis://127.0.0.1:1/0"


@pytest.fixture
def cache() -> SteadyRedisCache:
    cache = SteadyRedisCache(NOBODY, {})
    cache.clear()
    return cache


def test_each_process_counts_for_itself_until_redis_is_back(cache: SteadyRedisCache) -> None:
    assert [cache.add("tries", 0), cache.add("tries", 5), cache.incr("tries"), cache.get("tries")] == [
        True,
        False,
        1,
        1,
    ]


def test_what_is_kept_can_be_read_changed_and_forgotten(cache: SteadyRedisCache) -> None:
    cache.set("a", [1], 60)
    cache.set_many({"b": 2, "c": 3})
    assert (cache.get("a"), cache.get_many(["b", "c", "d"]), cache.has_key("a")) == (
        [1],
        {"b": 2, "c": 3},
        True,
    )
    assert (cache.touch("a", 10), cache.delete("a"), cache.get("a", "nothing")) == (True, True, "nothing")
    cache.delete_many(["b", "c"])
    assert cache.get("b") is None
