// Follows the end of the log, and leaves it alone while a person reads back.
const nearEnd = 2; // px; scroll positions are fractions on scaled screens
const loadWithin = 900; // px from the top
const recently = 600; // ms in which a scroll is a person's doing
const upwards = new Set(["ArrowUp", "PageUp", "Home"]);
const anchors = CSS.supports("overflow-anchor", "auto");

export function attach(log, view) {
  let following = true;
  let lastTop = 0;
  let lastInput = 0;
  let pointerDown = false;
  let loading = false;
  let anchor = null;
  const abort = new AbortController();
  const on = (target, type, handler, options) => target.addEventListener(type, handler, { signal: abort.signal, passive: true, ...options });

  const distance = () => log.scrollHeight - log.clientHeight - log.scrollTop;
  const scrolls = () => log.scrollHeight > log.clientHeight + nearEnd;

  function pin() {
    if (following) log.scrollTop = log.scrollHeight;
    lastTop = log.scrollTop;
  }

  function set(value) {
    following = value;
    // Eviction must not be anchored while following; loading above must be while not.
    log.style.overflowAnchor = value ? "none" : "auto";
    loading = false;
    if (value) pin();
    else remember();
  }

  function change(value) {
    if (following === value) return;
    set(value);
    view.invokeMethodAsync("OnFollowChanged", value);
  }

  // Safari has no scroll anchoring: keep the first visible block where it is by hand.
  function remember() {
    if (anchors || following) return;
    const top = log.getBoundingClientRect().top;
    anchor = [...log.querySelectorAll(".block")].find(b => b.getBoundingClientRect().bottom > top) ?? null;
    if (anchor) anchor.offset = anchor.getBoundingClientRect().top;
  }

  function restore() {
    if (anchors || following || !anchor?.isConnected) return;
    log.scrollTop += anchor.getBoundingClientRect().top - anchor.offset;
  }

  async function loadOlder() {
    if (loading || following || log.scrollTop > loadWithin) return;
    loading = true;
    if (log.scrollTop === 0) log.scrollTop = 1; // at zero browsers do not anchor
    try {
      const more = await view.invokeMethodAsync("LoadOlder");
      loading = !more; // at the beginning there is nothing to ask for until the view starts over
    } catch {
      loading = false; // the connection is gone; the overlay says so
    }
    if (!loading) requestAnimationFrame(loadOlder);
  }

  function onScroll() {
    const up = log.scrollTop < lastTop;
    const down = log.scrollTop > lastTop; // neither: the event of a pin
    const byPerson = pointerDown || performance.now() - lastInput < recently;
    lastTop = log.scrollTop;
    if (following) {
      if (up && byPerson && distance() > nearEnd) change(false);
    } else {
      remember();
      if (down && byPerson && distance() <= nearEnd) change(true);
      else loadOlder();
    }
  }

  const input = () => { lastInput = performance.now(); };

  on(log, "scroll", onScroll);
  on(log, "wheel", event => {
    input();
    // At once: a smooth scroll starts with less than a tick's pin would take back.
    if (event.deltaY < 0 && following && scrolls() && log.scrollTop > 0) change(false);
  });
  on(log, "touchmove", input);
  on(log, "pointerdown", () => { pointerDown = true; input(); });
  on(window, "pointerup", () => { pointerDown = false; input(); });
  on(window, "pointercancel", () => { pointerDown = false; input(); });
  on(log, "keydown", event => {
    input();
    if (upwards.has(event.key) && following && scrolls()) change(false);
  });
  on(document, "keydown", event => {
    if (event.key !== "End" || event.target.closest?.("input, textarea, [role=dialog]")) return;
    if (following) pin();
    else change(true);
  });
  on(log, "mouseover", event => {
    const line = event.target.closest?.(".line");
    if (line && !line.title) line.title = new Date(Number(line.dataset.t)).toLocaleString(undefined, {
      dateStyle: "medium", timeStyle: "medium",
    });
  });
  on(log, "click", async event => {
    const button = event.target.closest?.("button.whole");
    if (!button) return;
    change(false);
    button.disabled = true;
    const line = button.closest(".line");
    // Markup made and escaped by the server's renderer, as that of every line.
    const html = await view.invokeMethodAsync("LoadWhole", Number(line.dataset.id));
    if (html !== null) line.innerHTML = html;
    else button.textContent = "… no longer stored";
  });

  const sizes = new ResizeObserver(pin);
  const changes = new MutationObserver(records => {
    if (following) {
      pin();
      return;
    }
    restore();
    if (loading && records.some(r => r.removedNodes.length > 0)) loading = false;
  });
  sizes.observe(log);
  const lines = log.querySelector(".lines");
  sizes.observe(lines); // blocks take their true height when they come into view
  changes.observe(lines, { childList: true });
  set(true);

  return {
    follow(value) { if (value !== following) set(value); },
    detach() {
      abort.abort();
      sizes.disconnect();
      changes.disconnect();
    },
  };
}
