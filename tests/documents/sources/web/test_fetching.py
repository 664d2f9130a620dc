from __future__ import annotations

import gzip
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from kg.documents import sources
from kg.documents.document import Document
from kg.documents.sources import Options, Reader
from kg.documents.sources.web import fetching
from kg.errors import DocumentError
from sources.samples import FIRST, PAGE, RUSSIAN, SECOND, documents, only, pdf, read, refused, write
from sources.web.server import Site, bomb, cut, drip, endless, serving, silent


def test_a_page(site: Site, options: Options) -> None:
    document = only(site.put("/1", PAGE), options)
    assert FIRST in document.text
    assert document.address == document.source == f"{site.url}/1"  # n.example is another server
    assert document.id == document.key
    _, headers = site.asked[-1]
    assert headers["User-Agent"].startswith("silkgraph/")
    assert headers["Host"] == site.host


def test_other_kinds_by_media_type_or_name(site: Site, options: Options) -> None:
    assert only(site.put("/a", FIRST, "text/plain"), options).text == FIRST
    found = only(site.put("/b.pdf", pdf([FIRST]), "application/octet-stream"), options)
    assert found.text == FIRST
    assert "image/png, which is not read" in str(
        refused(site.put("/c", b"x", "image/png"), options)
    )


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects(site: Site, options: Options, status: int) -> None:
    site.put("/new/1", PAGE)
    old = site.put("/old", "", status=status, Location="/new/1")
    assert only(old, options).address == f"{site.url}/new/1"


def test_redirects_without_end(site: Site, options: Options) -> None:
    circle = site.put("/a", "", status=302, Location="/a")
    assert "again and again" in str(refused(circle, options))
    assert site.counts()["/a"] == 6


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://e.org/x", "gopher://e.org", "//", "http://[", "data:,x"]
)
def test_a_redirect_to_what_is_no_page(site: Site, options: Options, target: str) -> None:
    address = site.put("/a", "", status=302, Location=target)
    assert isinstance(read(address, options)[0], DocumentError)


def test_a_redirect_to_another_server_inside(site: Site, options: Options) -> None:
    with serving() as inside:
        inside.put("/secret", PAGE)
        address = site.put("/a", "", status=302, Location=f"{inside.url}/secret")
        assert "not in the public network" in str(refused(address, options))
        assert inside.asked == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_refusal_is_believed_for_a_day(site: Site, options: Options, status: int) -> None:
    address = site.put("/a", "No.", status=status)
    assert f"the server answers {status}" in str(refused(address, options))
    assert site.counts()["/a"] == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(site: Site, options: Options, status: int) -> None:
    address = site.put("/a", "Later.", status=status)
    assert f"the server answers {status}" in str(refused(address, options))
    assert site.counts()["/a"] == 3
    site.put("/a", PAGE)
    assert FIRST in only(address, options).text


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "koi8-r"])
def test_encodings_that_the_server_says(site: Site, options: Options, encoding: str) -> None:
    address = site.put("/a", RUSSIAN.encode(encoding), f"text/html; charset={encoding}")
    assert "Анна Берг" in only(address, options).text


def test_an_encoding_that_the_server_gets_wrong(site: Site, options: Options) -> None:
    wrong = site.put("/a", RUSSIAN.encode(), "text/html; charset=iso-8859-1")
    assert "Анна Берг" in only(wrong, options).text
    unknown = site.put("/b", RUSSIAN.encode("windows-1251"), "text/html; charset=none-such")
    assert "Анна Берг" in only(unknown, options).text


def test_compressed_answers(site: Site, options: Options) -> None:
    packed = gzip.compress(PAGE.encode())
    assert FIRST in only(site.put("/a", packed, Content_Encoding="gzip"), options).text
    lying = refused(site.put("/b", PAGE, Content_Encoding="gzip"), options)
    assert "not compressed as it says" in str(lying)
    other = refused(site.put("/c", packed, Content_Encoding="br"), options)
    assert "compressed as br, which was not asked for" in str(other)
    site.special["/d"] = bomb
    assert "longer than 10.0 MB" in str(refused(f"{site.url}/d", options))


