"""Organizations under names that differ: which differences mean the same one, and with what.

Each rule looks at the clusters that equal names have made and proposes pairs with a reason.
A pair is joined unless a document names both, or their countries differ.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from kg.extraction import places
from kg.resolution.clusters import Clusters
from kg.resolution.countries import settled
from kg.resolution.matching.organizations import Organizations
from kg.resolution.names.acronyms import is_acronym
from kg.resolution.names.organizations import OrganizationName, organization_name
from kg.resolution.names.people import person_name
from kg.resolution.names.spelling import skeleton, sounds
from kg.resolution.scenes import Handle
from kg.resolution.words import words

Proposal = tuple[Handle, Handle, str]
Beside = Callable[[Handle], set[Handle]]

_SCHOOL = (
    "the names differ only in the word for the institution, and the same person holds a post there"
)
_CUT = "one name is the beginning of the other, and both belong to the same body"

_CROWDED = 40  # names that share a key beyond which the key says nothing
_LONGEST_DEDICATION = 3
_COINED = 5  # words that two long descriptive names must share
_ALIKE = 0.6  # and the share of all their words


@dataclass(frozen=True, slots=True)
class Profile:
    """A cluster of organizations, summed up.

    ``keys`` are those of its entries' own names, `names` has their aliases too; ``leaders``
    are the signatures of the people who hold posts there; ``parents`` are the clusters of
    which it is part.
    """

    root: Handle
    keys: frozenset[str]
    names: tuple[OrganizationName, ...]
    documents: frozenset[str]
    country: str | None
    leaders: frozenset[tuple[str, ...]]
    parents: frozenset[Handle]


def match_variants(known: Organizations, clusters: Clusters) -> None:
    """Join organizations whose names differ in a way that a rule explains."""
    profiles = _profiles(known, clusters, lambda handle: not known.dependent(handle))
    for rule in (_spaced_otherwise, _loosely_qualified, _dedicated, _surnamed, _other_school_word):
        _apply(rule(profiles), profiles, clusters)
    _apply(_coined(profiles, _company(known, clusters, profiles)), profiles, clusters)


def match_shortened(known: Organizations, clusters: Clusters) -> None:
    """Join organizations and units of which one name is the beginning of the other."""
    profiles = _profiles(known, clusters, lambda handle: True)
    _apply(_cut_short(profiles, _company(known, clusters, profiles)), profiles, clusters)


def _apply(
    proposals: Iterable[Proposal], profiles: Mapping[Handle, Profile], clusters: Clusters
) -> None:
    for one, other, reason in sorted(set(proposals)):
        if _may_join(profiles[one], profiles[other]):
            clusters.join(one, other, reason)


def _profiles(
    known: Organizations, clusters: Clusters, wanted: Callable[[Handle], bool]
) -> dict[Handle, Profile]:
    found: dict[Handle, Profile] = {}
    for group in clusters.groups("organization"):
        members = [handle for handle in group if handle not in known.kinds and wanted(handle)]
        if not members:
            continue
        names = {name for handle in members for name in _names(known, handle)}
        found[clusters.find(members[0])] = Profile(
            clusters.find(members[0]),
            frozenset(known.names[handle].key for handle in members),
            tuple(sorted(names, key=lambda name: (name.core, name.tokens))),
            frozenset(handle[0] for handle in members),
            settled(members, known.homes).country or next(
                (name.country for name in names if name.country), None
            ),
            frozenset(_leaders(known, members)),
            frozenset(clusters.find(up) for handle in members for up in known.parents(handle)),
        )  # fmt: skip
    return found


def _names(known: Organizations, handle: Handle) -> Iterator[OrganizationName]:
    """Yield the names of an entry that say enough to be compared."""
    yield known.names[handle]
    for alias in known.entity(handle).aliases:
        if is_acronym(alias):  # the glossary has seen to it
            continue
        name = organization_name(known.glossary.expanded(alias))
        if len(name.distinctive) > 0 and len(name.tokens) >= 2:
            yield name


def _leaders(known: Organizations, members: Iterable[Handle]) -> Iterator[tuple[str, ...]]:
    for key, id in members:
        scene = known.scenes[key]
        for post in scene.holders.get(id, ()):
            name = person_name(scene.entities[post.person].name)
            if name.full:
                yield name.signature


def _may_join(one: Profile, other: Profile) -> bool:
    if one.keys & other.keys or one.documents & other.documents:
        return False  # one name was told apart already, or one document tells them apart
    return one.country is None or other.country is None or one.country == other.country


def _pairs(index: Mapping[object, set[Handle]]) -> Iterator[tuple[Handle, Handle]]:
    for roots in index.values():
        if len(roots) <= _CROWDED:
            yield from combinations(sorted(roots), 2)


def _spaced_otherwise(profiles: Mapping[Handle, Profile]) -> Iterator[Proposal]:
    """Propose names of the same letters, and names that others have as an alias."""
    index: dict[object, set[Handle]] = defaultdict(set)
    for root, profile in profiles.items():
        for name in profile.names:
            if name.distinctive and not name.generic:
                index[name.joined].add(root)
                index[name.key].add(root)
    for one, other in _pairs(index):
        yield one, other, "the same name, written with other spaces or given as an alias"


def _loosely_qualified(profiles: Mapping[Handle, Profile]) -> Iterator[Proposal]:
    """Propose names of which one has "National", "State" or "Research" and the other not."""
    index: dict[object, set[Handle]] = defaultdict(set)
    loose = words().loose
    for root, profile in profiles.items():
        # In the United States "X University" and "X State University" are two.
        if profile.country == "US":
            continue
        for name in profile.names:
            if name.distinctive and set(name.tokens) & words().schools:
                index[" ".join(token for token in name.key.split() if token not in loose)].add(root)
    near: dict[Handle, set[Handle]] = defaultdict(set)
    for one, other in _pairs(index):
        if _one_contains_the_other(profiles[one], profiles[other]):
            near[one].add(other)
            near[other].add(one)
    for one, others in near.items():
        # beside a National and a State University the plain name says neither
        if len(others) == 1 and len(near[min(others)]) == 1:
            yield one, min(others), "the names differ only in words like National or Research"


def _one_contains_the_other(one: Profile, other: Profile) -> bool:
    """Return whether some name of one has all the words of a name of the other, and a few more."""
    return any(
        set(first.tokens) <= set(second.tokens) or set(second.tokens) <= set(first.tokens)
        for first in one.names
        for second in other.names
    )


def _dedicated(profiles: Mapping[Handle, Profile]) -> Iterator[Proposal]:
    """Propose names of which one shortens or leaves out a dedication ("D. Surname …")."""
    index: dict[object, dict[Handle, tuple[str, ...]]] = defaultdict(dict)
    for root, profile in profiles.items():
        for name in profile.names:
            tokens = tuple(token for token in name.tokens if token not in words().loose)
            for cut in range(_LONGEST_DEDICATION + 1):
                if not _personal(tokens[:cut]):
                    continue
                if _singles_out_a_school(tokens[cut:]):
                    index["".join(tokens[cut:])].setdefault(root, tokens[:cut])
                elif country := _national_university(name, tokens[cut:], profile.country):
                    index[country].setdefault(root, tokens[:cut])
    for dedications in index.values():
        if 2 <= len(dedications) <= _CROWDED:
            yield from _agreeing(dedications)


def _singles_out_a_school(tokens: tuple[str, ...]) -> bool:
    """Return whether these words still name one institution."""
    own = [token for token in tokens if token not in words().general and len(token) > 2]
    own = [token for token in own if not (token[0] == "@" and len(token) == 3)]
    return len(tokens) >= 2 and bool(own) and bool(set(tokens) & words().schools)


def _national_university(
    name: OrganizationName, tokens: tuple[str, ...], country: str | None
) -> str | None:
    """Return the country whose national university a name means, of which there is but one.

    The two words are all that the name says, but for the country and a dedication.
    """
    bare = [token for token in tokens if country is None or token != f"@{country.lower()}"]
    return country if bare == ["university"] and "national" in name.tokens else None


def _personal(tokens: tuple[str, ...]) -> bool:
    """Return whether the words may be a person's name: no general word, no place."""
    return all(
        token not in words().general | words().directions
        and token[0] != "@"
        and places.lookup(token) is None
        for token in tokens
    )


