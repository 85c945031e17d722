// What this browser remembers of a project, as one JSON text.
const key = () => `overmind-gui-shell:${document.documentElement.dataset.folder}`;

export function read() {
  try { return localStorage.getItem(key()); } catch { return null; } // storage may be forbidden
}

export function write(text) {
  try { localStorage.setItem(key(), text); } catch { /* as above */ }
}
