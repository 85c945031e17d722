# What the tests need beside the SDK, installed where that can be done.

can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

install_packages() {
  apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

has_chromium() {
  [ -n "${OVERMIND_GUI_CHROMIUM:-}" ] && return
  local name
  for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable microsoft-edge; do
    command -v "$name" >/dev/null 2>&1 && return
  done
  [ -d "/Applications/Google Chrome.app" ] || [ -d /Applications/Chromium.app ] || [ -d "/Applications/Microsoft Edge.app" ]
}

# The headless shell is the same engine without the windows of a browser, which take half of its time.
# Not root, or no such package: the browser tests then let Playwright download one, and say so when it cannot.
install_chromium() {
  can_install || return 0
  echo "Installing Chromium..."
  local fonts="fonts-dejavu fonts-noto-color-emoji"
  # shellcheck disable=SC2086
  install_packages chromium-headless-shell $fonts 2>/dev/null || install_packages chromium $fonts \
    || echo "Chromium could not be installed by apt-get" >&2
}

# What ours is compared with, under Node: xterm.js (Core.Tests/Xterm), OpenTelemetry's encoding (Daemon.Tests/Otlp).
install_reference() {
  local folder=tests/OvermindGui.$1
  if ! command -v npm >/dev/null 2>&1 && can_install; then
    echo "Installing Node.js..."
    install_packages nodejs npm
  fi
  [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] || npm --prefix "$folder" ci --silent \
    || echo "What ours is compared with could not be installed (npm, $folder); its tests will fail" >&2
}

# The tests start servers of their own; the cluster that Debian's package would start is not made.
install_postgres() {
  if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ! command -v initdb >/dev/null 2>&1 && can_install; then
    echo "Installing PostgreSQL..."
    mkdir -p /etc/postgresql-common/createcluster.d
    echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.d/overmind-gui.conf
    install_packages postgresql || echo "PostgreSQL could not be installed by apt-get; the tests of the hub will fail" >&2
  fi
}

# Firefox, and what drives it over WebDriver BiDi. Not root, or no such package: the tests say so.
install_firefox() {
  local folder=tests/OvermindGui.EndToEnd/Firefox
  if [ -z "${OVERMIND_GUI_FIREFOX:-}" ] && ! command -v firefox-esr >/dev/null 2>&1 && ! command -v firefox >/dev/null 2>&1 && can_install; then
    echo "Installing Firefox..."
    install_packages firefox-esr || echo "Firefox could not be installed by apt-get" >&2
  fi
  if ! command -v npm >/dev/null 2>&1 && can_install; then install_packages nodejs npm; fi
  [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] || npm --prefix "$folder" ci --silent \
    || echo "What drives Firefox could not be installed (npm, $folder); its tests will fail" >&2
}

# Programs that people attach to: debuggers, and what draws on the whole screen.
install_interactive_programs() {
  can_install || return 0
  install_packages python3-prompt-toolkit python3-ipdb ruby ruby-byebug vim less htop nodejs \
    || echo "Interactive programs could not be installed by apt-get; the tests with them will fail" >&2
}

# Without them the tests of their completion fail, and say so.
install_shells() {
  can_install || return 0
  command -v zsh >/dev/null 2>&1 && command -v fish >/dev/null 2>&1 && return
  echo "Installing zsh and fish..."
  install_packages zsh fish
}

install_needs() {
  install_reference Core.Tests/Xterm
  install_reference Daemon.Tests/Otlp
  install_postgres
  install_interactive_programs
  has_chromium || install_chromium
  install_firefox
  install_shells
}
