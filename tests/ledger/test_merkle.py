"""The tree of the log, held against the definition of RFC 6962 written down word for word."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shailoo.ledger import merkle


def definition(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, over leaf hashes."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + definition(leaves[:k]) + definition(leaves[k:])).digest()


def tree(size: int) -> list[bytes]:
    return [merkle.leaf_hash(str(n).encode()) for n in range(size)]


def test_roots_of_the_known_example() -> None:
    """The eight leaves that implementations of RFC 6962 are commonly held against."""
    data = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    leaves = [merkle.leaf_hash(bytes.fromhex(each)) for each in data]
    roots = [merkle.root(size, merkle.of_list(leaves)).hex() for size in (0, 1, 8)]
    assert roots == [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]


def test_every_small_tree_follows_the_definition_and_every_proof_in_it_holds() -> None:
    for size in range(1, 34):
        leaves = tree(size)
        node, root = merkle.of_list(leaves), definition(leaves)
        assert merkle.root(size, node) == root
        for index in range(size):
            path = merkle.inclusion(index, size, node)
            assert merkle.includes(leaves[index], index, size, path, root)
            assert not merkle.includes(leaves[index], index ^ 1, size, path, root)
        for old in range(size + 1):
            path = merkle.consistency(old, size, node)
            assert merkle.extends(old, size, definition(leaves[:old]), root, path)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 700), st.data())
def test_a_proof_holds_for_its_own_tree_alone(size: int, data: st.DataObject) -> None:
    leaves = tree(size)
    node = merkle.of_list(leaves)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size - 1))
    path, way = merkle.inclusion(index, size, node), merkle.consistency(old, size, node)
    root, former = definition(leaves), definition(leaves[:old])
    assert merkle.includes(leaves[index], index, size, path, root)
    assert merkle.extends(old, size, former, root, way)
    bad = data.draw(st.integers(0, len(path) - 1))
    broken = [bytes(32) if n == bad else each for n, each in enumerate(path)]
    assert not merkle.includes(leaves[index], index, size, broken, root)
    assert not merkle.includes(leaves[index], index, size, [*path, bytes(32)], root)
    assert not merkle.includes(leaves[index], index, size, path[:-1], root)
    cut = data.draw(st.integers(0, len(way) - 1))
    assert not merkle.extends(old, size, former, root, [each for n, each in enumerate(way) if n != cut])
    assert not merkle.extends(old, size, bytes(32), root, way)
    assert not merkle.extends(old, size, former, bytes(32), way)


def test_what_is_not_in_the_tree_has_no_proof() -> None:
    node = merkle.of_list(tree(5))
    with pytest.raises(ValueError, match="has no leaf 5"):
        merkle.inclusion(5, 5, node)
    with pytest.raises(ValueError, match="does not begin with 6"):
        merkle.consistency(6, 5, node)
    assert not merkle.includes(tree(1)[0], 5, 5, [], merkle.EMPTY)
    assert merkle.consistency(0, 5, node) == merkle.consistency(5, 5, node) == []
    assert not merkle.extends(0, 5, bytes(32), bytes(32), [])
