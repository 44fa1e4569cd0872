#!/usr/bin/env bash
# A batch job that can be stopped and started again: one file per page, failures in a list, a summary at the end.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

run() {
  code=0
  hocbac-nlp extract "${@}" -j 2 --output-dir "$out/records" --errors "$out/errors.jsonl" || code=$?
  case $code in
    0) echo "all done" ;;
    3) echo "done, but these could not be read:"; jq -r '[.id, .code, .message] | @tsv' "$out/errors.jsonl" ;;
    *) exit "$code" ;;
  esac
}

run "${@:-seeds/}"
echo "again: nothing is left to do"
run "${@:-seeds/}"
find "$out/records" -name '*.jsonl' | wc -l
