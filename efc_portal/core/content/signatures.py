"""Contents that the portal knows and does not take, recognised by their first bytes.

The list makes refusals precise; it is not what keeps things out. What comes in is proven to be one of the six kinds,
and everything else is refused whether it stands here or not.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from enum import StrEnum

HEAD_BYTES = 64 * 1024  # what `recognise` wants to see; ISO 9660 has its mark at 32 KiB


class Family(StrEnum):
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    ARCHIVE = "archive"
    PROGRAM = "program"
    OFFICE = "office"
    RICH_TEXT = "rich_text"
    PRINTER = "printer"  # PostScript
    ENCRYPTED = "encrypted"
    DATABASE = "database"
    FONT = "font"


@dataclass(frozen=True)
class Foreign:
    """Something recognised that is not one of the six kinds. `name` is the format's own name, not translated."""

    family: Family
    name: str


@dataclass(frozen=True)
class _Mark:
    magic: bytes
    foreign: Foreign
    offset: int
    sure: bool


def _marks(family: Family, *entries: tuple[str, bytes] | tuple[str, bytes, int], sure: bool = True) -> list[_Mark]:
    return [_Mark(e[1], Foreign(family, e[0]), e[2] if len(e) == 3 else 0, sure) for e in entries]


# `sure` marks are long enough that the same bytes do not come up by chance, so that they also serve to recognise what
# hides in the middle of something else. The others, and those that stand further in, count only where the content is
# not text: a letter may begin with “The wide”.
_TABLE = [
    *_marks(
        Family.IMAGE,
        ("PNG", b"\x89PNG\r\n\x1a\n"),
        ("GIF", b"GIF87a"),
        ("GIF", b"GIF89a"),
        ("TIFF", b"II*\x00"),
        ("TIFF", b"MM\x00*"),
        ("TIFF", b"II+\x00\x08\x00"),
        ("TIFF", b"MM\x00+\x00\x08"),
        ("JPEG XL", b"\x00\x00\x00\x0cJXL \r\n\x87\n"),
        ("JPEG 2000", b"\x00\x00\x00\x0cjP  \r\n\x87\n"),
        ("JPEG 2000", b"\xff\x4f\xff\x51\x00"),
        ("Photoshop", b"8BPS\x00"),
        ("GIMP", b"gimp xcf "),
        ("OpenEXR", b"\x76\x2f\x31\x01"),
        ("Radiance", b"#?RADIANCE"),
        ("DDS", b"DDS \x7c\x00\x00\x00"),
        ("QOI", b"qoif\x00"),
        ("WMF", b"\xd7\xcd\xc6\x9a\x00\x00"),
        ("EMF", b" EMF\x00\x00\x01\x00", 40),
        ("ICNS", b"icns\x00"),
        ("DICOM", b"DICM", 128),
        ("DjVu", b"AT&TFORM"),
        ("Fujifilm RAW", b"FUJIFILMCCD-RAW"),
        ("FLIF", b"FLIF"),
        ("BPG", b"BPG\xfb"),
        ("PGX", b"PG ML "),
        ("XPM", b"/* XPM */"),
        ("EPS", b"\xc5\xd0\xd3\xc6"),
        ("FITS", b"SIMPLE  =       "),
    ),
    *_marks(
        Family.IMAGE,
        ("ICO", b"\x00\x00\x01\x00"),
        ("CUR", b"\x00\x00\x02\x00"),
        ("JPEG XL", b"\xff\x0a"),
        ("PCX", b"\x0a\x05\x01\x08"),
        sure=False,
    ),
    *_marks(
        Family.VIDEO,
        ("Windows Media", bytes.fromhex("3026b2758e66cf11")),
        ("Flash video", b"FLV\x01"),
        ("MPEG", b"\x00\x00\x01\xba"),
        ("MPEG", b"\x00\x00\x01\xb3"),
        ("RealMedia", b".RMF\x00"),
        ("MXF", bytes.fromhex("060e2b34020501010d01020101")),
    ),
    *_marks(
        Family.VIDEO,
        ("QuickTime", b"moov", 4),
        ("QuickTime", b"mdat", 4),
        ("QuickTime", b"wide", 4),
        ("QuickTime", b"pnot", 4),
        ("Flash", b"FWS"),
        ("Flash", b"CWS"),
        ("Flash", b"ZWS"),
        sure=False,
    ),
    *_marks(
        Family.AUDIO,
        ("FLAC", b"fLaC\x00\x00\x00"),
        ("MIDI", b"MThd\x00\x00\x00\x06"),
        ("AMR", b"#!AMR"),
        ("Monkey’s Audio", b"MAC \x96"),
        ("WavPack", b"wvpk"),
        ("Core Audio", b"caff\x00\x01"),
        ("AU", b".snd\x00\x00"),
    ),
    *_marks(
        Family.AUDIO,
        ("MP3", b"\xff\xfb"),
        ("MP3", b"\xff\xf3"),
        ("MP3", b"\xff\xf2"),
        ("AAC", b"\xff\xf1"),
        ("AAC", b"\xff\xf9"),
        sure=False,
    ),
    *_marks(
        Family.ARCHIVE,
        ("ZIP", b"PK\x03\x04"),
        ("ZIP", b"PK\x05\x06\x00\x00\x00\x00"),
        ("ZIP", b"PK\x07\x08PK"),
        ("7-Zip", b"7z\xbc\xaf\x27\x1c"),
        ("RAR", b"Rar!\x1a\x07"),
        ("XZ", b"\xfd7zXZ\x00"),
        ("Zstandard", b"\x28\xb5\x2f\xfd"),
        ("LZ4", b"\x04\x22\x4d\x18"),
        ("LZIP", b"LZIP\x01"),
        ("CAB", b"MSCF\x00\x00\x00\x00"),
        ("tar", b"ustar", 257),
        ("ar", b"!<arch>\n"),
        ("XAR", b"xar!\x00\x1c"),
        ("WIM", b"MSWIM\x00\x00\x00"),
        ("ISO 9660", b"CD001", 32769),
        ("ACE", b"**ACE**", 7),
        ("VMDK", b"KDMV\x01"),
        ("QCOW", b"QFI\xfb"),
        ("VHDX", b"vhdxfile"),
        ("Outlook data file", b"!BDN"),
    ),
    *_marks(Family.ARCHIVE, ("compress", b"\x1f\x9d"), ("compress", b"\x1f\xa0"), ("ARJ", b"\x60\xea"), sure=False),
    *_marks(Family.ARCHIVE, ("cpio", b"070701"), ("cpio", b"070707"), ("cpio", b"\xc7\x71"), sure=False),
    *_marks(
        Family.PROGRAM,
        ("ELF", b"\x7fELF"),
        ("Mach-O", b"\xcf\xfa\xed\xfe"),
        ("Mach-O", b"\xce\xfa\xed\xfe"),
        ("Mach-O", b"\xfe\xed\xfa\xcf"),
        ("Mach-O", b"\xfe\xed\xfa\xce"),
        ("Java class", b"\xca\xfe\xba\xbe"),
        ("WebAssembly", b"\x00asm\x01"),
        ("Android DEX", b"dex\n03"),
        ("Windows shortcut", bytes.fromhex("4c0000000114020000000000")),
        ("Windows help", b"ITSF\x03\x00"),
        ("PHP", b"<?php"),
    ),
    *_marks(Family.OFFICE, ("OLE", bytes.fromhex("d0cf11e0a1b11ae1")), ("WordPerfect", b"\xffWPC")),
    *_marks(Family.RICH_TEXT, ("RTF", b"{\\rtf")),
    *_marks(Family.PRINTER, ("PostScript", b"%!PS")),
    *_marks(
        Family.ENCRYPTED,
        ("age", b"age-encryption.org/v1"),
        ("age", b"-----BEGIN AGE ENCRYPTED FILE-----"),
        ("OpenPGP", b"-----BEGIN PGP MESSAGE-----"),
        ("OpenSSL", b"Salted__"),
    ),
    *_marks(Family.DATABASE, ("SQLite", b"SQLite format 3\x00"), ("Parquet", b"PAR1\x15")),
    *_marks(
        Family.FONT,
        ("OpenType", b"OTTO\x00"),
        ("WOFF", b"wOFF"),
        ("WOFF", b"wOF2"),
        ("TrueType", b"\x00\x01\x00\x00\x00"),
        sure=False,
    ),
]

