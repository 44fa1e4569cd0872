#!/usr/bin/env bash
# What is each article about? The five most frequent terms of each page.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"

hocbac-nlp keywords -q "${@:-seeds/}" |
  jq -r '[(.title // .id), (.keywords[:5] | map("\(.term) (\(.count))") | join(", "))] | @tsv'
