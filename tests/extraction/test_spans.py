"""Where spans lie, against the same question asked of every span."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.record import Span
from kg.extraction.spans import Cover, holder, overlapping

edges = st.integers(0, 20)
any_spans = st.lists(st.tuples(edges, st.integers(1, 6)).map(lambda pair: (pair[0], sum(pair))))
disjoint = st.lists(edges, unique=True).map(
    lambda found: list(zip(sorted(found)[::2], sorted(found)[1::2], strict=False))
)
quick = settings(max_examples=80, deadline=None)


@quick
@given(any_spans, edges, st.integers(1, 6))
def test_a_cover_touches_what_one_of_its_spans_touches(
    spans: list[Span], start: int, length: int
) -> None:
    expected = any(one < start + length and start < other for one, other in spans)
    assert Cover(spans).touches(start, start + length) is expected


@quick
@given(disjoint, edges)
def test_the_holder_of_an_offset(spans: list[Span], offset: int) -> None:
    inside = [number for number, (start, end) in enumerate(spans) if start <= offset < end]
    assert holder(spans, offset) == (inside[0] if inside else None)


@quick
@given(disjoint, edges, st.integers(1, 6))
def test_overlapping_spans(spans: list[Span], start: int, length: int) -> None:
    expected = [n for n, (one, other) in enumerate(spans) if one < start + length and start < other]
    assert list(overlapping(spans, start, start + length)) == expected


def test_spans_that_only_meet_do_not_touch() -> None:
    cover = Cover([(3, 5), (5, 7)])
    assert not cover.touches(0, 3)
    assert not cover.touches(7, 9)
    assert cover.touches(6, 9)
    assert not Cover([]).touches(0, 9)
