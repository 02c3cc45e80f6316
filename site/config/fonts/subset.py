"""Make the two fonts of the site from the published ones; see README.md beside this file.

Needs fonttools and brotli. Usage: python subset.py NODE_MODULES
"""
# ruff: noqa: INP001 (a script, not a module of `config`)

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).parent
TARGET = HERE.parent / "static" / "fonts"
LIMIT = 19 * 1024

NO_BREAK_SPACE, NARROW_SPACE = 0x00A0, 0x202F
HYPHEN, NO_BREAK_HYPHEN = 0x002D, 0x2011
LATIN_1 = [*range(0x20, 0x7F), *range(0xA0, 0x100)]
FRENCH = [0x0152, 0x0153, 0x0178, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0x20AC, 0x2212]
FEATURES = ["kern", "liga", "mark", "ccmp", "locl", "tnum", "lnum"]


@dataclass(frozen=True)
class Face:
    """One font: the npm package it comes from, its axes once made, its new name."""

    package: str
    source: str
    axes: dict[str, float | tuple[float, float]]
    name: str
    target: str


FACES = (
    Face(
        "bricolage-grotesque",
        "bricolage-grotesque-latin-wght-normal.woff2",
        {"wght": 700},
        "Atout Titre",
        "atout-titre.woff2",
    ),
    Face(
        "atkinson-hyperlegible-next",
        "atkinson-hyperlegible-next-latin-wght-normal.woff2",
        {"wght": (400, 700)},
        "Atout Texte",
        "atout-texte.woff2",
    ),
)


def map_character(font: TTFont, code: int, glyph: str) -> None:
    """Let `code` be shown with `glyph` in every Unicode table."""
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = glyph


def add_narrow_space(font: TTFont) -> None:
    """A no-break space a little over half as wide as the word space, as French typography sets it."""
    name = "uni202F"
    glyph = TTGlyphPen(None).glyph()
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphs[name] = glyph
    word_space = font["hmtx"].metrics[font.getBestCmap()[0x20]][0]
    font["hmtx"].metrics[name] = (round(word_space * 0.6), 0)
    if "gvar" in font:
        font["gvar"].variations[name] = []
    if "HVAR" in font and font["HVAR"].table.AdvWidthMap:
        widths = font["HVAR"].table.AdvWidthMap.mapping
        widths[name] = widths[font.getBestCmap()[0x20]]
    map_character(font, NARROW_SPACE, name)


def rename(font: TTFont, name: str) -> None:
    """Give a modified font a name of its own; copyright and licence stay."""
    table = font["name"]
    for identifier in (1, 16):
        table.removeNames(identifier)
    for identifier, text in ((1, name), (3, f"{name}, subset"), (4, name), (6, name.replace(" ", ""))):
        table.setName(text, identifier, 3, 1, 0x409)


def make(face: Face, packages: Path) -> Path:
    """Cut one font down to what the site writes, and return its path."""
    folder = packages / "@fontsource-variable" / face.package
    font = TTFont(folder / "files" / face.source)
    font = instantiateVariableFont(font, face.axes)
    if NO_BREAK_SPACE not in font.getBestCmap():
        map_character(font, NO_BREAK_SPACE, font.getBestCmap()[0x20])
    map_character(font, NO_BREAK_HYPHEN, font.getBestCmap()[HYPHEN])
    add_narrow_space(font)
    options = Options(layout_features=FEATURES, hinting=False, name_IDs=[0, 1, 2, 4, 6, 13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[*LATIN_1, *FRENCH, NARROW_SPACE, NO_BREAK_HYPHEN])
    subsetter.subset(font)
    rename(font, face.name)
    font.flavor = "woff2"
    target = TARGET / face.target
    font.save(target)
    shutil.copyfile(folder / "LICENSE", TARGET / f"OFL-{face.package}.txt")
    return target


def main() -> None:
    packages = Path(sys.argv[1])
    TARGET.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        path = make(face, packages)
        size = path.stat().st_size
        sys.stdout.write(f"{path.name}: {size} bytes\n")
        if size > LIMIT:
            raise SystemExit(f"{path.name} weighs more than {LIMIT} bytes")


if __name__ == "__main__":
    main()
