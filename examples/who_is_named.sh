#!/usr/bin/env bash
# Who is named with which post? One line per person and post, with the documents that say so.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"

hocbac-nlp extract -q --keep byline "${@:-seeds/}" --rows persons --fields name,role,id,sentence |
  jq -rs 'group_by([.name, .role])[]
          | [.[0].name, .[0].role, (map(.id) | unique | join(" "))]
          | @tsv'
