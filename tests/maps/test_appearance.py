import re
from itertools import combinations
from pathlib import Path

import pytest

from kg.maps import appearance

CSS = Path(appearance.__file__).parent / "page" / "page.css"

# Machado, Oliveira and Fernandes, IEEE TVCG 15(6), 2009: severity 1.0, linear RGB.
DEFICIENCIES = {
    "none": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def palettes():
    light, dark = CSS.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")[:2]
    return {
        "light": dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light)),
        "dark": dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark)),
    }


def linear(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def contrast(one, other):
    def light(colour):
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lab(colour, matrix):
    seen = [
        min(max(sum(m * p for m, p in zip(row, linear(colour), strict=True)), 0), 1)
        for row in matrix
    ]
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = [sum(m * p for m, p in zip(row, seen, strict=True)) for row in to_xyz]
    f = [
        v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116
        for v in (xyz[0] / 0.95047, xyz[1], xyz[2] / 1.08883)
    ]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("sight", sorted(DEFICIENCIES))
def test_country_colours_differ_for_every_eye(scheme, sight):
    colours = {key: value for key, value in palettes()[scheme].items() if key.startswith("slot-")}
    seen = {name: lab(colours[f"slot-{name}"], DEFICIENCIES[sight]) for name in map(str, range(6))}
    for one, other in combinations(seen, 2):
        distance = sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5
        assert distance > (60 if {one, other} == {"0", "1"} else 16), (one, other, distance)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_meets_wcag_aa(scheme):
    palette = palettes()[scheme]
    for name, colour in palette.items():
        if name.startswith("slot-"):
            assert contrast(colour, palette["paper"]) >= 3, name
    for name in ("ink", "muted", "focus"):
        assert contrast(palette[name], palette["panel"]) >= 4.5, name
        assert contrast(palette[name], palette["paper"]) >= 4.5, name


def test_china_and_kazakhstan_face_each_other():
    assert appearance.principals(["UZ", "UZ", "KZ"]) == ("CN", "KZ")
    assert appearance.principals(["UZ", "TR", "UZ", ""]) == ("UZ", "TR")
    assert appearance.principals(["UZ"]) == ("UZ", "")
    assert appearance.principals([""]) == ("", "")


def test_each_country_has_a_colour_and_the_crowd_shares_one():
    countries = ["KZ", "", *("UZ", "KG", "RU", "TR", "IR", "TM") * 2, "TM"]
    slots = appearance.slots(countries)
    assert slots["KZ"] == "1"
    assert slots["TM"] == "2"  # the most frequent of the others
    assert slots[""] == appearance.UNKNOWN
    assert sorted(slots.values()).count(appearance.REST) == 2
    assert "CN" not in slots


def test_sizes_and_widths_stay_within_bounds():
    assert appearance.size(0, 0) < appearance.size(1, 4) < appearance.size(4, 4)
    assert appearance.width(0) < appearance.width(0.5) < appearance.width(1) < 10


def test_every_kind_has_a_shape_with_an_outline():
    assert appearance.shape("University") == "dot"
    assert appearance.shape("NeverHeardOf") in appearance.OUTLINES
    assert set(appearance.SHAPES) == set(appearance.OUTLINES)
