# docker/example: a web app and a worker, with PostgreSQL and Redis beside them.

comes_up() { dc up -d --no-build && eventually is_healthy "$(id_of web)" && token=$(inside web cat /data/overmind-gui.token); }

# The service for CI, in a container of its own beside the daemon's.
waits_until_ready() { dc --profile ci run --rm -T ready </dev/null && dc --profile ci run --rm -T ready ps --json </dev/null | grep >/dev/null '"name": *"worker"'; }

carries_out_an_order() {
  eventually curl -fsS -m 20 -X POST 'http://127.0.0.1:5000/?item=coffee' && eventually is_done && eventually has_line 'order 1 is done'
}

is_done() { curl -fsS -m 20 http://127.0.0.1:5000/ | tr -d ' \n' | grep >/dev/null '"item":"coffee","done_at":"'; }

stops_gracefully() {
  dc stop -t 60 daemon && inside web overmind-gui logs worker | grep finishing && inside web overmind-gui logs web | grep 'no more orders' &&
    ! inside web grep 'killing it' /data/native-daemon.log
}

# Mounted by the user 1000.
cp -r "$ROOT/docker/example" "$WORK/example" && chown -R 1000:1000 "$WORK/example"
use_compose "$WORK/example/compose.yaml"
check "The example comes up, with PostgreSQL and Redis" comes_up
check "The service for CI ends with 0 once the processes are ready" waits_until_ready
check "An order goes through the app, Redis, the worker and PostgreSQL, and the dashboard shows it" carries_out_an_order
check "Its processes are asked to end, and finish" stops_gracefully
