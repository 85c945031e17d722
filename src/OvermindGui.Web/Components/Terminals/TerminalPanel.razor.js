// The terminal of a process: xterm.js at one end, the server's WebSocket at the other. All keys go to the program.
import { write } from "../../js/clipboard.js";

const assets = new URL("../../xterm/", import.meta.url).href;
const retryDelay = 1500;
const palette = { background: "#0f172a", foreground: "#e2e8f0", cursor: "#e2e8f0", selectionBackground: "#3b5b8c" };
const encoder = new TextEncoder();

// Loaded with the first terminal; false in a build without it.
let library;
function load() {
  return library ??= Promise.all(["xterm", "addon-fit", "addon-search"].map(name => import(`${assets}${name}.mjs`))).then(modules => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${assets}xterm.css` });
    document.head.append(link);
    return { ...modules[0], ...modules[1], ...modules[2], styled: new Promise(resolve => link.onload = link.onerror = resolve) };
  }, () => false);
}

const sequences = {
  Escape: () => "\x1b", Tab: () => "\t",
  ArrowUp: t => arrow(t, "A"), ArrowDown: t => arrow(t, "B"), ArrowRight: t => arrow(t, "C"), ArrowLeft: t => arrow(t, "D"),
};
const arrow = (terminal, letter) => (terminal.modes.applicationCursorKeysMode ? "\x1bO" : "\x1b[") + letter;
const control = key => key.length === 1 && key.toUpperCase() >= "@" && key.toUpperCase() <= "_" ? String.fromCharCode(key.toUpperCase().charCodeAt(0) - 64) : key;

export function attach(body, name) {
  const part = key => body.querySelector(`[data-part="${key}"]`);
  const abort = new AbortController();
  let terminal, fit, search, socket, timer, observer, reason = "", viewers = [], gone = false;

  const say = text => part("state").textContent = text;
  const sayState = () => {
    const others = viewers.length > 1 ? ` · attached: ${viewers.join(", ")}` : "";
    say((reason ? `Read-only: ${reason}` : "Attached: every key goes to the process") + others);
  };

  async function start() {
    const loaded = await load();
    if (gone) return;
    if (!loaded) {
      say(`This build has no browser terminal. In a terminal: overmind-gui connect ${name}`);
      return;
    }

    await loaded.styled;
    terminal = new loaded.Terminal({ theme: palette, fontFamily: getComputedStyle(body).getPropertyValue("--mono") || "monospace", fontSize: 13, scrollback: 5000, cursorBlink: false, allowProposedApi: true });
    terminal.loadAddon(fit = new loaded.FitAddon());
    terminal.loadAddon(search = new loaded.SearchAddon());
    terminal.open(part("screen"));
    terminal.onData(data => type(data));
    terminal.onBinary(data => send(Uint8Array.from(data, c => c.charCodeAt(0))));
    terminal.attachCustomKeyEventHandler(event => {
      if (event.type === "keydown" && event.ctrlKey && event.shiftKey && event.key.toLowerCase() === "c" && terminal.hasSelection()) {
        event.preventDefault();
        copy();
        return false;
      }

      return !(event.ctrlKey && event.shiftKey && event.key.toLowerCase() === "v"); // the browser pastes
    });
    observer = new ResizeObserver(() => propose());
    observer.observe(part("screen"));
    body.overmindTerminal = terminal; // for tests and extensions
    const size = fit.proposeDimensions();
    if (size) terminal.resize(size.cols, size.rows);
    connect();
    terminal.focus();
  }

  function connect() {
    const size = fit.proposeDimensions();
    const query = size ? `?columns=${size.cols}&rows=${size.rows}` : "";
    const address = new URL(`api/process/${encodeURIComponent(name)}/terminal${query}`, document.baseURI);
    address.protocol = address.protocol.replace("http", "ws");
    let message = null, opened = false;
    reason = "";
    socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => { opened = true; sayState(); };
    socket.onmessage = event => {
      if (typeof event.data !== "string") {
        terminal.write(new Uint8Array(event.data));
        return;
      }

      const notice = JSON.parse(event.data);
      if (notice.type === "screen" && (notice.columns !== terminal.cols || notice.rows !== terminal.rows)) terminal.resize(notice.columns, notice.rows);
      if (notice.type === "viewers") viewers = notice.viewers;
      if (notice.type === "mode") reason = notice.reason;
      if (notice.type === "end") message = notice.message;
      else if (notice.type !== "screen") sayState();
    };
    socket.onclose = () => {
      if (gone) return;
      viewers = [];
      say(message ? `${message}; waiting for the next start` : opened ? "Disconnected; trying again" : "The terminal cannot be reached; trying again");
      timer = setTimeout(connect, retryDelay);
    };
  }

  function propose() {
    const size = fit.proposeDimensions();
    if (size && size.cols > 1 && size.rows > 1 && socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ columns: size.cols, rows: size.rows }));
  }

  function send(bytes) {
    if (socket?.readyState === WebSocket.OPEN && !reason) socket.send(bytes);
  }

  function type(data) {
    const ctrl = part("keys").querySelector('[data-key="Control"]');
    if (ctrl.getAttribute("aria-pressed") === "true") {
      ctrl.setAttribute("aria-pressed", "false");
      data = control(data);
    }

    send(encoder.encode(data));
  }

  async function copy() {
    if (terminal?.hasSelection()) await write(terminal.getSelection());
    terminal?.focus();
  }

  part("keys").addEventListener("click", event => {
    const key = event.target.closest("[data-key]");
    if (!key || !terminal) return;
    if (key.dataset.key === "Control") key.setAttribute("aria-pressed", key.getAttribute("aria-pressed") !== "true");
    else send(encoder.encode(sequences[key.dataset.key](terminal)));
    terminal.focus();
  }, { signal: abort.signal });
  part("keys").addEventListener("pointerdown", event => event.preventDefault(), { signal: abort.signal }); // the keyboard of a phone stays

  part("search").addEventListener("submit", event => {
    event.preventDefault();
    search?.findNext(part("query").value);
  }, { signal: abort.signal });
  part("query").addEventListener("keydown", event => {
    if (event.key === "Enter" && event.shiftKey) search?.findPrevious(part("query").value);
    else if (event.key !== "Escape") return;
    else {
      part("search").hidden = true;
      search?.clearDecorations();
      terminal?.focus();
    }

    event.preventDefault();
  }, { signal: abort.signal });

  start();
  return {
    copy,
    async paste() {
      const text = await navigator.clipboard?.readText().catch(() => "");
      if (text) terminal?.paste(text);
      terminal?.focus();
    },
    search() {
      const form = part("search");
      form.hidden = !form.hidden;
      (form.hidden ? terminal : part("query"))?.focus();
    },
    detach() {
      gone = true;
      clearTimeout(timer);
      abort.abort();
      observer?.disconnect();
      socket?.close();
      terminal?.dispose();
    },
  };
}
