#!/usr/bin/env bash
# Extract on a Ray cluster: start a head on this machine, run, stop. On the other machines of a real cluster run
#   ray start --address=HEAD:6379
# The output folder has to be one that all machines share, or an object store: --output-dir s3://bucket/records
set -euo pipefail
cd "$(dirname "$0")/.."
command -v ray > /dev/null || { echo "this example needs Ray: pip install 'hocbac-nlp[ray]'" >&2; exit 0; }

port=${PORT:-6399}
out=$(mktemp -d)
export RAY_ADDRESS=127.0.0.1:$port
export RAY_AUTH_MODE=token            # who has no token can't use the cluster: machines share ~/.ray/auth_token
ray get-auth-token --generate > /dev/null 2>&1

ray start --head --port="$port" --num-cpus=2 --disable-usage-stats --block > "$out/ray.log" 2>&1 &
head=$!
trap 'kill "$head" 2> /dev/null && wait "$head" || true; rm -rf "$out"' EXIT
until ray status > /dev/null 2>&1; do
  kill -0 "$head" 2> /dev/null || { cat "$out/ray.log" >&2; exit 1; }
  sleep 1
done

hocbac-nlp extract seeds/ --engine ray --output-dir "$out/records" --errors "$out/errors.jsonl"
hocbac-nlp extract seeds/ --engine ray --output-dir "$out/records"   # nothing left to do

find "$out/records" -name '*.jsonl' | sort | xargs cat | cut -c 1-120
