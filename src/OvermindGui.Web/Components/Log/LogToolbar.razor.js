// Keys of the field: "/" leads to it, Escape empties it, and from an empty one back to the log. In the log, "r" shows lines as they were printed.
export function attach(bar) {
  const abort = new AbortController();
  const field = bar.querySelector("[data-testid=search]");
  const pane = bar.closest(".pane");
  const on = (target, type, handler) => target.addEventListener(type, handler, { signal: abort.signal });
  const isTyping = target => target.closest?.("input, textarea, select, [contenteditable], [role=dialog], [role=menu], .xterm");

  // Of several panes the one that has the focus, else the first.
  const isMine = () => (document.activeElement?.closest?.(".pane") ?? document.querySelector(".pane")) === pane;

  on(document, "keydown", event => {
    if (!["/", "r"].includes(event.key) || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    if (isTyping(event.target) || document.querySelector("[role=dialog]") || !isMine()) return;
    event.preventDefault();
    if (event.key === "r") {
      bar.querySelector("[data-testid=raw]").click();
      return;
    }
    field.focus();
    field.select();
  });

  on(field, "keydown", event => {
    if (event.key !== "Escape" || event.isComposing) return;
    const clear = bar.querySelector("[data-testid=search-clear]");
    if (clear) clear.click();
    else pane.querySelector(".log")?.focus({ preventScroll: true });
    event.preventDefault();
    event.stopPropagation();
  });

  // The button disappears with the text; the field keeps the focus.
  on(bar, "click", event => {
    if (event.target.closest("[data-testid=search-clear], .mode, .toggle")) field.focus();
  });

  return { detach() { abort.abort(); } };
}
