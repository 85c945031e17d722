# podman's service, which compose speaks to, and what systemd does for podman elsewhere: asking for the containers' health.

service="" healths=""

# What podman notes of networks for the whole machine is to be ours alone, and to go with us.
prepare_namespace() {
  mkdir -p /run/containers /run/netns && mount -t tmpfs tmpfs /run/containers && mount -t tmpfs tmpfs /run/netns && ip link set lo up
}

start_service() {
  "${engine[@]}" system service -t 0 "$DOCKER_HOST" >"$WORK/service.log" 2>&1 &
  service=$!
  while sleep 2; do
    for container in $("${engine[@]}" ps -q 2>/dev/null); do timeout 20 "${engine[@]}" healthcheck run "$container"; done
  done >/dev/null 2>&1 &
  healths=$!
  eventually test -S "${DOCKER_HOST#unix://}"
}

stop_service() {
  [ -z "$service" ] || kill "$service" "$healths" 2>/dev/null
}
