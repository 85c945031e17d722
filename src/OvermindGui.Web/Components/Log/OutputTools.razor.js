// Keys of the two fields: Ctrl+F and "/" lead to the search, Escape empties a field, and an empty one lets go of the focus.
export function attach(tools) {
  const abort = new AbortController();
  const search = tools.querySelector("[data-testid=search]");
  const on = (target, type, handler) => target.addEventListener(type, handler, { signal: abort.signal });

  const isTyping = target => target.closest?.("input, textarea, select, [contenteditable], [role=dialog], [role=menu]");

  function isAsked(event) {
    // A second Ctrl+F in the field is for the browser's own search.
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) return event.key.toLowerCase() === "f" && event.target !== search;
    return event.key === "/" && !event.altKey && !isTyping(event.target);
  }

  on(document, "keydown", event => {
    if (!isAsked(event) || document.querySelector("[role=dialog]")) return;
    event.preventDefault();
    search.focus();
    search.select();
  });

  on(tools, "keydown", event => {
    if (event.key !== "Escape" || event.isComposing) return;
    const clear = event.target.closest(".field")?.querySelector("[data-testid$=clear]");
    if (clear) clear.click();
    else document.querySelector(".log")?.focus({ preventScroll: true });
    event.preventDefault();
  });

  // The button disappears with the text; the field keeps the focus.
  on(tools, "click", event => {
    if (event.target.closest("[data-testid$=clear]")) event.target.closest(".field").querySelector("input").focus();
  });

  return { detach() { abort.abort(); } };
}
