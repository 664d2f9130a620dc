"""Reading on a Ray cluster of several nodes on this machine, one of which dies."""

from __future__ import annotations

import gzip
import subprocess
import sys
from html import escape
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pytest
from pyarrow import parquet

from kg.documents.document import Document
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
    """Write files of eight reports as crawls give them: Parquet, every third a web archive."""
    documents = [one for one in read(ROOT / "corpus") if not isinstance(one, DocumentError)]
    paths = []
    for number in range(count):
        chosen = documents[number : number + 8]
        if number % 3 == 2:
            paths.append(folder / f"part-{number:03d}.warc.gz")
            paths[-1].write_bytes(gzip.compress(crawled(chosen, number)))
            continue
        rows = [
            {"text": one.text, "title": one.title, "source": f"https://e.org/{number}/{at}",
             "published": one.published, "language": "en"}
            for at, one in enumerate(chosen)
        ]  # fmt: skip
        paths.append(folder / f"part-{number:03d}.parquet")
        parquet.write_table(pa.Table.from_pylist(rows), paths[-1])
    return paths


def crawled(documents: list[Document], number: int) -> bytes:
    """A web archive of the pages of reports."""
    archive = b""
    for at, one in enumerate(documents):
        text = "".join(f"<p>{escape(line)}</p>" for line in one.text.splitlines() if line)
        page = f"<html><title>{one.title}</title><body><article>{text}</article></body></html>"
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://w.org/{number}/{at}\r\n"
            f"Content-Type: application/http\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        archive += head.encode() + answer + b"\r\n\r\n"
    return archive


def locally(paths: list[Path]) -> list[str]:
    """Return the records of files as one process here reads them, sorted."""
    failures: list[Exception] = []
    with Reader() as reader:
        found = (one for path in paths for one in read(path, reader))
        lines = sorted(files.line(*one) for one in sound(Engine(), found, failures))  # type: ignore[arg-type]
    assert failures == []
    return lines


def written(folder: Path | str) -> list[str]:
    """Return the records in the files of a folder, sorted."""
    found = [one for path in files.files([folder]) for one in files.read(path)]
    return sorted(files.line(*one) for one in found if isinstance(one, tuple))


def task(source: Path | str, folder: Path | str) -> cluster.Task:
    return cluster.Task(str(source), str(folder), "rules", None, Options())


class TestTask:
    def test_a_file_becomes_a_file_of_records(self, tmp_path: Path) -> None:
        paths = packed(tmp_path, 1)
        one = task(paths[0], tmp_path)
        assert cluster.perform(one) == cluster.Result(True, 8)
        assert written(Path(one.output) / one.name) == locally(paths)

    def test_an_address_is_opened_by_fsspec(self, tmp_path: Path) -> None:
        fsspec = pytest.importorskip("fsspec")
        (path,) = packed(tmp_path, 1)
        with fsspec.open("memory://news/part.parquet", "wb") as stream:
            stream.write(path.read_bytes())
        one = task("memory://news/part.parquet", tmp_path)
        assert cluster.perform(one) == cluster.Result(True, 8)
        assert written(Path(one.output) / one.name) == locally([path])

    def test_a_web_archive_elsewhere_becomes_records_elsewhere(self, tmp_path: Path) -> None:
        fsspec = pytest.importorskip("fsspec")
        path = packed(tmp_path, 3)[-1]
        with fsspec.open(f"memory://{tmp_path.name}/a.warc.gz", "wb") as stream:
            stream.write(path.read_bytes())
        (source,) = cluster.inputs([f"memory://{tmp_path.name}/*.gz"])
        records = f"memory://{tmp_path.name}/records"
        assert cluster.perform(task(source, records)) == cluster.Result(True, 8)
        assert list(cluster.extract([task(source, records)])) == [cluster.Result(False, 0)]
        assert written(records) == locally([path])

    def test_what_cannot_be_read_leaves_nothing_behind(self, tmp_path: Path) -> None:
        (tmp_path / "a.parquet").write_bytes(b"PAR1")
        output = tmp_path / "out"
        output.mkdir()
        for source in (tmp_path / "a.parquet", tmp_path / "none.warc", "nonsense://x/y.warc"):
            result = cluster.perform(task(source, output))
            assert result.failures
        assert [each for each in output.iterdir() if each.name.startswith(".")] == []

    def test_two_sources_of_one_name_have_two_targets(self, tmp_path: Path) -> None:
        one, other = (task(f"s3://{name}/a.warc.gz", tmp_path).name for name in "ab")
        assert one != other
        assert one.startswith("a-")

    def test_a_file_at_which_every_process_dies_is_told(self, tmp_path: Path) -> None:
        class RayError(Exception):
            pass

        def get(_: object) -> cluster.Result:
            raise RayError("The worker died unexpectedly.\nSee the logs.")

        ray = SimpleNamespace(get=get, exceptions=SimpleNamespace(RayError=RayError))
        result = cluster._result(ray, None, task("/crawl/a.warc", tmp_path))
        assert not result.written
        (told,) = result.failures
        assert told.startswith("/crawl/a.warc: the process that reads it ends (The worker died")


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
