"""Building a package: every file, in one ZIP, encrypted to the agency's key as it is written.

No plaintext touches the disk, and memory stays flat whatever the attachments weigh: the report, the bundle and the
tables are made first (some hundred kilobytes), then the archive is produced piece by piece as age asks for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import pyrage
from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import ApplicationError
from efc_portal.partners.recipients import recipient_validate
from efc_portal.referrals.package.archive import ArchiveReader, CountingWriter, archive_parts
from efc_portal.referrals.package.content import Attachment, Content, Row, Rows
from efc_portal.referrals.package.language import language_of
from efc_portal.referrals.package.manifest import (
    MANIFEST,
    README,
    SUMS,
    PackagedFile,
    manifest_bytes,
    readme_bytes,
    sums_bytes,
)
from efc_portal.referrals.package.names import attachment_paths, rows_path
from efc_portal.referrals.package.report import report_pdf
from efc_portal.referrals.package.stix import stix_bundle
from efc_portal.referrals.package.tables import identifiers_csv, payments_csv, rows_csv

_CARD_DIGITS = 10  # the first six and the last four
_ROW_BYTES = 4000  # at most, of a row of a table: by it the archive reserves room for a size of more than 4 GB


class PackageFailed(ApplicationError):
    """The package could not be made. What was written is not whole and must be thrown away."""

    status = 500


@dataclass(frozen=True, slots=True)
class PackageResult:
    """What was written. `size` and `sha256` are of the encrypted file, `manifest_sha256` of `manifest`."""

    size: int
    sha256: str
    manifest: bytes
    manifest_sha256: str
    files: tuple[PackagedFile, ...]
    recipient_ending: str  # the last four characters of the key: "q7mk"


class _Files:
    """The files in their order, each listed once its bytes have gone by."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.listed: list[PackagedFile] = []
        self.manifest = b""
        self._attachments = list(zip(attachment_paths(content.attachments), content.attachments, strict=True))
        readme = readme_bytes(content, language_of(content.language), [path for path, _ in self._attachments])
        self._made = [
            (README, readme),
            ("report.pdf", report_pdf(content)),
            ("bundle.stix.json", stix_bundle(content)),
            ("identifiers.csv", identifiers_csv(content)),
            ("payments.csv", payments_csv(content)),
        ]

    def __iter__(self) -> Iterator[tuple[str, int, Iterable[bytes]]]:
        for path, body in self._made:
            yield self._whole(path, body)
        for rows in self.content.rows:
            path = rows_path(rows)
            yield path, rows.count * _ROW_BYTES, self._streamed(path, rows_csv(self._cut(rows)))
        for path, attachment in self._attachments:
            yield path, attachment.size, self._checked(path, attachment)
        self.manifest = manifest_bytes(self.content, self.listed)
        yield self._whole(MANIFEST, self.manifest)
        yield self._whole(SUMS, sums_bytes(self.listed))

    def _whole(self, path: str, body: bytes) -> tuple[str, int, Iterable[bytes]]:
        self.listed.append(PackagedFile(path, len(body), hashlib.sha256(body).hexdigest()))
        return path, len(body), [body]

    def _streamed(self, path: str, parts: Iterable[bytes]) -> Iterator[bytes]:
        digest, size = hashlib.sha256(), 0
        for part in parts:
            digest.update(part)
            size += len(part)
            yield part
        self.listed.append(PackagedFile(path, size, digest.hexdigest()))

    def _cut(self, rows: Rows) -> Iterator[Row]:
        """The rows; raises where one holds a card number that is not truncated."""
        for row in rows.rows():
            if row.type.code == "payment_card" and sum(map(str.isdigit, row.value)) > _CARD_DIGITS:
                raise _card_whole(self.content)
            yield row

    def _checked(self, path: str, attachment: Attachment) -> Iterator[bytes]:
        """An attachment's bytes; raises when they are not those that were screened."""
        digest, size = hashlib.sha256(), 0
        for part in attachment.parts():
            digest.update(part)
            size += len(part)
            yield part
        if size != attachment.size or digest.hexdigest() != attachment.sha256:
            raise PackageFailed(
                _(
                    "An attachment of %(submission)s is not the file that was screened: its size or SHA-256 differs. "
                    "The package was not made; tell the portal’s operators."
                ),
                submission=attachment.submission,
            )
        self.listed.append(PackagedFile(path, size, digest.hexdigest()))


def package_build(content: Content, *, recipient: str, out: BinaryIO) -> PackageResult:
    """Write the package of `content`, encrypted to the age key `recipient`, to `out`.

    Raises `InvalidRecipient` before anything is written; `PackageFailed`, `ReportFailed` or what reading an
    attachment or writing `out` raises, after which what was written must be thrown away. `out` is not closed.
    """
    to = recipient_validate(recipient)
    _refuse_whole_card_numbers(content)
    files = _Files(content)
    digest = hashlib.sha256()
    reader = ArchiveReader(archive_parts(files, folder=content.reference, at=content.approved_at))
    writer = CountingWriter(out.write, digest)
    try:
        pyrage.encrypt_io(reader, writer, [to.key])
        failure = reader.error or writer.error
    except pyrage.EncryptError:
        failure = reader.error or writer.error or _not_encrypted(content)
    if failure:
        raise failure
    return PackageResult(
        size=writer.size,
        sha256=digest.hexdigest(),
        manifest=files.manifest,
        manifest_sha256=hashlib.sha256(files.manifest).hexdigest(),
        files=tuple(files.listed),
        recipient_ending=to.ending,
    )


def _refuse_whole_card_numbers(content: Content) -> None:
    """A card leaves the portal as its first six and last four digits, or not at all (PCI SSC FAQ 1091)."""
    for identifier in content.identifiers:
        if identifier.stix.type == "payment-card" and sum(map(str.isdigit, identifier.value)) > _CARD_DIGITS:
            raise _card_whole(content)


def _card_whole(content: Content) -> PackageFailed:
    return PackageFailed(
        _("%(reference)s holds a payment card number that is not truncated. The package was not made."),
        reference=content.reference,
    )


def _not_encrypted(content: Content) -> PackageFailed:
    return PackageFailed(
        _("The package of %(reference)s could not be encrypted. Nothing was sent; tell the portal’s operators."),
        reference=content.reference,
    )
