# ruff: noqa: INP001 (a script, not a package)
"""Make, from the two fonts of the site, those with which pictures for shared links are drawn.

Pillow reads TrueType, and one weight a file. Needs fonttools and brotli. Usage: python pictures.py
"""

from __future__ import annotations

import shutil
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

SOURCE = Path(__file__).parents[1] / "static" / "fonts"
TARGET = Path(__file__).parents[2] / "common" / "data" / "fonts"
LICENCES = ("OFL-bricolage-grotesque.txt", "OFL-atkinson-hyperlegible-next.txt")


def make(source: str, target: str, weight: int) -> None:
    """Turn a web font into a TrueType file of one weight."""
    font = TTFont(SOURCE / source)
    if "fvar" in font:
        font = instantiateVariableFont(font, {"wght": weight})
    font.flavor = None
    font.save(TARGET / target)


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    make("atout-titre.woff2", "atout-titre-700.ttf", 700)
    make("atout-texte.woff2", "atout-texte-600.ttf", 600)
    for name in LICENCES:
        shutil.copyfile(SOURCE / name, TARGET / name)


if __name__ == "__main__":
    main()