def test_pages_without_end(site: Site, options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    site.special |= {"/endless": endless, "/drip": drip}
    monkeypatch.setattr(fetching, "MAX_SECONDS", 0.3)
    monkeypatch.setattr(fetching, "MAX_BYTES", 1024 * 1024)
    assert "longer than 1.0 MB" in str(refused(f"{site.url}/endless", options))
    assert "takes longer than" in str(refused(f"{site.url}/drip", options))


def test_a_server_that_goes_away(site: Site, options: Options) -> None:
    site.special["/cut"] = cut
    assert "cannot be reached or breaks off" in str(refused(f"{site.url}/cut", options))
    assert site.counts()["/cut"] == 3
    with serving() as other:
        gone = Options(allowed_hosts=frozenset({other.host}), delay=0.0)
    assert "cannot be reached" in str(refused(f"{other.url}/a", gone))


def test_a_server_that_does_not_answer(
    site: Site, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.special["/silent"] = silent
    monkeypatch.setattr(fetching, "_TRIES", 1)
    with Reader(options) as reader:
        reader.fetcher._client.timeout = 0.2  # type: ignore[assignment]
        (error,) = sources.read(f"{site.url}/silent", reader)
    assert "cannot be reached" in str(error)


class TestUnchanged:
    def test_an_unchanged_page_is_not_sent_again(self, site: Site, options: Options) -> None:
        address = site.put("/1", PAGE, ETag='"one"')
        first = only(address, options)
        assert only(address, options) == first
        assert site.asked[-1][1]["If-None-Match"] == '"one"'
        site.put("/1", PAGE.replace("exchange", "welfare"), ETag='"two"')
        assert "welfare" in only(address, options).text

    def test_what_was_kept_may_be_broken(self, site: Site, options: Options) -> None:
        assert options.cache is not None
        write(options.cache, b"no database" * 100)
        assert only(site.put("/1", PAGE), options)


class TestRobots:
    def test_what_is_forbidden_is_not_asked_for(self, site: Site, options: Options) -> None:
        site.put("/robots.txt", "User-agent: *\nDisallow: /private/\n", "text/plain")
        assert "robots.txt" in str(refused(site.put("/private/1", PAGE), options))
        assert site.counts() == {}
        assert only(site.put("/1", PAGE), options)

    def test_a_server_that_cannot_say_is_not_asked(self, site: Site, options: Options) -> None:
        site.put("/robots.txt", "", status=503)
        assert "nothing may be read" in str(refused(site.put("/1", PAGE), options))
        assert site.counts() == {}

    def test_it_is_read_once(self, site: Site, options: Options) -> None:
        with Reader(options) as reader:
            for number in range(3):
                list(sources.read(site.put(f"/{number}", PAGE), reader))
        assert [path for path, _ in site.asked].count("/robots.txt") == 1

    def test_the_pace(self, site: Site, options: Options) -> None:
        slow = Options(allowed_hosts=options.allowed_hosts, delay=0.15)
        begun = time.monotonic()
        with Reader(slow) as reader:
            for number in range(3):
                list(sources.read(site.put(f"/{number}", PAGE), reader))
        assert time.monotonic() - begun >= 0.45  # robots.txt and two pages before the last


FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Northern News</title><link>SITE/</link>
<item><title>Visit</title><link>SITE/1</link><pubDate>Mon, 13 May 2024 10:00:00 GMT</pubDate></item>
<item><title>Paper</title><link>SITE/2</link><pubDate>Tue, 14 May 2024 10:00:00 GMT</pubDate></item>
<item><title>Gone</title><link>SITE/gone</link></item>
<item><title>Trap</title><link>file:///etc/passwd</link></item>
</channel></rss>"""
BARE = "<html><body><article><p>%s</p></article></body></html>"
MAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>SITE/1</loc><lastmod>2024-05-13</lastmod></url>
<url><loc>SITE/2</loc></url><url><loc>https://other.example/3</loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>SITE/map.xml.gz</loc></sitemap><sitemap><loc>SITE/index.xml</loc></sitemap>
</sitemapindex>"""


class TestFeeds:
    @pytest.fixture
    def feed(self, site: Site) -> str:
        site.put("/1", PAGE)
        site.put("/2", BARE % (SECOND * 3))
        return site.put("/feed", FEED, "application/rss+xml")

    def test_the_pages_of_a_feed(self, site: Site, options: Options, feed: str) -> None:
        first, second, gone = read(feed, options)
        assert isinstance(first, Document)
        assert isinstance(second, Document)
        assert first.title == "Rector of Northern University in Oslo"
        assert (second.title, second.published) == ("Paper", "2024-05-14")  # as the feed says
        assert isinstance(gone, DocumentError)

    def test_a_second_round_asks_for_the_feed_alone(
        self, site: Site, options: Options, feed: str
    ) -> None:
        first = read(feed, options)
        site.asked.clear()
        again = read(feed, options)
        assert [str(one) for one in again] == [str(one) for one in first]
        assert site.counts() == {"/feed": 1}

    def test_a_reading_that_was_cut_off_goes_on(
        self, site: Site, options: Options, feed: str
    ) -> None:
        with Reader(options) as reader:
            next(sources.read(feed, reader))
        site.asked.clear()
        assert len(read(feed, options)) == 3
        assert site.counts() == {"/feed": 1, "/2": 1, "/gone": 1}

    def test_a_saved_feed(self, site: Site, options: Options, feed: str, tmp_path: Path) -> None:
        path = write(tmp_path / "news.rss", FEED.replace("SITE", site.url))
        assert len(read(path, options)) == 3

    @pytest.mark.parametrize("body", ["", "no feed", "<rss><channel>", "<a/>"])
    def test_what_is_no_feed(self, site: Site, options: Options, body: str) -> None:
        assert "no sound feed" in str(refused(site.put("/f", body, "text/xml"), options))

    @pytest.mark.parametrize("kind", ["text/xml", "application/rss+xml", "application/xml"])
    def test_a_feed_without_news_is_no_failure(
        self, site: Site, options: Options, kind: str
    ) -> None:
        body = '<?xml version="1.0"?><rss version="2.0"><channel><title>Ñ</title></channel></rss>'
        assert read(site.put("/f", body, kind), options) == []

    def test_a_feed_that_lists_itself_or_another_ends(self, site: Site, options: Options) -> None:
        items = "".join(f"<item><link>{path}</link></item>" for path in ("/f", "/g", "/f", "/1"))
        body = f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'
        site.put("/g", body, "application/rss+xml")
        site.put("/1", PAGE)
        *errors, page = read(site.put("/f", body, "application/rss+xml"), options)
        assert isinstance(page, Document)
        assert len(errors) == 3
        assert all("listed by one" in str(error) for error in errors)
        assert site.counts() == {"/f": 1, "/g": 1, "/1": 1}

    def test_entities_that_explode(self, site: Site, options: Options) -> None:
        layers = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12))
        body = f"<?xml version='1.0'?><!DOCTYPE x [{layers}]>{MAP[21:]}"
        site.put("/1", PAGE)
        body = body.replace("SITE/2", "&e11;")
        begun = time.monotonic()
        read(site.put("/map.xml", body, "text/xml"), options)
        assert time.monotonic() - begun < 5


