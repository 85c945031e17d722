# docker/compose.yaml: the daemon in one container, the dashboard in another, one volume.

make_project 'chatty: echo "hello from two"; trap "echo bye > ended; exit" TERM; while :; do date +tick-%s; sleep 1; done' \
  'asks: printf "name? "; read -r name; echo "hello $name"; exec sleep infinity' \
  'stubborn: trap "" TERM; echo deaf; while :; do sleep 1; done'

comes_up() { dc up -d --no-build && web_is_up; }

web_is_up() { eventually is_healthy_service web && token=$(inside web cat /data/overmind-gui.token); }

is_healthy_service() { is_healthy "$(id_of "$1")"; }

pids() { inside daemon overmind-gui ps | awk 'NR > 4 { print $1, $2 }'; }

carries_out_commands() {
  local before
  before=$(pids) && ask /api/process/chatty/restart -X POST | grep >/dev/null '"success":true' && [ "$(pids)" != "$before" ] &&
    inside web overmind-gui restart chatty | grep >/dev/null 'Restarted chatty'
}

types_into_the_other() {
  printf 'Ada\n' | "${engine[@]}" exec -i "$(id_of web)" overmind-gui connect asks >/dev/null && eventually has_line 'hello Ada' &&
    inside web overmind-gui logs asks -n all | grep >/dev/null 'name? Ada'
}

# command… : the same processes run on while it happens to the dashboard.
keeps_processes() {
  local before
  before=$(pids) && "$@" && web_is_up && eventually ask /api/state >/dev/null && [ "$(pids)" = "$before" ]
}

kill_web() {
  local container
  container=$(id_of web) && kill -9 "$("${engine[@]}" inspect -f '{{.State.Pid}}' "$container")" && eventually runs_again "$container"
}

# The verbs of scripts, and the tools of agents, over the volume.
serves_scripts_and_agents() {
  inside web overmind-gui up --until ready --timeout 30 --json | grep >/dev/null '"result":"already_running"' &&
    inside web overmind-gui wait chatty --for line --pattern '^tick-' --timeout 20 | grep >/dev/null 'tick-' &&
    inside web overmind-gui logs chatty --max-bytes 2000 | grep >/dev/null 'tick-' &&
    { status_request; sleep 5; } | "${engine[@]}" exec -i "$(id_of web)" overmind-gui mcp | grep >/dev/null 'chatty'
}

status_request() {
  printf '%s\n' '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"containers","version":"1"}}}' \
    '{"jsonrpc":"2.0","method":"notifications/initialized"}' '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"status","arguments":{}}}'
}

refuses_a_second_daemon() {
  { inside web overmind-gui daemon /project 2>&1 || true; } | grep >/dev/null 'A daemon is already running in /project'
}

stops_in_time() {
  local began=$SECONDS container
  container=$(id_of daemon) && dc stop -t 60 daemon && [ $((SECONDS - began)) -lt 55 ] &&
    [ "$("${engine[@]}" inspect -f '{{.State.ExitCode}}' "$container")" = 0 ] && [ "$(cat "$project/ended")" = bye ]
}

tells_that_it_is_gone() { eventually web_says_gone && inside web overmind-gui health && has_line 'hello from two'; }

web_says_gone() { ask /api/daemon/info | grep >/dev/null '"connected":false'; }

keeps_its_lines() { local first; first=$(first_tick) && dc down && comes_up && [ "$(first_tick)" = "$first" ]; }

first_tick() { inside web overmind-gui logs chatty -n all | grep -o 'tick-[0-9]*' | sed -n 1p; }

use_compose "$ROOT/docker/compose.yaml"
check "The two containers come up, the dashboard after the daemon" comes_up
check "Lines of a process in one appear in the other" eventually has_line 'hello from two'
check "Commands given in one are carried out in the other" carries_out_commands
check "Scripts and agents in one use the daemon in the other" serves_scripts_and_agents
check "A process in one is typed to from the other, over the socket in the volume" types_into_the_other
check "Restarting the dashboard leaves every process running" keeps_processes dc restart web
if [ "${engine[0]}" != docker ]; then check "A dashboard that is killed comes again, and every process runs on" keeps_processes kill_web; fi
check "There is one daemon for a volume, whatever container it is asked for in" refuses_a_second_daemon
check "The daemon's container stops by itself and in time, though a process ignores SIGTERM" stops_in_time
check "The dashboard then says so, is well, and still shows what was printed" tells_that_it_is_gone
check "Output outlives the containers" keeps_its_lines
