#!/usr/bin/env bash
# Writes the database migrations of the model as it is now, for SQLite and for PostgreSQL. Needs neither.
#   tools/migrations.sh        until the first release: writes the one migration, Initial, anew
#   tools/migrations.sh NAME   after it: adds a migration with what has changed
# After a merge conflict in src/Amana.Migrations.*: take either side, run this, add the result.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source="$PWD/src"

# Files with conflict marks must not stop the build that writes them anew; if it fails, they are put back.
if [ $# -eq 0 ]; then
  aside="$(mktemp -d)"
  for folder in "$source"/Amana.Migrations.*; do
    mkdir "$aside/$(basename "$folder")"
    mv "$folder"/*.cs "$aside/$(basename "$folder")"/ 2>/dev/null || true
  done
  put_back() {
    local kept
    for kept in "$aside"/*; do
      if ! compgen -G "$source/$(basename "$kept")/*.cs" >/dev/null; then mv "$kept"/*.cs "$source/$(basename "$kept")"/ 2>/dev/null || true; fi
    done
    rm -rf "$aside"
  }
  trap put_back EXIT
fi

# The analysers have their turn in the build of the solution.
RunAnalyzers=false dotnet run tools/migrations.cs -- "$source" "$@"
