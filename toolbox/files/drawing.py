"""Draws the first page of a PDF in a process of its own, which a hostile file may well kill.

Run as `python drawing.py`: the PDF comes by standard input; by standard output go the number of pages, the
width and the height on a line, then a WebP picture. Nothing of the site is imported.
"""

from __future__ import annotations

import io
import resource
import sys

WIDTH = 480
MOST_HEIGHT = 1200
MEMORY = 1024 * 1024 * 1024
SECONDS = 15
QUALITY = 80


def limit() -> None:
    """No more memory and time than an honest first page needs; no file is written."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def draw(content: bytes) -> tuple[int, int, int, bytes]:
    """Pages, width, height, picture. Scripts and forms are not run."""
    import pypdfium2  # noqa: PLC0415 (within the limits)

    document = pypdfium2.PdfDocument(content)
    page = document[0]
    width, height = page.get_size()
    scale = min(WIDTH / max(width, 1), MOST_HEIGHT / max(height, 1))
    picture = page.render(scale=scale, fill_color=(255, 255, 255, 255), may_draw_forms=False).to_pil()
    picture = picture.convert("RGB").crop((0, 0, min(picture.width, WIDTH), min(picture.height, MOST_HEIGHT)))
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=QUALITY, method=4)
    return len(document), picture.width, picture.height, file.getvalue()


if __name__ == "__main__":
    limit()
    pages, wide, high, drawn = draw(sys.stdin.buffer.read())
    sys.stdout.buffer.write(f"{pages} {wide} {high}\n".encode() + drawn)
