#!/bin/sh
# Rebuilds the third-party parts of static/ (fonts, govuk.css, htmx) and of tests/vendor/ (axe) from npm, in a folder
# of its own that is removed afterwards. Needs node >= 20.19 and npm. The results are committed: nobody else runs this.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

cp "$here/package.json" "$here/package-lock.json" "$work/"
(cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --silent)
modules="$work/node_modules"
mkdir -p "$root/static/css" "$root/static/js" "$root/static/fonts" "$root/static/licences" "$root/tests/vendor"

# govuk-frontend: what govuk.scss picks, wrapped in a cascade layer so that the portal's own rules win.
version=$(node -p "require('$modules/govuk-frontend/package.json').version")
{
  printf '/*! govuk-frontend %s, MIT, Crown Copyright (Government Digital Service): licences/govuk-frontend.txt */\n@layer govuk{' "$version"
  "$modules/.bin/sass" --no-source-map --no-charset --style=compressed --load-path="$modules" "$here/govuk.scss"
  printf '}\n'
} > "$root/static/css/govuk.css"
if grep -qi 'transport\|crown\.\|url(' "$root/static/css/govuk.css"; then echo "govuk.css holds a font, crown or url it must not" >&2; exit 1; fi

# Fonts: the variable files (weight axis) of the scripts the coalition's members write in.
for font in source-sans-3 source-serif-4; do
  for script in latin latin-ext greek cyrillic; do
    cp "$modules/@fontsource-variable/$font/files/$font-$script-wght-normal.woff2" "$root/static/fonts/"
  done
  cp "$modules/@fontsource-variable/$font/LICENSE" "$root/static/licences/$font.txt"
done
cp "$modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2" "$root/static/fonts/"

cp "$modules/htmx.org/dist/htmx.min.js" "$root/static/js/htmx.min.js"
cp "$modules/htmx.org/LICENSE" "$root/static/licences/htmx.txt"
cp "$modules/axe-core/axe.min.js" "$root/tests/vendor/axe.min.js"
cp "$modules/axe-core/LICENSE" "$root/tests/vendor/axe.LICENSE.txt"
echo "static/css, static/fonts, static/js and tests/vendor rebuilt"
