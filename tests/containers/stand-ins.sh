# Images under the names that the Dockerfiles and compose files use, for machines that reach no registry: one small root file system, made
# of programs of this machine with the libraries they load. What it lacks of the real ones (a package manager, most programs) nothing here
# needs. The .NET SDK and its packages, which are large, are mounted while an image is built.

stand_in_programs=(sh bash cat ls cp mv rm ln mkdir chmod chown sleep date env id touch head tail tr cut sort uname seq printf true false tee wc
  kill grep sed find readlink dirname basename mktemp stty setsid setpriv timeout redis-server redis-cli)
certificates=/etc/ssl/certs/ca-certificates.crt
postgres=$(ls -d /usr/lib/postgresql/*/ 2>/dev/null | tail -1)
postgres=${postgres%/}

# Each under its own path, with what it loads.
copy_programs() {
  local root=$1
  shift
  { printf '%s\n' "$@"; { ldd "$@" 2>/dev/null || true; } | sed -nE 's/^.* => (\/[^ ]+) .*/\1/p; s/^\s+(\/[^ ]+) .*/\1/p'; } | sort -u |
    xargs cp -L --parents -t "$root"
}

make_root() {
  local root=$1 dotnet=$2 name programs=()
  mkdir -p "$root"/{usr/{bin,sbin,lib,lib64,local/{bin,lib/node_modules},share/dotnet},etc,proc,sys,dev,tmp,root,var,run}
  for name in bin sbin lib lib64; do ln -s "usr/$name" "$root/$name"; done
  chmod 1777 "$root/tmp" "$root/run"
  for name in "${stand_in_programs[@]}" node npm; do type -P "$name" >/dev/null || { echo "there is no $name here" >&2; return 1; }; done
  for name in "${stand_in_programs[@]}"; do programs+=("$(type -P "$name")"); done
  copy_programs "$root" "${programs[@]}" "$postgres"/bin/{postgres,initdb,psql,pg_isready} "$(type -P node)" \
    "$(find "$dotnet" -name libcoreclr.so | head -1)" "$(ldconfig -p | sed -n 's/.*libssl\.so\.3 .*=> //p' | head -1)"
  mv "$root$(type -P node)" "$root/usr/local/bin/node"
  cp -r "$(dirname "$(readlink -f "$(type -P npm)")")/.." "$root/usr/local/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
  cp -r --parents "$postgres/lib" "/usr/share/postgresql/${postgres##*/}" "$root"
  rm -rf "$root$postgres"/lib/{bitcode,llvmjit*}
  cp -r "$dotnet"/{dotnet,host,shared} "$root/usr/share/dotnet/"
  ln -s ../share/dotnet/dotnet "$root/usr/bin/dotnet"
  printf '%s\n' root:x:0:0::/root:/bin/sh postgres:x:999:999::/:/bin/sh app:x:1654:1654::/:/bin/sh >"$root/etc/passwd"
  printf '%s\n' root:x:0: postgres:x:999: app:x:1654: >"$root/etc/group"
  echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
  cp -L --parents "$certificates" "$root"
}

# The official image's way of starting, as far as the example goes: a cluster on the volume, with one user and one database.
write_postgres_start() {
  cat >"$1" <<'SCRIPT'
#!/bin/sh
set -e
PGDATA=/var/lib/postgresql/data
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" && chown postgres "$PGDATA" && chmod 700 "$PGDATA"
  exec setpriv --reuid=999 --regid=999 --clear-groups "$0"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  echo "$POSTGRES_PASSWORD" >/tmp/password
  initdb -D "$PGDATA" -U "$POSTGRES_USER" --pwfile=/tmp/password --auth-host=scram-sha-256 --auth-local=trust --no-locale -E UTF8
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  echo "CREATE DATABASE $POSTGRES_DB" | postgres --single -D "$PGDATA" postgres >/dev/null
fi
exec postgres -D "$PGDATA" -c listen_addresses='*' -c unix_socket_directories=/tmp
SCRIPT
  chmod +x "$1"
}

# One root under all names.
make_stand_ins() {
  local root=$work/root image
  make_root "$root" "$(dirname "$(readlink -f "$(type -P "$dotnet")")")"
  write_postgres_start "$root/usr/local/bin/postgres-start"
  tar -C "$root" -cf "$work/root.tar" .
  rm -rf "$root"
  "${engine[@]}" import -q "$work/root.tar" overmind-gui-test-root >/dev/null || return
  rm -f "$work/root.tar"
  for image in mcr.microsoft.com/dotnet/sdk:10.0 mcr.microsoft.com/dotnet/aspnet:10.0 docker.io/library/node:22-slim \
    docker.io/library/postgres:17 docker.io/library/redis:8; do
    stand_in_file "$image" | "${engine[@]}" build -q --format docker --pull=never -t "$image" - >/dev/null || return
  done
}

stand_in_file() {
  echo "FROM overmind-gui-test-root"
  # Whom this machine trusts, for restoring packages.
  echo "ENV PATH=/usr/local/bin:/usr/bin:/usr/sbin SSL_CERT_FILE=$certificates NODE_EXTRA_CA_CERTS=$certificates NUGET_CERT_REVOCATION_MODE=offline"
  case $1 in
    */aspnet:*) echo "ENV APP_UID=1654" ;;
    */postgres:*) echo "ENV PATH=$postgres/bin:/usr/local/bin:/usr/bin"; echo 'VOLUME /var/lib/postgresql/data'; echo 'CMD ["postgres-start"]' ;;
    */redis:*) echo 'USER app'; echo 'WORKDIR /tmp'; echo 'CMD ["redis-server", "--bind", "0.0.0.0", "--protected-mode", "no", "--save", ""]' ;;
  esac
}
