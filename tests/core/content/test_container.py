"""ZIP containers that lie about what they hold."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest

from efc_portal.core.content import Reason
from tests.core.content.samples import door, paper, refusal, repacked, workbook


def test_bytes_before_between_and_behind_the_entries_are_refused() -> None:
    data = workbook()
    assert refusal(data + b"more", "payments.xlsx").reason in (Reason.POLYGLOT, Reason.ARCHIVE)
    assert refusal(data + bytes(40), "payments.xlsx").reason in (Reason.POLYGLOT, Reason.ARCHIVE)
    assert refusal(b"GIF89a" + data, "payments.xlsx").reason is Reason.IMAGE
    assert refusal(paper() + data, "payments.xlsx").reason in (Reason.POLYGLOT, Reason.NAME)
    assert refusal(with_gap(data), "payments.xlsx").reason is Reason.POLYGLOT
    assert refusal(commented(data), "payments.xlsx").reason is Reason.POLYGLOT


def directory_of(data: bytes) -> tuple[int, int]:
    """Where the central directory and the end record begin."""
    end = data.rindex(b"PK\x05\x06")
    return struct.unpack_from("<I", data, end + 16)[0], end


def with_gap(data: bytes) -> bytes:
    """Hidden bytes between the last entry and the directory."""
    directory, end = directory_of(data)
    hidden = b"hidden bytes" * 10
    moved = bytearray(data[:directory] + hidden + data[directory:])
    struct.pack_into("<I", moved, end + len(hidden) + 16, directory + len(hidden))
    return bytes(moved)


def commented(data: bytes) -> bytes:
    """A comment at the end of the container."""
    return data[:-2] + struct.pack("<H", 6) + b"hidden"


def changed_directory(data: bytes, offset: int, value: bytes) -> bytes:
    """The first entry of the directory with some bytes replaced."""
    directory, _end = directory_of(data)
    place = directory + offset
    return data[:place] + value + data[place + len(value) :]


def test_entries_that_say_two_things_are_refused() -> None:
    data = workbook()
    name = data.index(b"[Content") if data.startswith(b"PK") else 0
    assert name
    local_name = data[:30] + data[30:].replace(data[30:38], b"hidden/x", 1)
    assert refusal(local_name, "payments.xlsx").reason is Reason.POLYGLOT
    assert refusal(changed_directory(data, 16, b"\0\0\0\0"), "payments.xlsx").reason is Reason.MALFORMED  # CRC
    size = struct.pack("<I", 10)
    assert refusal(changed_directory(data, 24, size), "payments.xlsx").reason is Reason.MALFORMED  # unpacked size
    assert refusal(changed_directory(data, 20, size), "payments.xlsx").reason is Reason.POLYGLOT  # packed size
    assert refusal(changed_directory(data, 42, size), "payments.xlsx")  # offset: entries overlap


def test_a_protected_entry_is_told_so() -> None:
    data = changed_directory(workbook(), 8, b"\x01\x00")
    refused = refusal(data, "payments.xlsx")
    assert refused.reason is Reason.ENCRYPTED
    assert "password" in refused.message


def test_bytes_behind_a_compressed_stream_are_refused() -> None:
    """What an ordinary reader never sees: the entry's packed bytes go on after the stream has ended."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    part = b"<x/>"
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(part) + packer.flush() + b"hidden bytes"
    data = with_raw_entry(out.getvalue(), "customXml/item1.xml", part, packed)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.read("customXml/item1.xml") == part
    assert refusal(data, "payments.xlsx").reason is Reason.MALFORMED


def with_raw_entry(data: bytes, name: str, part: bytes, packed: bytes) -> bytes:
    """A deflated entry put behind the others, its packed bytes as given."""
    directory, end = directory_of(data)
    fields = struct.pack("<5H3I2H", 20, 0, 8, 0, 33, zlib.crc32(part), len(packed), len(part), len(name), 0)
    local = b"PK\x03\x04" + fields + name.encode() + packed
    central = (
        b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<3H2I", 0, 0, 0, 0, directory) + name.encode()
    )
    count = struct.unpack_from("<H", data, end + 10)[0] + 1
    size = end - directory + len(central)
    closing = b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, count, count, size, directory + len(local), 0)
    return data[:directory] + local + data[directory:end] + central + closing


def test_the_raw_entry_of_these_tests_is_sound() -> None:
    part = b"<x/>"
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(part) + packer.flush()
    assert door(with_raw_entry(workbook(), "customXml/item1.xml", part, packed), "payments.xlsx")


@pytest.mark.parametrize(
    "name", ["../x.xml", "/x.xml", "xl\\x.xml", "C:x.xml", "xl//x.xml", "xl/./x.xml", "xl/a\nb.xml"]
)
def test_impossible_names_are_refused(name: str) -> None:
    part = zipfile.ZipInfo("placeholder")
    part.filename = name
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(part, b"<x/>")
    assert refusal(out.getvalue(), "payments.xlsx").reason is Reason.MALFORMED


@pytest.mark.parametrize("name", ["xl/workbook.xml", "XL/Workbook.xml"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused(name: str) -> None:
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(name, b"<x/>")
    assert refusal(out.getvalue(), "payments.xlsx").reason is Reason.MALFORMED


def test_other_compressions_are_refused() -> None:
    assert refusal(repacked(workbook(), compression=zipfile.ZIP_BZIP2), "payments.xlsx").reason is Reason.POLYGLOT


def test_many_parts_are_refused() -> None:
    parts = {f"customXml/item{number}.xml": b"<x/>" for number in range(2_100)}
    assert refusal(repacked(workbook(), add=parts), "payments.xlsx").reason is Reason.TOO_COMPLEX


def test_bombs_are_refused_before_they_unpack() -> None:
    bomb = {"customXml/item1.xml": b"<x>" + b" " * 60_000_000 + b"</x>"}
    assert refusal(repacked(workbook(), add=bomb), "payments.xlsx").reason is Reason.TOO_COMPLEX


def test_an_archive_inside_is_refused() -> None:
    inner = workbook()
    assert refusal(repacked(workbook(), add={"xl/inner.xlsx": inner}), "payments.xlsx").reason is Reason.UNKNOWN
    assert refusal(repacked(workbook(), add={"customXml/item1.xml": inner}), "payments.xlsx").reason is Reason.MALFORMED


def test_a_cut_file_is_refused() -> None:
    data = workbook()
    for length in (30, 100, len(data) // 2, len(data) - 1):
        assert refusal(data[:length], "payments.xlsx").reason in (Reason.ARCHIVE, Reason.MALFORMED, Reason.POLYGLOT)
