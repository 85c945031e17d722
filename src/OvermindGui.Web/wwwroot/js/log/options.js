// What this browser remembers of how lines are shown, as one JSON text, for all projects.
const key = "overmind-gui-view";

export function read() {
  try { return localStorage.getItem(key); } catch { return null; } // storage may be forbidden
}

export function write(text) {
  try { localStorage.setItem(key, text); } catch { /* as above */ }
}