def _surnamed(profiles: Mapping[Handle, Profile]) -> Iterator[Proposal]:
    """Propose a "Surname University" and the longer name that has a given name before it."""
    bearers: dict[object, set[Handle]] = defaultdict(set)
    for root, profile in profiles.items():
        for name in profile.names:
            for at in range(1, _LONGEST_DEDICATION):
                if at + 1 < len(name.tokens) and _personal(name.tokens[: at + 1]):
                    for school in set(name.tokens[at + 1 :]) & words().schools:
                        bearers[skeleton(name.tokens[at]), skeleton(school)].add(root)
    for root, profile in profiles.items():
        for name in profile.names:
            near = bearers.get(tuple(map(skeleton, name.tokens)), set()) - {root}
            if len(name.tokens) == 2 and len(near) == 1:
                yield root, min(near), "one name is the surname to which the other is dedicated"


def _agreeing(dedications: Mapping[Handle, tuple[str, ...]]) -> Iterator[Proposal]:
    """Yield the pairs of which one lacks the dedication, or gives initials for it."""
    written = {tuple(map(skeleton, names)) for names in dedications.values() if names}
    for (one, first), (other, second) in combinations(sorted(dedications.items()), 2):
        if not first or not second:  # without it, only if all others agree on whose it is
            longer = first or second
            if len(longer) > 1 and all(
                _abbreviates(a, b) for a, b in combinations(sorted(written), 2)
            ):
                yield one, other, "one name leaves out to whom the institution is dedicated"
        elif _abbreviates(tuple(map(skeleton, first)), tuple(map(skeleton, second))):
            yield one, other, "the names differ only in how a dedication is abbreviated"


