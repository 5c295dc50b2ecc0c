#!/bin/sh
# Any CI that can run a shell: check the project, keep the reports, and say what the change did.
# OUTLAST_BASE is the revision to compare with, such as origin/main; without it nothing is compared.
set -eu
reports=${OUTLAST_REPORTS:-outlast-reports}
mkdir -p "$reports"

if [ -n "${OUTLAST_BASE:-}" ]; then
    outlast diff "$OUTLAST_BASE" HEAD --no-progress --output "markdown=$reports/diff.md"
fi

outlast check "$@" --no-progress \
    --output "sarif=$reports/outlast.sarif" --output "markdown=$reports/outlast.md" --html "$reports/outlast.html"
