#!/usr/bin/env bash
# Which figures does each district report? Figures of documents, under the place that each document names most often.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"

hocbac-nlp extract -q "${@:-seeds/}" |
  jq -r '([.entities[] | select(.label == "LOC") | .canonical]
          | group_by(.) | max_by(length) | .[0]? // "(no place)") as $place
         | .statistics[]
         | select(.kind != "duration")
         | [$place, .text, .value, .unit, .of] | @tsv' |
  sort
