"""Files, honest and hostile, made on the spot."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation.main+xml"),
    "docm": ("word/document.xml", "ms-word.document.macroEnabled.main+xml"),
    "xlsm": ("xl/workbook.xml", "ms-excel.sheet.macroEnabled.main+xml"),
}
EICAR = r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def office(kind: str = "docx", **more: Any) -> bytes:
    part, main = MAIN[kind]
    types = f'<Types><Override PartName="/{part}" ContentType="application/vnd.{main}"/></Types>'
    members = {"[Content_Types].xml": types.encode(), part: b"<x/>"}
    return zipped(members | more.get("members", {}))


def odf(kind: str = "text", **more: Any) -> bytes:
    members = {"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": b"<x/>"}
    return zipped(members | more.get("members", {}))


def pdf(inside: bytes = b"", stream: bytes | None = None) -> bytes:
    """A page of A4, and whatever is added to the catalogue or packed in a stream of objects."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + inside + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    if stream is not None:
        packed = zlib.compress(stream)
        head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % len(packed)
        objects.append(head + b"\nstream\n" + packed + b"\nendstream")
    content = b"%PDF-1.5\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), **options: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "#2340b8").save(file, kind, **options)
    return file.getvalue()


def photograph() -> bytes:
    """A JPEG that says where it was taken, to be turned a quarter."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Appareil"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (50.0, 37.0, 58.0)
    return picture(exif=exif)


def png_that_says(width: int, height: int) -> bytes:
    """A PNG whose head promises that many pixels; there are none."""
    body = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + body
    data = b"IDAT" + zlib.compress(b"")
    parts = [struct.pack(">L", 13) + chunk + struct.pack(">L", zlib.crc32(chunk))]
    parts += [struct.pack(">L", len(data) - 4) + data + struct.pack(">L", zlib.crc32(data))]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + b"\0\0\0\0IEND\xaeB`\x82"


def compound(*names: str) -> bytes:
    """An old office file (MS-CFB) with these entries in its directory."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HH", header, 24, 0x3E, 3)
    struct.pack_into("<HHH", header, 28, 0xFFFE, 9, 6)
    struct.pack_into("<L", header, 44, 1)
    struct.pack_into("<L", header, 48, 1)
    struct.pack_into("<109L", header, 76, 0, *[0xFFFFFFFF] * 108)
    sectors = -(-len(names) // 4) or 1
    chain = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    table = struct.pack("<128L", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    directory = b""
    for name in names:
        coded = name.encode("utf-16-le") + b"\0\0"
        directory += coded.ljust(64, b"\0") + struct.pack("<H", len(coded)) + b"\x02" + bytes(61)
    return bytes(header) + table + directory.ljust(sectors * 512, b"\0")
