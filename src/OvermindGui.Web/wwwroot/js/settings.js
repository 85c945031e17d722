// What this browser remembers of a project, as one JSON text. A frame beside others has less room, and a memory of its own.
const isFrame = window.self !== window.top;
const key = () => `overmind-gui-shell:${document.documentElement.dataset.folder}${isFrame ? ":frame" : ""}`;
const initial = isFrame ? '{"sidebarOpen":false}' : null;

export function read() {
  try { return localStorage.getItem(key()) ?? initial; } catch { return initial; } // storage may be forbidden
}

export function write(text) {
  try { localStorage.setItem(key(), text); } catch { /* as above */ }
}
