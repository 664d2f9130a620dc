from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from kg.graph import writing
from kg.graph.vocabulary import COOP
from kg.graph.writing import fill, remake, replace, triples_of


def node(name: str) -> NamedNode:
    return NamedNode(f"http://e.org/{name}")


def triple(subject: str, object: str = "x") -> Triple:
    return Triple(node(subject), node("p"), Literal(object))


def union(store: Store) -> list[Triple]:
    return [quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph())]


ONE, TWO = node("one"), node("two")
TRIPLES = st.sets(
    st.builds(triple, st.sampled_from("abc"), st.sampled_from(["x", 'quo"te', "li\nne", "中"]))
)


class TestReplace:
    def test_a_graph_holds_just_the_new_triples(self) -> None:
        store = Store()
        assert replace(store, ONE, [triple("a"), triple("b")])
        assert replace(store, ONE, [triple("b"), triple("c")])
        assert triples_of(store, ONE) == {triple("b"), triple("c")}
        assert not replace(store, ONE, [triple("c"), triple("b")])

    def test_a_graph_without_triples_is_gone(self) -> None:
        store = Store()
        replace(store, ONE, [triple("a")])
        assert replace(store, ONE, [])
        assert list(store.named_graphs()) == []
        assert union(store) == []
        assert not replace(store, ONE, [])

    def test_what_two_graphs_say_is_once_in_the_union_and_stays_until_both_are_gone(self) -> None:
        store = Store()
        replace(store, ONE, [triple("a"), triple("b")])
        replace(store, TWO, [triple("a")])
        assert sorted(union(store), key=str) == [triple("a"), triple("b")]
        replace(store, ONE, [])
        assert union(store) == [triple("a")]
        replace(store, TWO, [])
        assert union(store) == []

    def test_numbers_that_the_store_spells_otherwise(self) -> None:
        store = Store()
        decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
        for lexical in ("0.50", "0.5", "0.500"):
            replace(store, ONE, [Triple(node("a"), node("p"), Literal(lexical, datatype=decimal))])
            assert [each.object.value for each in union(store)] == ["0.5"]

    @given(st.lists(st.tuples(st.sampled_from([ONE, TWO]), TRIPLES), max_size=6))
    def test_the_union_is_always_the_union(
        self, steps: list[tuple[NamedNode, set[Triple]]]
    ) -> None:
        store, expected = Store(), {ONE: set[Triple](), TWO: set[Triple]()}
        for name, triples in steps:
            replace(store, name, triples)
            expected[name] = triples
        for name, triples in expected.items():
            assert triples_of(store, name) == triples
        assert sorted(union(store), key=str) == sorted(expected[ONE] | expected[TWO], key=str)


class TestRemake:
    @settings(deadline=None)  # the first example loads numpy
    @given(TRIPLES, TRIPLES, TRIPLES, st.integers(1, 4))
    def test_any_size_of_a_step_gives_what_one_transaction_gives(
        self, other: set[Triple], before: set[Triple], after: set[Triple], size: int
    ) -> None:
        whole, stepwise = Store(), Store()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(writing, "_STEP", size)
            for store, write in ((whole, replace), (stepwise, remake)):
                replace(store, TWO, other)
                write(store, ONE, before)
                write(store, ONE, after)
        assert set(stepwise) == set(whole)

    def test_one_that_was_cut_off_is_mended_by_the_next(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store, wanted = Store(), [triple(str(number)) for number in range(9)]
        replace(store, TWO, [triple("0"), triple("old")])
        replace(store, ONE, [triple("old"), triple("older")])
        monkeypatch.setattr(writing, "_STEP", 2)
        with monkeypatch.context() as cut:
            added: list[int] = []

            def add(*_: object) -> None:
                added.append(1)
                if len(added) == 3:
                    raise KeyboardInterrupt
                true_add(*_)  # type: ignore[arg-type]

            true_add = writing._add
            cut.setattr(writing, "_add", add)
            with pytest.raises(KeyboardInterrupt):
                remake(store, ONE, wanted)
        assert len(triples_of(store, ONE)) == 4
        assert set(union(store)) == triples_of(store, ONE) | triples_of(store, TWO)
        remake(store, ONE, wanted)
        assert triples_of(store, ONE) == set(wanted)
        assert sorted(union(store), key=str) == sorted({*wanted, triple("old")}, key=str)


class TestFill:
    @pytest.mark.parametrize("bulk", [0, 10_000], ids=["in bulk", "in transactions"])
    def test_every_way_of_writing_gives_the_same(
        self, monkeypatch: pytest.MonkeyPatch, bulk: int
    ) -> None:
        monkeypatch.setattr(writing, "_BULK", bulk)
        store = Store()
        replace(store, TWO, [triple("old"), triple("a")])
        graphs = {ONE: [triple("a"), seal("1")], TWO: [triple("b"), seal("2")]}
        fill(store, {name: quads(name, triples) for name, triples in graphs.items()})
        assert triples_of(store, ONE) == {triple("a"), seal("1")}
        assert triples_of(store, TWO) == {triple("b"), seal("2")}
        assert set(union(store)) == {triple("a"), triple("b"), seal("1"), seal("2")}
        assert len(union(store)) == 4

    def test_the_seal_comes_after_all_else(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def cut_off(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(writing, "_BULK", 0)
        monkeypatch.setattr(writing, "_seal", cut_off)
        store = Store()
        with pytest.raises(KeyboardInterrupt):
            fill(store, {ONE: quads(ONE, [triple("a"), seal("1")])})
        assert triples_of(store, ONE) == {triple("a")}


def quads(name: NamedNode, triples: Iterable[Triple]) -> list[Quad]:
    return [Quad(*triple, name) for triple in triples]


def seal(mark: str) -> Triple:
    return Triple(node("document"), COOP.assignment, Literal(mark))
