// The keys of the whole page. In a field only those with Ctrl or ⌘ count, and inside a dialog or a menu Esc is its own.
const mac = /Mac|iPhone|iPad/.test(navigator.platform);

const inField = target => target.isContentEditable || target.closest("input, textarea, select, [data-terminal]") !== null;
const inOverlay = () => document.querySelector(".mud-dialog, .mud-popover-open, :popover-open") !== null;

function shortcutOf(event) {
  if (event.isComposing || event.altKey || event.target.closest?.("[data-terminal]")) return null;
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey)
    return { k: "palette", b: "sidebar" }[event.key.toLowerCase()] ?? null;
  if (event.ctrlKey || event.metaKey || inField(event.target) || inOverlay()) return null;
  return { "?": "help", Escape: "escape" }[event.key] ?? null;
}

export function attach(dotnet) {
  const abort = new AbortController();
  for (const key of document.querySelectorAll("[data-mod-key]")) if (mac) key.textContent = `⌘${key.dataset.modKey}`;

  document.addEventListener("keydown", event => {
    const shortcut = shortcutOf(event);
    if (shortcut === null || event.defaultPrevented) return;
    if (shortcut !== "escape") event.preventDefault();
    if (shortcut === "escape" && !getSelection().isCollapsed) return; // that is what Esc means to who selects text
    dotnet.invokeMethodAsync("OnShortcut", shortcut).catch(() => {}); // without a connection there is nothing to do
  }, { signal: abort.signal });

  // Moves within the palette's list belong to the list, not to the caret.
  document.addEventListener("keydown", event => {
    if (event.target.closest?.("[data-palette]") && ["ArrowUp", "ArrowDown"].includes(event.key)) event.preventDefault();
  }, { capture: true, signal: abort.signal });

  // The component library gives the focus back to the menu that opened a dialog: behind the dialog, where Esc would not close it.
  document.addEventListener("focusin", event => {
    const dialog = [...document.querySelectorAll(".mud-dialog")].at(-1);
    if (!dialog || event.target.closest(".mud-dialog-container, .mud-popover, [popover]")) return;
    dialog.querySelector("input, select, textarea, button:not([disabled])")?.focus();
  }, { signal: abort.signal });

  document.documentElement.dataset.keys = "ready";
  return { detach() { abort.abort(); } };
}
