# The container tests among others: their last line becomes part of the count.

beside=""
containers_log=$(mktemp)

# The containers mostly wait for each other: with other tests they are tried beside those that only compute. (A job of its own: one of
# a script would ignore Ctrl+C, and so would all that runs in the containers.)
begin_containers() {
  set -m
  tests/containers/run >"$containers_log" 2>&1 </dev/null &
  beside=$!
  set +m
}

end_containers() {
  [ -z "$beside" ] || kill -TERM -- "-$beside" 2>/dev/null || true
}

await_containers() {
  [ -n "$beside" ] || return 0
  echo "== tests/containers"
  wait "$beside" || status=1
  beside=""
  sed '$d' "$containers_log"
  count_containers
}

run_containers() {
  tests/containers/run 2>&1 | tee "$containers_log" | sed -u '$d'
  [ "${PIPESTATUS[0]}" -eq 0 ] || status=1
  count_containers
}

# Their own last line is part of ours.
count_containers() {
  passed=$((passed + $(sed -nE '$s/^([0-9]+) passed, [0-9]+ failed$/\1/p' "$containers_log" | grep . || echo 0)))
  failed=$((failed + $(sed -nE '$s/^[0-9]+ passed, ([0-9]+) failed$/\1/p' "$containers_log" | grep . || echo 1)))
}
