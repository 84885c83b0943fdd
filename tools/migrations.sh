#!/usr/bin/env bash
# Writes the database migrations of the model as it is now.
#   tools/migrations.sh        until the first release: writes the one migration, Initial, anew
#   tools/migrations.sh NAME   after it: adds a migration with what has changed
# After a merge conflict in src/Amana.Migrations.Sqlite: take either side, run this, add the result.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder="$PWD/src/Amana.Migrations.Sqlite"

# Files with conflict marks must not stop the build that writes them anew; if it fails, they are put back.
if [ $# -eq 0 ]; then
  aside="$(mktemp -d)"
  mv "$folder"/*.cs "$aside"/ 2>/dev/null || true
  trap 'if ! compgen -G "$folder/*.cs" >/dev/null; then mv "$aside"/*.cs "$folder"/ 2>/dev/null || true; fi; rm -rf "$aside"' EXIT
fi

# The analysers have their turn in the build of the solution.
RunAnalyzers=false dotnet run tools/migrations.cs -- "$folder" "$@"
