"""The referral package: what an agency receives, built from plain data.

A pure library: it takes the frozen dataclasses of `content`, reads no database and no settings, and writes one
file encrypted to the agency's age key.

- `build.package_build` makes the package, `verify.manifest_verify` proves an opened package whole.
- `report` and `typeset` make `report.pdf` (PDF/UA-1, by typst from `report.typ`), `stix` writes `bundle.stix.json`,
  `tables` the two CSV files, `manifest` the list that proves them, `archive` the ZIP they stand in.
"""
