import datetime

import pytest

from kg.errors import UsageError
from kg.maps.brief import writing

DAY = datetime.date(2025, 10, 1)


def test_the_page_asks_nobody_and_runs_nothing(invented, tmp_path):
    page = writing.write(invented, tmp_path / "brief.html", made=DAY).read_text(encoding="utf-8")
    assert "made 1 October 2025" in page
    assert "<script" not in page
    assert 'src="' not in page
    assert page.count('<li id="note-') > 5
    assert page == writing.render(invented.copy(), DAY)


def test_names_are_never_markup(invented):
    for node in list(invented)[:5]:
        invented.nodes[node]["label"] = "</svg><script>alert(1)</script>"
    for *_, data in invented.edges(data=True):
        for entry in data["evidence"]:
            entry["quote"] = entry["title"] = "<img src=x onerror=alert(1)>"
    page = writing.render(invented, DAY)
    assert "<script>" not in page
    assert "<img" not in page


def test_without_a_printer_of_pdf_the_remedy_is_told(invented, tmp_path, monkeypatch):
    monkeypatch.setenv("KG_CHROMIUM", "no-such-browser")
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    with pytest.raises(UsageError, match=r"prints PDF.*silkgraph\[pdf\].*Chromium"):
        writing.write(invented, tmp_path / "brief.pdf", made=DAY)
    assert list(tmp_path.iterdir()) == []


def test_a_briefing_that_cannot_be_written_is_an_error_with_a_remedy(invented, tmp_path):
    with pytest.raises(UsageError, match=r"cannot be written.*folder"):
        writing.write(invented, tmp_path / "missing" / "brief.html")
