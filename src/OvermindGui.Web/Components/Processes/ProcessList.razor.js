// Arrow keys in the list: up and down from row to row, right and left through the controls of a row. One stop for the Tab key.
export function attach(nav) {
  const abort = new AbortController();
  const names = () => [...nav.querySelectorAll("[data-row-focus]")];
  const controlsOf = row => [...row.querySelectorAll("[data-row-focus], .cells input, a, .asks, .actions button")]
    .filter(control => !control.disabled && control.offsetParent !== null);

  function step(from, by) {
    const all = names();
    const row = from.closest("li");
    const at = all.findIndex(name => row.contains(name));
    all[Math.max(0, Math.min(all.length - 1, at + by))]?.focus();
  }

  function within(from, by) {
    const all = controlsOf(from.closest("li"));
    all[all.indexOf(from) + by]?.focus();
  }

  // For the style sheet: :has(:focus) would cost each element that comes into the page.
  function markActing() {
    for (const row of nav.querySelectorAll("[data-acting]")) if (!row.querySelector(".actions :focus")) delete row.dataset.acting;
    const row = document.activeElement?.closest(".actions")?.closest(".row");
    if (row && nav.contains(row)) row.dataset.acting = "";
  }

  for (const change of ["focusin", "focusout"]) nav.addEventListener(change, markActing, { signal: abort.signal });
  nav.addEventListener("keydown", event => {
    if (!event.target.closest("[data-row-list] li") || event.target.closest(".answer") || event.altKey || event.isComposing) return;
    const act = {
      ArrowDown: () => step(event.target, 1),
      ArrowUp: () => step(event.target, -1),
      ArrowRight: () => within(event.target, 1),
      ArrowLeft: () => within(event.target, -1),
      Home: () => names()[0]?.focus(),
      End: () => names().at(-1)?.focus(),
    }[event.key];
    if (!act) return;
    act();
    event.preventDefault();
  }, { signal: abort.signal });

  return { detach() { abort.abort(); } };
}
