"""Every page of the site map, and one of each kind, under the Nu HTML Checker."""

from __future__ import annotations

import json
import re
import subprocess
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

from tests.browser.addresses import PATHS, path_of
from tests.browser.live import ROOT, LiveSite

VNU = ROOT / "tests" / "browser" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def addresses(site: LiveSite) -> set[str]:
    """The pages of the site map, and those that no site map names."""
    maps = [site.read("/sitemap.xml")]
    maps += [site.read(urlsplit(part).path) for part in re.findall(r"<loc>([^<]+\.xml)</loc>", maps[0])]
    mapped = {urlsplit(found).path for text in maps for found in re.findall(r"<loc>([^<]+/)</loc>", text)}
    return mapped | {path_of(site, name) for name in PATHS}


def save(site: LiveSite, folder: Path) -> dict[str, str]:
    """Write the HTML of every page into a folder; return the address of each file."""
    names = {}
    for number, path in enumerate(sorted(addresses(site))):
        file = folder / f"{number:04}.html"
        file.write_text(site.read(path), encoding="utf-8")
        names[file.name] = path
    return names


def test_every_page_is_valid_html(site: LiveSite, tmp_path: Path) -> None:
    assert VNU.exists(), "first: npm ci, in tests/browser"
    names = save(site, tmp_path)
    command = ["java", "-Xss2m", "-jar", str(VNU), "--format", "json", "--skip-non-html", str(tmp_path)]
    result = subprocess.run(command, stderr=subprocess.PIPE, check=False)
    messages = json.loads(result.stderr)["messages"]
    found = defaultdict(list)
    for message in messages:
        if message["type"] == "error":
            path = names[Path(urlsplit(message["url"]).path).name]
            found[message["message"]].append(f"{path} « {message.get('extract', '')} »")
    assert len(names) > len(PATHS)
    assert [f"{what} ({len(where)} times: {where[0]}…)" for what, where in found.items()] == []
