"""Films as small as they can be: enough boxes to be read, no picture (ISO/IEC 14496-12)."""

from __future__ import annotations

import struct

from django.core.files.uploadedfile import SimpleUploadedFile

FTYP = b"isom\0\0\2\0isomiso2avc1mp41"


def box(kind: bytes, *contents: bytes) -> bytes:
    content = b"".join(contents)
    return struct.pack(">I4s", 8 + len(content), kind) + content


def mvhd(seconds: int, version: int = 0) -> bytes:
    if version:
        header = struct.pack(">IQQIQ", 1 << 24, 0, 0, 1000, seconds * 1000)
    else:
        header = struct.pack(">IIIII", 0, 0, 0, 1000, seconds * 1000)
    return box(b"mvhd", header, bytes(80))


def mp4(seconds: int = 95, codec: bytes = b"avc1", version: int = 0) -> bytes:
    samples = box(b"stsd", struct.pack(">II", 0, 1), struct.pack(">I4s", 16, codec), bytes(8))
    track = box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", samples))))
    return box(b"ftyp", FTYP) + box(b"mdat", bytes(64)) + box(b"moov", mvhd(seconds, version), track)


def upload(content: bytes, name: str = "film.mp4") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