def _abbreviates(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two dedications may be to one person, given names perhaps in initials."""
    if not one or not other:
        return True
    last, against = one[-1].removesuffix("a"), other[-1].removesuffix("a")
    same = last == against or min(len(last), len(against)) <= 2
    return same and sounds(one[0])[:1] == sounds(other[0])[:1]


def _other_school_word(profiles: Mapping[Handle, Profile]) -> Iterator[Proposal]:
    """Propose names with another word for the institution and a person with posts at both."""
    index: dict[object, set[Handle]] = defaultdict(set)
    schools = words().schools
    for root, profile in profiles.items():
        for name in profile.names:
            if name.distinctive and set(name.tokens) & schools:
                rest = tuple(sorted(token for token in name.tokens if token not in schools))
                index[rest].add(root)
    for one, other in _pairs(index):
        if profiles[one].leaders & profiles[other].leaders:
            yield one, other, _SCHOOL


def _cut_short(profiles: Mapping[Handle, Profile], beside: Beside) -> Iterator[Proposal]:
    """Propose names of which one goes on where the other ends, beside the same larger body."""
    index: dict[object, set[Handle]] = defaultdict(set)
    for root, profile in profiles.items():
        for name in profile.names:
            if profile.parents and len(name.subjects) >= 2:
                index[name.tokens].add(root)
    for root, profile in profiles.items():
        beginnings = {
            name.tokens[:end] for name in profile.names for end in range(3, len(name.tokens))
        }
        for beginning in beginnings & index.keys():
            for short in index[beginning] - {root}:
                if profiles[short].parents & beside(root):
                    yield short, root, _CUT


def _coined(profiles: Mapping[Handle, Profile], beside: Beside) -> Iterator[Proposal]:
    """Propose long names that share most of their words, and whose bearers share a partner."""
    index: dict[object, set[Handle]] = defaultdict(set)
    for root, profile in profiles.items():
        for name in profile.names:
            if len(name.core) > _COINED and len(name.distinctive) >= 2:
                for token in name.core:
                    index[token].add(root)
    shared = Counter(_pairs(index))
    for (one, other), count in shared.items():
        if count < 2 or not _alike(profiles[one], profiles[other]):
            continue
        if beside(one) & beside(other) - {one, other}:
            yield one, other, "two wordings of one long name, in reports that share an institution"


def _alike(one: Profile, other: Profile) -> bool:
    for first in one.names:
        for second in other.names:
            shared = set(first.core) & set(second.core)
            if len(shared) >= max(_COINED, _ALIKE * len(set(first.core) | set(second.core))):
                return True
    return False


def _company(
    known: Organizations, clusters: Clusters, profiles: Mapping[Handle, Profile]
) -> Beside:
    """Return a function that gives the organizations in the documents of a cluster."""
    found: dict[Handle, set[Handle]] = {}

    def beside(root: Handle) -> set[Handle]:
        if root not in found:
            found[root] = {
                clusters.find(known.scenes[key].handle(entity.id))
                for key in profiles[root].documents
                for entity in known.scenes[key].organizations()
            }
        return found[root]

    return beside
