// The log is one tab stop: keys move a cursor from line to line, open its menu and go to both ends of the history.
import { firstVisible, isIn } from "./lines.js";

export function lineKeys(log, lines, { selectedLine, openMenu, goToStart, goToEnd, pause, signal }) {
  let cursor = null;

  function set(line) {
    cursor?.classList.remove("cursor");
    cursor = line;
    if (!line) return;
    line.classList.add("cursor");
    line.scrollIntoView({ block: "nearest" });
  }

  function beside(line, step) {
    const next = step > 0 ? "nextElementSibling" : "previousElementSibling";
    const end = step > 0 ? "firstElementChild" : "lastElementChild";
    for (let at = line[next] ?? line.parentElement[next]?.[end] ?? null; at; at = at[next] ?? at.parentElement[next]?.[end] ?? null)
      if (at.matches(".line:not(.folded)")) return at;
    return null;
  }

  const start = () => cursor?.isConnected && isIn(log, cursor) ? null : firstVisible(lines, log.getBoundingClientRect().top + 4);

  function move(step) {
    pause();
    const line = start() ?? beside(cursor, step);
    if (line) set(line);
  }

  const acts = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Home: goToStart,
    End: goToEnd,
    Escape: () => set(null),
    Enter: () => (cursor?.querySelector("button") ?? cursor?.querySelector("a[href]"))?.click(),
    ContextMenu: menu,
    F10: event => event.shiftKey && menu(),
  };

  // For what is selected; else for the cursor, which begins where the first step would take it.
  function menu() {
    pause();
    const line = selectedLine() ?? (cursor?.isConnected ? cursor : start());
    if (!line) return;
    set(line);
    const box = line.getBoundingClientRect();
    openMenu(line, box.left + 160, box.bottom);
  }

  log.addEventListener("keydown", event => {
    if (event.target !== log || event.altKey || event.ctrlKey || event.metaKey) return;
    const act = acts[event.key];
    if (!act || (event.key === "F10" && !event.shiftKey)) return;
    if (event.key === "Escape" && !cursor) return; // then it is the page's
    act(event);
    if (event.key === "Escape") event.stopPropagation();
    event.preventDefault();
  }, { signal });

  return { set, get line() { return cursor?.isConnected ? cursor : null; } };
}
