# Saying what holds, waiting until it does, and what the scenarios ask again and again.

passed=0 failed=0
project=$WORK/project
address=http://127.0.0.1:8000

# check "sentence" command… : one test.
check() {
  local sentence=$1 began=$SECONDS
  shift
  if "$@" >"$WORK/check.log" 2>&1; then
    echo "passed: $sentence ($((SECONDS - began)) s)"
    passed=$((passed + 1))
  else
    echo "FAILED: $sentence"
    failed=$((failed + 1))
    tail -20 "$WORK/check.log"
    for container in $("${engine[@]}" ps -aq); do
      "${engine[@]}" ps -a --filter "id=$container" --format '-- {{.Names}}: {{.Status}}'
      "${engine[@]}" logs --tail 15 "$container" 2>&1
    done
  fi
}

# Until it succeeds; for three minutes.
eventually() {
  local end=$((SECONDS + 180))
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || { echo "not within three minutes: $*"; return 1; }
    sleep 0.5
  done
}

# A project of the user 1000, with a Procfile of these lines.
make_project() {
  rm -rf "$project"
  mkdir "$project"
  printf '%s\n' "$@" >"$project/Procfile"
  chown -R 1000:1000 "$project"
}

# up FILE… : compose with that file from now on.
use_compose() {
  file=$1
  {
    echo services:
    for name in $(sed -n '/^services:/,/^[a-z]*:$/s/^  \([a-z0-9]*\):$/\1/p' "$file"); do echo "  $name: {labels: {tests: containers}${LIMITS:+, $LIMITS}}"; done
  } >"$WORK/limits.yaml"
}

dc() { RUN_AS=1000:1000 PROJECT=$project timeout 180 "${compose[@]}" -p tests -f "$file" -f "$WORK/limits.yaml" "$@"; }

# The container of a service.
id_of() { dc ps -q "$1"; }

inside() { "${engine[@]}" exec "$(id_of "$1")" "${@:2}"; }

ask() { curl -fsS -m 20 -H "Authorization: Bearer $token" "$address$1" "${@:2}"; }

# A container whose first process was killed once.
runs_again() { [ "$("${engine[@]}" inspect -f '{{.State.Running}} {{.RestartCount}}' "$1")" = "true 1" ]; }

# A word in the lines of a process, as the dashboard shows them.
has_line() { ask "/api/poll?last_message_id=0" | grep >/dev/null "$1"; }

is_healthy() { [ "$("${engine[@]}" inspect -f '{{.State.Health.Status}}' "$1" 2>/dev/null || "${engine[@]}" inspect -f '{{.State.Healthcheck.Status}}' "$1")" = healthy ]; }

take_down() {
  [ -z "${file:-}" ] || dc down -v -t 20 >/dev/null 2>&1
  file=""
  "${engine[@]}" rm -f one >/dev/null 2>&1
  "${engine[@]}" volume rm -f one-data >/dev/null 2>&1
}