class TestSitemaps:
    def test_an_index_of_packed_sitemaps(self, site: Site, options: Options) -> None:
        site.put("/1", PAGE)
        site.put("/2", BARE % (SECOND * 3))
        packed = gzip.compress(MAP.replace("SITE", site.url).encode())
        site.put("/map.xml.gz", packed, "application/gzip")
        index = site.put("/index.xml", INDEX, "application/xml")
        found = documents(index, options)
        assert [one.address for one in found][:2] == [f"{site.url}/1", f"{site.url}/2"]
        assert len(site.counts()) == 4  # none of another server

    def test_indexes_that_list_each_other_end(self, site: Site, options: Options) -> None:
        site.put("/1", PAGE)
        body = INDEX[: INDEX.index("<sitemap>")] + "".join(
            f"<sitemap><loc>SITE/{name}</loc></sitemap>" for name in ("a", "b", "map", "a", "map")
        )
        for path in ("/a", "/b"):
            site.put(path, f"{body}</sitemapindex>", "text/xml")
        site.put("/map", MAP.replace("SITE/2", "SITE/a"), "text/xml")
        page, error = read(f"{site.url}/a", options)
        assert isinstance(page, Document)
        assert "listed by one" in str(error)
        assert site.counts() == {"/a": 1, "/b": 1, "/map": 1, "/1": 1}

    def test_a_sitemap_that_breaks_off(self, site: Site, options: Options) -> None:
        site.put("/1", PAGE)
        cut_off = MAP[: MAP.index("SITE/2") + 2]
        page, *_, error = read(site.put("/map", cut_off, "text/xml"), options)
        assert isinstance(page, Document)
        assert "breaks off" in str(error)

    def test_a_walk_that_was_cut_off_goes_on_days_later(
        self, site: Site, options: Options, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(fetching, "FRESH", 0.0)  # as if a day were over at once
        site.put("/1", PAGE)
        site.put("/2", BARE % (SECOND * 3))
        listed = site.put("/map.xml", MAP, "application/xml")
        with Reader(options) as reader:
            next(sources.read(listed, reader))
        site.asked.clear()
        assert len(documents(listed, options)) == 2
        assert site.counts() == {"/map.xml": 1, "/2": 1}
        assert len(documents(listed, options)) == 2  # another walk asks again
        assert site.counts() == {"/map.xml": 2, "/1": 1, "/2": 2}

    def test_a_walk_that_was_killed_goes_on(
        self, site: Site, options: Options, tmp_path: Path
    ) -> None:
        """`kill -9` in the middle of a page: what came before is not asked for again."""
        paths = [f"/{number}" for number in range(6)]
        for path in paths:
            site.put(path, PAGE)
        listed = "".join(f"<url><loc>SITE{path}</loc></url>" for path in paths)
        address = site.put("/map", f"{MAP[: MAP.index('<url>')]}{listed}</urlset>", "text/xml")
        site.special["/3"] = silent
        script = (
            "import sys; from pathlib import Path; from kg.documents import sources as s\n"
            "hosts = frozenset(sys.argv[1:2])\n"
            "o = s.Options(allowed_hosts=hosts, delay=0, cache=Path(sys.argv[2]))\n"
            "with s.Reader(o) as reader: list(s.read(sys.argv[3], reader))\n"
        )
        command = [sys.executable, "-c", script, site.host, str(options.cache), address]
        process = subprocess.Popen(command)
        while not site.counts()["/3"]:
            assert process.poll() is None
            time.sleep(0.01)
        process.kill()
        process.wait()
        del site.special["/3"]
        assert len(documents(address, options)) == 6
        assert site.counts() == {**dict.fromkeys(paths, 1), "/map": 2, "/3": 2}


def test_a_full_disk_costs_no_page(site: Site, options: Options) -> None:
    long = Random(1).randbytes(20_000).hex(" ")  # more than fits into what the file has
    page = site.put("/1", f"{PAGE}<!-- {long} -->")
    with Reader(options) as reader:
        reader.fetcher._cache._base.execute("PRAGMA max_page_count = 1")
        for _ in range(2):
            (document,) = sources.read(page, reader)
            assert isinstance(document, Document)
    assert site.counts() == {"/1": 2}


class TestAddresses:
    @pytest.mark.parametrize(
        "address",
        [
            "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/",
            "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data", "http://0.0.0.0/",
            "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://2130706433/",
            "http://100.64.0.1/", "http://[fe80::1]/", "http://224.0.0.1/", "http://[2002:7f00:1::]/",
        ],
    )  # fmt: skip
    def test_addresses_inside_are_not_asked(self, address: str) -> None:
        error = refused(address)
        assert "not in the public network" in str(error) or "is not known" in str(error)
        if "public" in str(error):
            assert "--allow-host" in str(error)

    @pytest.mark.parametrize(
        "address",
        ["http://", "http:///x", "http://user:secret@127.0.0.1/", "http://[", "http://e:x/"],
    )
    def test_what_is_no_address(self, address: str) -> None:
        assert "no address of a page" in str(refused(address))

    def test_a_host_that_is_not_known(self) -> None:
        assert "is not known" in str(refused("http://no-such-host.invalid/"))
