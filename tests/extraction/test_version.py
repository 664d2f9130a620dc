"""Two extractors of one version read alike; a word added to a list makes another version."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.errors import ExtractionError
from kg.extraction.version import extractor_version
from kg.version import version_of

PROBE = "from kg.extraction.version import extractor_version; print(extractor_version())"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package whose files a test may change."""
    source = Path(kg.__file__).parent
    return shutil.copytree(source, tmp_path / "kg", ignore=shutil.ignore_patterns("__pycache__"))


def told(package: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        env=os.environ | {"PYTHONPATH": str(package.parent)},
        cwd=package.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_it_names_the_product_its_rules_and_the_model() -> None:
    pattern = rf"kg {re.escape(kg.__version__)}\+[0-9a-f]{{8}} en_core_web_sm\w* 3\.8\.0"
    assert re.fullmatch(pattern, extractor_version())


def test_where_it_is_installed_makes_no_difference(copy: Path, tmp_path: Path) -> None:
    assert told(shutil.copytree(copy, tmp_path / "elsewhere" / "kg")) == told(copy)


@pytest.mark.parametrize("file", ["data/en/roles.toml", "data/regions.csv", "record.py"])
def test_a_changed_word_list_table_or_rule_changes_it(copy: Path, file: str) -> None:
    before = told(copy)
    with (copy / "extraction" / file).open("a") as stream:
        stream.write("# one more line\n")
    assert told(copy) != before


def test_other_parts_and_other_files_do_not(copy: Path) -> None:
    before = told(copy)
    with (copy / "cli" / "__main__.py").open("a") as stream:
        stream.write("# one more line\n")
    (copy / "extraction" / "data" / "notes.md").write_text("Nothing that is read.")
    assert told(copy) == before


def test_parts_have_versions_of_their_own() -> None:
    parts = [("extraction",), ("graph",), ("extraction", "graph")]
    assert len({version_of(*names) for names in parts}) == 3


def test_a_model_that_is_not_installed_is_told() -> None:
    with pytest.raises(ExtractionError, match="'no_such_model' is not installed"):
        extractor_version("no_such_model")
