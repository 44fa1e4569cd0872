#!/usr/bin/env bash
# What was taken off the pages, and why? Dropped blocks by role and rule.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"

hocbac-nlp strip -q "${@:-seeds/}" --rows blocks |
  jq -r 'select(.start == null) | [.role, .rule] | @tsv' |
  sort | uniq -c | sort -k1,1nr -k2
