"""Reading on a Ray cluster of several nodes on this machine, one of which dies."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from kg.documents.sources import Options, Reader, read
from kg.errors import DocumentError, ExtractionError
from kg.extraction import files
from kg.extraction.engines import Engine, cluster, sound

ROOT = Path(__file__).parents[3]

# In a process of its own: Ray leaves threads and sockets behind.
ONE_DIES = """
import os, sys, time
from pathlib import Path
os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
import subprocess
from ray.cluster_utils import Cluster
inputs, output = sys.argv[1:]
memory = {"object_store_memory": 80_000_000}
machines = Cluster(True, head_node_args={"num_cpus": 0, "include_dashboard": False, **memory})
doomed, _ = (machines.add_node(num_cpus=1, **memory) for _ in range(2))
machines.wait_for_nodes()
kg = [sys.executable, "-c", "from kg.cli import main; main()", "extract", inputs]
work = subprocess.Popen(
    [*kg, "--engine", "ray", "--address", machines.address, "--output", output],
    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
)
while len(list(Path(output).glob("*.parquet"))) < 2:
    assert work.poll() is None, work.communicate()[0]
    time.sleep(0.02)
done_before = len(list(Path(output).glob("*.parquet")))
machines.remove_node(doomed, allow_graceful=False)
told, _ = work.communicate(timeout=120)
machines.shutdown()
print(told)
print("done before", done_before)
sys.exit(work.returncode)
"""


def packed(folder: Path, count: int) -> list[Path]:
    """Write Parquet files of reports, eight in each, as a crawl would give them."""
    documents = [one for one in read(ROOT / "corpus") if not isinstance(one, DocumentError)]
    paths = []
    for number in range(count):
        rows = [
            {"text": one.text, "title": one.title, "source": f"https://e.org/{number}/{at}",
             "published": one.published, "language": "en"}
            for at, one in enumerate(documents[number : number + 8])
        ]  # fmt: skip
        paths.append(folder / f"part-{number:03d}.parquet")
        parquet.write_table(pa.Table.from_pylist(rows), paths[-1])
    return paths


def locally(paths: list[Path]) -> list[str]:
    """Return the records of files as one process here reads them, sorted."""
    failures: list[Exception] = []
    with Reader() as reader:
        found = (one for path in paths for one in read(path, reader))
        lines = sorted(files.line(*one) for one in sound(Engine(), found, failures))  # type: ignore[arg-type]
    assert failures == []
    return lines


def written(folder: Path) -> list[str]:
    """Return the records in the files of a folder, sorted."""
    found = [one for path in files.files([folder]) for one in files.read(path)]
    return sorted(files.line(*one) for one in found if isinstance(one, tuple))


def task(source: Path | str, folder: Path) -> cluster.Task:
    return cluster.Task(str(source), str(folder), "rules", None, Options())


class TestTask:
    def test_a_file_becomes_a_file_of_records(self, tmp_path: Path) -> None:
        paths = packed(tmp_path, 1)
        one = task(paths[0], tmp_path)
        assert cluster.perform(one) == cluster.Result(True, 8)
        assert written(one.target) == locally(paths)

    def test_an_address_is_opened_by_fsspec(self, tmp_path: Path) -> None:
        fsspec = pytest.importorskip("fsspec")
        (path,) = packed(tmp_path, 1)
        with fsspec.open("memory://news/part.parquet", "wb") as stream:
            stream.write(path.read_bytes())
        one = task("memory://news/part.parquet", tmp_path)
        assert cluster.perform(one) == cluster.Result(True, 8)
        assert written(one.target) == locally([path])

    def test_what_cannot_be_read_leaves_nothing_behind(self, tmp_path: Path) -> None:
        (tmp_path / "a.parquet").write_bytes(b"PAR1")
        output = tmp_path / "out"
        output.mkdir()
        for source in (tmp_path / "a.parquet", tmp_path / "none.warc", "nonsense://x/y.warc"):
            result = cluster.perform(task(source, output))
            assert result.failures
        assert [each for each in output.iterdir() if each.name.startswith(".")] == []

    def test_two_sources_of_one_name_have_two_targets(self, tmp_path: Path) -> None:
        one, other = (task(f"s3://{name}/a.warc.gz", tmp_path).target for name in "ab")
        assert one != other
        assert one.name.startswith("a-")


@pytest.mark.skipif(find_spec("ray") is not None, reason="Ray is installed")
def test_without_ray_it_is_told_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(ExtractionError, match="not installed"):
        list(cluster.extract([task(tmp_path / "a.warc", tmp_path)]))


@pytest.mark.skipif(find_spec("ray") is None, reason="needs the extra `ray`: make test-ray")
def test_a_node_that_dies_costs_no_record(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    paths = packed(tmp_path / "in", 12)
    command = [sys.executable, "-c", ONE_DIES, str(tmp_path / "in"), str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[-1]) < len(paths)  # it died before the end
    assert len(files.files([tmp_path / "out"])) == len(paths)
    assert written(tmp_path / "out") == locally(paths)
    tasks = [task(path, tmp_path / "out") for path in paths]
    assert list(cluster.extract(tasks)) == [cluster.Result(False, 0)] * 12  # nothing read twice
