# What the tests need beside the SDK, installed where that can be done.

has_chromium() {
  [ -n "${OVERMIND_GUI_CHROMIUM:-}" ] && return
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable microsoft-edge; do
    command -v "$name" >/dev/null 2>&1 && return
  done
  [ -d "/Applications/Google Chrome.app" ] || [ -d /Applications/Chromium.app ] || [ -d "/Applications/Microsoft Edge.app" ]
}

# Not root, or no such package: the browser tests then let Playwright download one, and say so when it cannot.
install_chromium() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 0
  echo "Installing Chromium..."
  apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    chromium fonts-dejavu fonts-noto-color-emoji >/dev/null || echo "Chromium could not be installed by apt-get" >&2
}

# xterm.js under Node is the terminal that ours is compared with.
install_reference() {
  local folder=tests/OvermindGui.Core.Tests/Xterm
  if ! command -v npm >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Node.js..."
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null
  fi
  [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] || npm --prefix "$folder" ci --silent \
    || echo "The terminal to compare with could not be installed (npm, $folder); its tests will fail" >&2
}

# Without them the tests of their completion fail, and say so.
install_shells() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 0
  command -v zsh >/dev/null 2>&1 && command -v fish >/dev/null 2>&1 && return
  echo "Installing zsh and fish..."
  apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends zsh fish >/dev/null
}

install_needs() {
  install_reference
  has_chromium || install_chromium
  install_shells
}
