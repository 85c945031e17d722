# Finds what builds and runs containers. Sets engine, compose, format, limits, and inside: what to run the scenarios with.

inside=() format=() limits=""

find_engine() {
  if docker info >/dev/null 2>&1 && docker compose version >/dev/null 2>&1; then
    engine=(docker) compose=(docker compose)
    return
  fi
  [ "$(id -u)" = 0 ] && install_podman && use_podman
}

install_podman() {
  command -v podman >/dev/null && command -v runc >/dev/null && command -v docker-compose >/dev/null && command -v redis-server >/dev/null &&
    [ -n "$(ls -d /usr/lib/postgresql/*/bin/postgres 2>/dev/null)" ] && return
  command -v apt-get >/dev/null || return
  echo "Installing podman, compose, PostgreSQL and Redis..."
  # In runlevel 1 the packages do not start their servers.
  apt-get update -qq >/dev/null && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    podman runc netavark aardvark-dns iptables docker-compose redis-server postgresql >/dev/null 2>"$work/apt.log" || { cat "$work/apt.log" >&2; return 1; }
}

# A storage of its own, which goes when the tests are over: the names of the stand-ins are those of official images. A network of its own
# as well, so that the ports of the compose files are free.
use_podman() {
  engine=(podman --root "$work/storage" --runroot "$work/runroot" --network-config-dir "$work/networks" --runtime runc)
  compose=(docker-compose)
  format=(--format docker) # podman's own knows no HEALTHCHECK
  inside=(unshare --net --mount)
  limits="ulimits: {nofile: {soft: 1024, hard: $(ulimit -Hn)}, nproc: {soft: 1024, hard: 4096}}" # raising them is not permitted everywhere
  cat >"$work/containers.conf" <<CONF
[containers]
default_ulimits = ["nofile=1024:$(ulimit -Hn)", "nproc=1024:4096"]
[engine]
tmp_dir = "$work/tmp"
CONF
  export CONTAINERS_CONF=$work/containers.conf DOCKER_HOST=unix://$work/podman.sock
}

pull_images() {
  local image
  for image in mcr.microsoft.com/dotnet/{sdk,aspnet}:10.0 docker.io/library/{node:22-slim,postgres:17,redis:8}; do
    timeout 300 "${engine[@]}" pull -q "$image" >/dev/null 2>&1 || return
  done
}

# What is mounted under it goes first.
remove_work() {
  if [ -d "$work/storage" ]; then
    "${engine[@]}" rm -fa -t 0 >/dev/null 2>&1
    umount "$work"/storage/overlay 2>/dev/null
  fi
  rm -rf "$work"
}
