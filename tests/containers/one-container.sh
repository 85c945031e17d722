# Daemon and dashboard in one container, as "docker run" starts them.

make_project 'web: echo "hello from one"; trap "echo bye > ended; exit" TERM; while :; do sleep 0.2; done' 'stubborn: trap "" TERM; echo deaf; while :; do sleep 1; done'

options=(--read-only --user 1000:1000 -v "$project:/project" -p 127.0.0.1:8000:8000 -v one-data:/data)
[ "${engine[0]}" = docker ] || options+=(--read-only-tmpfs=false)

runs_one() {
  "${engine[@]}" run -d --name one "${options[@]}" overmind-gui && eventually is_healthy one
}

shows_its_page() {
  token=$("${engine[@]}" exec one cat /data/overmind-gui.token) && eventually has_line 'hello from one' && ask / | grep >/dev/null 'data-folder="/project"'
}

asks_for_a_token() { [ "$(curl -s -m 20 -o /dev/null -w '%{http_code}' "$address/")" = 401 ]; }

writes_only_to_its_folders() {
  ! "${engine[@]}" exec one touch /opt/overmind-gui/x && ! "${engine[@]}" exec one touch /tmp/x && "${engine[@]}" exec one overmind-gui ps
}

restarts_in_place() {
  ask /api/restart -X POST && eventually serves_again && eventually greeted 1
}

serves_again() { [ "$("${engine[@]}" logs one 2>&1 | grep -c 'Open it once')" = 2 ]; }

# The first process has begun as often.
greeted() { [ "$(ask "/api/poll?last_message_id=0" | grep -o 'hello from one' | wc -l)" = "$1" ]; }

shows_that_the_daemon_died() {
  "${engine[@]}" exec one sh -c 'kill -9 "$(cat /data/overmind-daemon.pid)"' && eventually is_sick one
}

is_sick() { ! "${engine[@]}" exec one overmind-gui health; }

# Within the grace period, by itself (0, not 137), and after the processes.
stops_in_time() {
  local began=$SECONDS
  "${engine[@]}" stop -t 60 one && [ $((SECONDS - began)) -lt 55 ] && [ "$("${engine[@]}" inspect -f '{{.State.ExitCode}}' one)" = 0 ] &&
    [ "$(cat "$project/ended")" = bye ]
}

restarts_after_stop() { "${engine[@]}" start one && eventually is_healthy one && eventually greeted 2; }

# A signal without a handler is lost on the first process of a container: from the start of the daemon on, long before its page, it counts.
ends_while_it_starts() {
  "${engine[@]}" rm -f one && "${engine[@]}" run -d --name one "${options[@]}" overmind-gui && eventually has_begun one &&
    "${engine[@]}" kill -s TERM one && eventually has_ended one && [ "$("${engine[@]}" inspect -f '{{.State.ExitCode}}' one)" != 137 ]
}

has_begun() { grep -q . /proc/"$("${engine[@]}" inspect -f '{{.State.Pid}}' "$1")"/task/*/children; }

has_ended() { [ "$("${engine[@]}" inspect -f '{{.State.Running}}' "$1")" = false ]; }

image_of() { "${engine[@]}" image inspect -f "$1" overmind-gui; }

check "The image is not run as root" test "$(image_of '{{.Config.User}}')" = 1654
check "The image says what it is" test "$(image_of '{{index .Config.Labels "org.opencontainers.image.title"}}')" = "Overmind GUI"
check "One container with a read-only root and one volume gets healthy" runs_one
check "It shows its page and what a process prints" shows_its_page
check "It asks for a token" asks_for_a_token
check "It writes to its volume and the project alone" writes_only_to_its_folders
check "The dashboard restarts in place, and the processes run on" restarts_in_place
check "It stops by itself and in time, its processes before it, though one ignores SIGTERM" stops_in_time
check "It starts again on its volume" restarts_after_stop
check "Its health shows when the daemon has died" shows_that_the_daemon_died
check "It ends at a SIGTERM that comes while it starts" ends_while_it_starts
