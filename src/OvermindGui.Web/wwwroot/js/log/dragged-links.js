// A link opens on a click, never at the end of a drag that selects its text.
export function guardLinks(lines, signal) {
  let from = null;
  lines.addEventListener("pointerdown", event => { from = [event.clientX, event.clientY]; }, { signal, passive: true });
  lines.addEventListener("click", event => {
    if (!event.target.closest?.("a") || !from || event.detail === 0) return; // a key drags nothing
    const moved = Math.hypot(event.clientX - from[0], event.clientY - from[1]);
    if (moved > 4 || !getSelection().isCollapsed) event.preventDefault();
  }, { signal });
  lines.addEventListener("dragstart", event => { if (event.target.closest?.("a")) event.preventDefault(); }, { signal });
}
