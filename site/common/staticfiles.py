"""Static files: hashed names, compressed, and one style sheet made of many.

`site.css` holds nothing but `@import url("…") layer(…);` lines, which a browser can read as they
stand. At `collectstatic` they are replaced by the files they name, so that a page asks for one.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.files.storage import Storage

BUNDLED = "css/site.css"
IMPORT = re.compile(r'@import\s+url\("(?P<path>[^"]+)"\)\s*(?:layer\((?P<layer>[\w.-]+)\))?\s*;')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def minify(css: str) -> str:
    """Drop comments and the space between lines; declarations stay readable in the inspector."""
    css = COMMENT.sub("", css)
    return re.sub(r"\s*\n\s*", "\n", css).strip() + "\n"


def bundle(path: Path) -> str:
    """The style sheet at `path` with its imports inlined, relative addresses moved to its folder."""

    def inline(match: re.Match[str]) -> str:
        target = (path.parent / match["path"]).resolve()
        content = minify(target.read_text(encoding="utf-8"))
        folder = Path(match["path"]).parent
        content = re.sub(
            r'url\("(?!data:|/|#)([^"]+)"\)',
            lambda url: f'url("{(folder / url[1]).as_posix()}")',
            content,
        )
        return f"@layer {match['layer']} {{\n{content}}}" if match["layer"] else content

    return minify(IMPORT.sub(inline, path.read_text(encoding="utf-8")))


def normalise(name: str) -> str:
    """`css/components/../../fonts/a.woff2` → `fonts/a.woff2`."""
    parts: list[str] = []
    for part in name.split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


class BundledManifestStorage(CompressedManifestStaticFilesStorage):
    """Bundles `css/site.css` before names are hashed."""

    manifest_strict = True

    def post_process(
        self, paths: dict[str, tuple[Storage, str]], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        if BUNDLED in paths and not dry_run:
            storage, name = paths[BUNDLED]
            Path(self.path(BUNDLED)).write_text(bundle(Path(storage.path(name))), encoding="utf-8")
            paths = {**paths, BUNDLED: (self, BUNDLED)}
        yield from super().post_process(paths, dry_run, **options)