_RIFF = {b"WEBP": (Family.IMAGE, "WebP"), b"AVI ": (Family.VIDEO, "AVI"), b"WAVE": (Family.AUDIO, "WAV")}
_BMP_HEADERS = (12, 40, 52, 56, 64, 108, 124)
_STILL_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis", b"crx "}
_SOUND_BRANDS = {b"M4A ", b"M4B ", b"M4P ", b"F4A "}
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PNM = re.compile(rb"P[1-3]\s+(?:#[^\n]*\n\s*)*\d+\s+\d+\s+(?:\d+\s+){20}")
_PNM_BINARY = re.compile(rb"P[4-7]\s")
_XBM = re.compile(rb"\s*(?:/\*.{0,2000}?\*/\s*)?#define\s+\w*_?width\s+\d+", re.DOTALL)
_LZH = re.compile(rb"..-lh[0-9ds]-", re.DOTALL)


def recognise(head: bytes) -> Foreign | None:
    """What `head`, the beginning of a file (up to `HEAD_BYTES`), is; None when it is nothing in the list."""
    found = _structured(head) or _by_table(head, sure_only=not _BINARY.search(head))
    return found or _textual(head)


def recognise_hidden(head: bytes) -> Foreign | None:
    """As `recognise`, for bytes found inside something else: only marks that chance does not make."""
    return _structured(head) or _by_table(head, sure_only=True)


