"""The OWL 2 RL closure of Turtle files, in a process of its own: owlrl spoils gMonthDay for rdflib.

Prints the closure as N-Triples; what owlrl finds contradictory it says in daml:comment triples.
"""

from __future__ import annotations

import sys


def main(files: list[str]) -> None:
    """Close the union of files."""
    import owlrl  # noqa: PLC0415
    import rdflib  # noqa: PLC0415

    whole = rdflib.Graph()
    for name in files:
        whole.parse(name)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(whole)
    kept = rdflib.Graph()
    for subject, predicate, object in whole:
        if not isinstance(subject, rdflib.Literal):
            kept.add((subject, predicate, object))
    sys.stdout.write(kept.serialize(format="nt"))


if __name__ == "__main__":
    main(sys.argv[1:])
