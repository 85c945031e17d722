// The width of the process list: dragged or moved by arrow keys, remembered, and known before the first paint.
(() => {
  const key = "overmind-gui-sidebar";
  const [least, most, usual] = [200, 480, 272];
  const root = document.documentElement;

  // Storage may be forbidden; then each page begins with the usual width.
  const remembered = () => { try { return Number(localStorage.getItem(key)) || usual; } catch { return usual; } };
  let width = Math.max(least, Math.min(most, remembered()));

  function set(to) {
    width = Math.max(least, Math.min(most, Math.round(to)));
    root.style.setProperty("--sidebar", `${width}px`);
    document.querySelector("[data-resizer]")?.setAttribute("aria-valuenow", width);
  }

  function keep() {
    try { localStorage.setItem(key, width); } catch { /* as above */ }
  }

  document.addEventListener("pointerdown", event => {
    const handle = event.target.closest?.("[data-resizer]");
    if (!handle || event.button !== 0) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    const [from, start] = [event.clientX, width];
    const move = moved => set(start + moved.clientX - from);
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", () => {
      handle.removeEventListener("pointermove", move);
      keep();
    }, { once: true });
  });

  document.addEventListener("dblclick", event => {
    if (!event.target.closest?.("[data-resizer]")) return;
    set(usual);
    keep();
  });

  document.addEventListener("keydown", event => {
    if (!event.target.matches?.("[data-resizer]")) return;
    const to = { ArrowLeft: width - 16, ArrowRight: width + 16, Home: least, End: most }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    set(to);
    keep();
  });

  set(width);
})();