def _by_table(head: bytes, *, sure_only: bool) -> Foreign | None:
    for mark in _TABLE:
        if sure_only and (not mark.sure or mark.offset):
            continue
        if head.startswith(mark.magic, mark.offset):
            return mark.foreign
    return None


def _structured(head: bytes) -> Foreign | None:
    """Formats whose mark is short, but whose next fields are known."""
    if head.startswith(b"\xff\xd8\xff") and head[3:4] >= b"\xc0":
        return Foreign(Family.IMAGE, "JPEG")
    if head.startswith((b"RIFF", b"RF64")) and head[8:12] in _RIFF:
        return Foreign(*_RIFF[head[8:12]])
    if head.startswith(b"FORM") and head[8:12] in (b"AIFF", b"AIFC"):
        return Foreign(Family.AUDIO, "AIFF")
    if head[4:8] == b"ftyp" and head[:2] == b"\x00\x00":
        return _iso_media(head[8:12])
    if head.startswith(b"OggS\x00"):
        return Foreign(Family.VIDEO if b"theora" in head[:200] else Family.AUDIO, "Ogg")
    if head.startswith(b"\x1a\x45\xdf\xa3") and (b"webm" in head[:100] or b"matroska" in head[:100]):
        return Foreign(Family.VIDEO, "Matroska")
    if head.startswith(b"ID3") and head[3:4] in (b"\x02", b"\x03", b"\x04"):
        return Foreign(Family.AUDIO, "MP3")
    if head.startswith(b"\x1f\x8b\x08") and len(head) > 3 and head[3] < 0x20:
        return Foreign(Family.ARCHIVE, "gzip")
    if head.startswith(b"BZh") and head[4:10] == b"1AY&SY":
        return Foreign(Family.ARCHIVE, "bzip2")
    if head.startswith(b"MZ") and (b"PE\x00\x00" in head[:1024] or b"This program" in head[:512]):
        return Foreign(Family.PROGRAM, "Windows")
    if head.startswith(b"BM") and len(head) >= 18 and struct.unpack_from("<I", head, 14)[0] in _BMP_HEADERS:
        return Foreign(Family.IMAGE, "BMP")
    if head.startswith(b"\x01\x00\x00\x00") and head[40:44] == b" EMF":
        return Foreign(Family.IMAGE, "EMF")
    if len(head) > 376 and head[0] == head[188] == head[376] == 0x47 and b"\x00" in head[:376]:
        return Foreign(Family.VIDEO, "MPEG")
    return None


def _iso_media(brand: bytes) -> Foreign:
    if brand in _STILL_BRANDS:
        return Foreign(Family.IMAGE, "AVIF" if brand.startswith(b"avi") else "HEIF")
    if brand in _SOUND_BRANDS:
        return Foreign(Family.AUDIO, "MPEG-4")
    return Foreign(Family.VIDEO, "MPEG-4")


def _textual(head: bytes) -> Foreign | None:
    """Pictures and programs that are written as text, or begin so."""
    if head.startswith(b"#!"):
        return Foreign(Family.PROGRAM, "script")
    if _PNM.match(head) or (_PNM_BINARY.match(head) and _BINARY.search(head)):
        return Foreign(Family.IMAGE, "PNM")
    if _XBM.match(head):
        return Foreign(Family.IMAGE, "XBM")
    if _LZH.match(head):
        return Foreign(Family.ARCHIVE, "LZH")
    return None


# Anywhere in binary data, however it got there. Longer than what chance makes in 20 MB.
_ANYWHERE = re.compile(
    rb"\x89PNG\r\n\x1a\n"
    rb"|\xff\xd8\xff[\xe0-\xef]..(?:JFIF|Exif|ICC_PROFILE|Adobe|http:)"
    rb"|GIF8[79]a"
    rb"|RIFF....(?:WEBP|AVI |WAVE)"
    rb"|OggS\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00"
    rb"|\x1a\x45\xdf\xa3.{0,60}(?:webm|matroska)"
    rb"|7z\xbc\xaf\x27\x1c\x00"
    rb"|Rar!\x1a\x07[\x00\x01]"
    rb"|\xfd7zXZ\x00\x00"
    rb"|\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    rb"|\x30\x26\xb2\x75\x8e\x66\xcf\x11",
    re.DOTALL,
)

_MEDIA_BOX = re.compile(rb"ftyp(?:heic|heix|hevc|mif1|msf1|avif|avis|isom|iso[2-9]|mp4[12]|avc1|M4[AV] |qt  |3gp.)")


def hidden_within(data: bytes) -> Foreign | None:
    """The first picture, recording or archive whose beginning stands anywhere in `data`."""
    for box in _MEDIA_BOX.finditer(data):
        if data[max(box.start() - 4, 0) : box.start()].startswith(b"\x00\x00\x00"):
            return _iso_media(box.group(0)[4:])
    found = _ANYWHERE.search(data)
    if found is None:
        return None
    return recognise_hidden(found.group(0)) or Foreign(Family.IMAGE, "media")
