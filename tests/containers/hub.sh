# docker/compose.hub.yaml: three projects, one PostgreSQL, two dashboards. Any container may be killed.

export HUB_PASSWORD=only-for-this
for letter in A B C; do
  mkdir -p "$WORK/hub-$letter"
  # shellcheck disable=SC2016
  printf 'count: i=0; while :; do i=$((i + 1)); echo "%s-$i."; sleep 0.1; done\n' "$letter" >"$WORK/hub-$letter/Procfile"
  export "PROJECT_$letter=$WORK/hub-$letter"
done
chown -R 1000:1000 "$WORK"/hub-?

hub_comes_up() { dc up -d --no-build && eventually finds_the_token && eventually ask_hub 8000 /api/hosts >/dev/null && eventually ask_hub 8001 /api/hosts >/dev/null; }

finds_the_token() { token=$(inside web1 cat /data/overmind-gui.token); }

ask_hub() { curl -fsS -m 20 -H "Authorization: Bearer $token" "http://localhost:$1$2"; }

shows_all_machines() {
  local port letter
  for port in 8000 8001; do
    for letter in A B C; do eventually finds "$port" "$letter-5." || return; done
  done
}

finds() { ask_hub "$1" "/api/search?q=$2" | grep >/dev/null -F "$2"; }

come_again() {
  local service container
  for service in postgres alpha web1; do
    container=$(id_of $service) && kill -9 "$("${engine[@]}" inspect -f '{{.State.Pid}}' "$container")" && eventually runs_again "$container" || return
  done
}

# The numbers of each run are there from 1 on, each once; and those of today's last run go on.
loses_nothing() { eventually grows A && eventually grows B && is_complete A && is_complete B && is_complete C && finds 8000 B-5. && finds 8001 B-5.; }

ask_postgres() { inside postgres psql -h /tmp -U owner -d overmind -Atc "$1"; }

numbers_of() { echo "SELECT run_id, substr(text, 3, length(text) - 3)::int AS number FROM overmind.lines WHERE text ~ '^$1-[0-9]+[.]\$'"; }

grows() {
  local before now
  before=$(ask_postgres "SELECT count(*) FROM ($(numbers_of "$1")) AS n") && sleep 1 && now=$(ask_postgres "SELECT count(*) FROM ($(numbers_of "$1")) AS n") &&
    [ "$now" -gt "$before" ]
}

is_complete() {
  [ "$(ask_postgres "SELECT bool_and(numbers = most AND numbers = different) FROM (SELECT count(*) AS numbers, count(DISTINCT number) AS different, max(number) AS most FROM ($(numbers_of "$1")) AS n GROUP BY run_id) AS runs")" = t ]
}

use_compose "$ROOT/docker/compose.hub.yaml"
check "The hub comes up, with three daemons and two dashboards" hub_comes_up
check "Both dashboards find the lines of all machines" shows_all_machines
check "PostgreSQL, a daemon and a dashboard are killed, and come again" come_again
check "Nothing is lost by that, and nothing is there twice" loses_nothing
