#!/usr/bin/env bash
# Which official documents are cited together, and when? Pairs of documents in one article, with its month.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"

hocbac-nlp extract -q "${@:-seeds/}" |
  jq -r '(.published // "undated")[:7] as $month
         | ([.references[].key] | unique) as $keys
         | range($keys | length) as $i | range($i + 1; $keys | length) as $j
         | [$month, $keys[$i], $keys[$j]] | @tsv' |
  sort | uniq -c | sort -k1,1nr -k2
