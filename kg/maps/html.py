"""Write a network as one HTML file: PyVis with a template, a script and a style of our own.

The file asks nobody for anything: vis-network, as PyVis brings it, stands inside, and a
content security policy lets run exactly the scripts whose hashes it names. Names, quotes
and titles are JSON in data blocks; the scripts show them as text only.
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import networkx as nx

from kg.errors import UsageError
from kg.graph.basis import PARTNERS
from kg.graph.dates import spoken
from kg.maps import appearance, contents, readable

_PAGE = Path(__file__).parent / "page"
_SCRIPTS = (
    "graph", "words", "view", "history", "panel", "card", "institution", "paths", "captions",
    "labels", "colours", "places", "hulls", "map", "search", "filters", "time", "picture",
    "controls", "start",
)  # fmt: skip
_FIRST_SHOWN = 60

_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "selectable": False,
        "dragNodes": False,
        "zoomSpeed": 0.6,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
    "nodes": {"borderWidth": 1.5, "chosen": False},
    "edges": {"chosen": False, "hoverWidth": 0, "selectionWidth": 0},
}


def write(
    network: nx.Graph,
    path: str | os.PathLike[str],
    *,
    title: str | None = None,
    made: datetime.date | None = None,
    first_shown: int = _FIRST_SHOWN,
) -> Path:
    """Write a network as a map that opens in any browser, without a connection.

    Parameters
    ----------
    network : networkx.Graph
        Nodes with ``label``, ``kind``, ``country``, ``aliases``; edges with ``weight``,
        ``kinds``, ``first``, ``last``, ``reports``, ``evidence``. All are optional.
    path : str or path-like
        The file to write; one that exists is replaced as a whole or not at all.
    title : str, optional
        Headline of the page; without it, one that fits what the nodes are.
    made : datetime.date, optional
        Date that the page gives as its own; today by default. With a given date the same
        network gives the same bytes.
    first_shown : int, default 60
        How many of the strongest ties the page shows until the reader asks for more.

    Returns
    -------
    pathlib.Path
        The file that was written.

    Raises
    ------
    UsageError
        If the file cannot be written there.

    Examples
    --------
    >>> import networkx as nx, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(nx.Graph(), folder + "/map.html").name
    'map.html'
    """
    target = Path(path)
    html = _render(contents.gather(network), title, made or datetime.date.today(), first_shown)
    try:
        _replace(target, html)
    except OSError as error:
        raise UsageError(
            f"the map cannot be written ({error.strerror or error})",
            where=str(target),
            remedy="name a file in a folder that exists and may be written to",
        ) from error
    return target


def _replace(target: Path, html: str) -> None:
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        draft.write_bytes(html.encode("utf-8", "replace"))
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _render(
    held: contents.Contents, title: str | None, made: datetime.date, first_shown: int
) -> str:
    from pyvis.network import Network  # noqa: PLC0415  brings IPython, a second of start-up

    net = Network(heading=_clean(title or _headline(held)), cdn_resources="in_line")
    net.set_options(json.dumps(_OPTIONS))
    for node in held.nodes:
        net.add_node(node["id"], **{key: value for key, value in node.items() if key != "id"})
    net.edges.extend(held.edges)  # add_edge compares each with all before: quadratic
    net.set_template((_PAGE / "page.html").as_posix())
    net.templateEnv.autoescape = True
    net.templateEnv.globals |= _around(held, title, made, first_shown)
    return str(net.generate_html())


def _headline(held: contents.Contents) -> str:
    """Say in English what the page shows; the page itself says it in the reader's language."""
    titles = readable.interface()["en"]["title"]
    if view := titles.get(held.about["view"]):
        return str(view.format(*held.about["names"]))
    return held.noun.title


def _around(
    held: contents.Contents, title: str | None, made: datetime.date, first_shown: int
) -> dict[str, Any]:
    """Everything in the page but the network itself."""
    scripts = [_vis_network(), _script()]
    style = (_PAGE / "page.css").read_text(encoding="utf-8")
    return {
        "scripts": scripts,
        "style": style,
        "policy": _policy(scripts, style),
        "shapes": appearance.OUTLINES,
        "words": readable.interface()["en"],
        "reports": held.reports,
        "dates": readable.span(held.first, held.last),
        "made": spoken(made.isoformat()),
        "countries": _countries(held.nodes),
        "kinds": _kinds(held.nodes),
        "strength": held.strength,
        "tie_styles": {edge["lasting"] for edge in held.edges},
        "partnerships": any(PARTNERS & set(edge["kinds"]) for edge in held.edges),
        "compared": held.about["view"] == "compare",
        "years": sorted({year for edge in held.edges for year in edge["years"]}),
        "noun": asdict(held.noun),
        "groups": held.groups,
        "captions": held.captions,
        "settings": _settings(held, title, made, first_shown),
    }


def _settings(
    held: contents.Contents, title: str | None, made: datetime.date, first_shown: int
) -> dict[str, Any]:
    """Tell the scripts what they need to know beside nodes and ties."""
    return {
        "firstShown": min(first_shown, len(held.edges)),
        "noun": held.noun.key,
        "title": _clean(title or ""),
        "about": held.about,
        "reports": held.reports,
        "first": held.first,
        "last": held.last,
        "made": made.isoformat(),
        "strength": held.strength,
        "layouts": list(held.captions),
        "captions": held.captions,
        "words": readable.interface(),
    }


def _script() -> str:
    """Join the page's scripts in a scope of their own."""
    parts = [(_PAGE / f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "})();"


def _vis_network() -> str:
    import pyvis  # noqa: PLC0415  see above

    folder = Path(pyvis.__file__).parent / "lib"
    newest = max(folder.glob("vis-*/vis-network.min.js"), key=_version)
    return newest.read_text(encoding="utf-8").strip()


def _version(path: Path) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", path.parent.name)]


def _policy(scripts: Iterable[str], style: str) -> str:
    """Forbid the page everything but these scripts, this style and images of its own."""
    allowed = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _countries(nodes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """List the countries that are there, in the order of their colours."""
    counts = Counter(node["country"] for node in nodes)
    found = {
        node["country"]: {
            "code": node["country"],
            "name": node["countryText"],
            "slot": node["slot"],
            "count": counts[node["country"]],
        }
        for node in nodes
    }
    return sorted(found.values(), key=lambda entry: (entry["slot"], -entry["count"], entry["name"]))


def _kinds(nodes: Iterable[Mapping[str, Any]]) -> list[tuple[str, dict[str, str]]]:
    """List the shapes that are drawn, each with the kinds it stands for on this map."""
    found: dict[str, Counter[tuple[str, str]]] = {}
    for node in nodes:
        found.setdefault(node["shape"], Counter())[node["kind"], node["kindText"]] += 1
    return [
        (shape, dict(sorted(found[shape], key=lambda kind: (-found[shape][kind], kind[1]))))
        for shape in appearance.SHAPES
        if shape in found
    ]


def _clean(text: str) -> str:
    """Replace lone surrogates, which no encoding holds."""
    return text.encode("utf-8", "replace").decode("utf-8")
