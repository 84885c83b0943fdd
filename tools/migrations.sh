#!/usr/bin/env bash
# Writes the database migrations of the model as it is now.
#   tools/migrations.sh        until the first release: writes the one migration, Initial, anew
#   tools/migrations.sh NAME   after it: adds a migration with what has changed
# After a merge conflict in src/Amana.Migrations.Sqlite: take either side, run this, add the result.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# Files with conflict marks must not stop the build that writes them anew.
if [ $# -eq 0 ]; then rm -f src/Amana.Migrations.Sqlite/*.cs; fi
exec dotnet run tools/migrations.cs -- "$PWD/src/Amana.Migrations.Sqlite" "$@"
