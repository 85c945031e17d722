// A menu above all other content. popover=auto does not work here: releasing the right button that opened it would close it.
const margin = 8; // px to the edges of the window

export function attach(menu) {
  const abort = new AbortController();
  let opener = null;

  const on = (target, type, handler, options) => target.addEventListener(type, handler, { signal: abort.signal, ...options });
  const isOpen = () => menu.matches(":popover-open");
  const items = () => [...menu.querySelectorAll("[role=menuitem]:not(:disabled)")];

  function close() {
    if (!isOpen()) return;
    const hadFocus = menu.contains(document.activeElement);
    menu.hidePopover();
    if (hadFocus) opener?.focus();
  }

  function place(x, y) {
    let upTo = y;
    if (x === null) {
      const beside = (opener ?? document.body).getBoundingClientRect();
      [x, y, upTo] = [beside.left, beside.bottom + 2, beside.top - 2];
    }
    const fits = y + menu.offsetHeight <= innerHeight - margin;
    menu.style.left = `${Math.max(margin, Math.min(x, innerWidth - menu.offsetWidth - margin))}px`;
    menu.style.top = `${fits ? y : Math.max(margin, Math.min(upTo, innerHeight - margin) - menu.offsetHeight)}px`;
  }

  function move(step) {
    const all = items();
    const at = all.indexOf(document.activeElement);
    all[(at < 0 && step < 0 ? 0 : at + step + all.length) % all.length]?.focus();
  }

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Home: () => items()[0]?.focus(),
    End: () => items().at(-1)?.focus(),
    Escape: close,
    Tab: close,
  };

  function answers(event) {
    const act = keys[event.key];
    if (!act) return false;
    act();
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  // Also when something else took the focus meanwhile.
  on(document, "keydown", event => { if (isOpen() && !menu.contains(event.target)) answers(event); }, { capture: true });
  on(menu, "keydown", event => {
    if (!answers(event) && event.key.length === 1 && event.key !== " ") {
      const all = items();
      const from = all.indexOf(document.activeElement) + 1;
      [...all.slice(from), ...all.slice(0, from)]
        .find(item => item.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
    }
  });
  on(menu, "click", event => { if (event.target.closest("[role=menuitem]")) close(); });
  on(menu, "contextmenu", event => event.preventDefault());
  on(document, "pointerdown", event => { if (!menu.contains(event.target)) close(); }, { capture: true });
  on(window, "resize", close);
  on(window, "blur", close);

  return {
    open(x, y) {
      if (!menu.contains(document.activeElement)) opener = document.activeElement;
      if (!isOpen()) menu.showPopover();
      place(x, y);
      items()[0]?.focus({ preventScroll: true });
    },
    detach() { abort.abort(); },
  };
}
