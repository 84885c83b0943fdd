#!/usr/bin/env bash
# Searches log lines of the server for names of the specimen people: a log holds what was done and how long it took, never whom it was about.
#   tools/names-in-logs.sh FILE...     prints the lines that hold one; exit code 1 if there are any, 2 if there was nothing to search
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ $# -gt 0 ] || { echo "usage: tools/names-in-logs.sh FILE..." >&2; exit 2; }

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# Every name and alias of the specimens that has two words or is not Latin: "Contoh Teladan", "عبد المثال".
grep -oE '"(name|alias|weakAlias|lastName|firstName)":[[:space:]]*\[[^]]*\]' data/specimens/uto-specimens.ftm.json \
  | grep -oE '"[^"]+"' | tr -d '"' | grep -E ' |[^ -~]' | sort -u >"$work/names"
[ -s "$work/names" ] || { echo "there are no specimen names to search for" >&2; exit 2; }

# Lines that the server wrote: 2026-11-24T03:12:45Z info: …
grep -hE '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z (trce|dbug|info|warn|fail|crit): ' "$@" >"$work/lines" || true
[ -s "$work/lines" ] || { echo "there are no log lines of a server in: $*" >&2; exit 2; }

if grep -iFf "$work/names" "$work/lines"; then exit 1; fi
echo "$(wc -l <"$work/lines") log lines hold none of $(wc -l <"$work/names") names"
