// Follows the end of the log, and leaves it alone while a person reads back.
import { markHits } from "../../js/log-marks.js";
import { firstVisible, keepPlace } from "../../js/log-place.js";
import { watchSelection } from "../../js/log-selection.js";

const nearEnd = 2; // px; scroll positions are fractions on scaled screens
const loadWithin = 900; // px from the top, or from the end of what is loaded
const recently = 600; // ms in which a scroll is a person's doing
const upwards = new Set(["ArrowUp", "PageUp", "Home"]);

export function attach(log, view) {
  const lines = log.querySelector(".lines");
  const place = keepPlace(log, lines);
  const marks = markHits(log, lines);
  const selection = watchSelection(log, view, log.parentElement.querySelector(".selection-bar"));
  const abort = new AbortController();
  let following = true;
  let lastTop = 0;
  let lastInput = 0;
  let lastUpwards = -Infinity;
  let touchY = 0;
  let dragsBar = false;
  let loadingOlder = false;
  let loadingNewer = false;

  const on = (target, type, handler) => target.addEventListener(type, handler, { signal: abort.signal, passive: true });
  const distance = () => log.scrollHeight - log.clientHeight - log.scrollTop;
  const scrolls = () => log.scrollHeight > log.clientHeight + nearEnd;
  const isRecent = time => performance.now() - time < recently;

  function pin() {
    if (following) log.scrollTop = log.scrollHeight;
    lastTop = log.scrollTop;
  }

  function set(value) {
    following = value;
    loadingOlder = loadingNewer = false;
    // What leaves above must not be anchored while following; what changes above must be while not.
    place.release();
    log.style.overflowAnchor = value ? "none" : "auto";
    if (value) {
      lastUpwards = -Infinity; // what is left of a smooth scroll upwards is not wanted any more
      pin();
    } else {
      place.remember();
    }
  }

  function change(value) {
    if (following === value) return;
    set(value);
    view.invokeMethodAsync("OnFollowChanged", value);
  }

  function goUp() {
    lastUpwards = performance.now();
  }

  async function loadOlder() {
    if (loadingOlder || following || log.scrollTop > loadWithin) return;
    loadingOlder = true;
    let more = true;
    try {
      more = await view.invokeMethodAsync("LoadOlder");
    } catch {
      more = false; // the connection is gone; the overlay says so
    }
    loadingOlder = !more; // at the beginning there is nothing to ask for until the view starts over
    if (more) requestAnimationFrame(loadOlder);
  }

  // Between what is loaded and what is new there may be more; the end is reached behind that.
  const hasMoreBelow = () => lines.dataset.below === "true";

  async function loadNewer() {
    if (loadingNewer || following || !hasMoreBelow() || distance() > loadWithin) return;
    loadingNewer = true;
    try {
      await view.invokeMethodAsync("LoadNewer");
    } catch {
      return; // the connection is gone; the overlay says so
    }
    loadingNewer = false;
    if (hasMoreBelow()) requestAnimationFrame(loadNewer);
  }

  const lineOf = id => lines.querySelector(`.line[data-id="${id}"]`);

  function sees(line) {
    const [frame, box] = [log.getBoundingClientRect(), line.getBoundingClientRect()];
    return box.top >= frame.top && box.bottom <= frame.bottom;
  }

  // Blocks take their true height when they come into view, which moves what is below them.
  function show(id, times) {
    const line = lineOf(id);
    if (!line) return;
    line.scrollIntoView({ block: "center" });
    lastTop = log.scrollTop;
    place.remember();
    if (times > 0) requestAnimationFrame(() => show(id, times - 1));
    else loadAround();
  }

  function loadAround() {
    loadOlder();
    loadNewer();
  }

  function onScroll() {
    marks.schedule();
    const up = log.scrollTop < lastTop;
    const down = log.scrollTop > lastTop; // neither: the event of a pin
    lastTop = log.scrollTop;
    if (following) {
      // Not by the scroll alone: lines that leave above move the position as well.
      if (!up || distance() <= nearEnd) return;
      if (dragsBar || isRecent(lastUpwards)) change(false);
      else pin();
      return;
    }

    place.remember();
    if (down && !hasMoreBelow() && distance() <= nearEnd && (dragsBar || isRecent(lastInput))) change(true);
    else loadAround();
  }

  const input = () => { lastInput = performance.now(); };

  on(log, "scroll", onScroll);
  on(log, "wheel", event => {
    input();
    if (event.deltaY >= 0) {
      // Blocks grow as they come into view, so that the scroll itself may fall short of the end.
      if (event.deltaY > 0 && distance() <= event.deltaY && !hasMoreBelow()) change(true);
      return;
    }
    goUp();
    // At once: a smooth scroll begins with less than the next pin would take back.
    if (scrolls() && log.scrollTop > 0) change(false);
  });
  on(log, "touchstart", event => { touchY = event.touches[0].clientY; });
  on(log, "touchmove", event => {
    input();
    const y = event.touches[0].clientY;
    if (y > touchY) goUp();
    touchY = y;
  });
  on(log, "pointerdown", event => {
    input();
    dragsBar = event.target === log && event.offsetX >= log.clientWidth;
  });
  for (const end of ["pointerup", "pointercancel"]) on(window, end, () => { dragsBar = false; });
  on(log, "keydown", event => {
    input();
    if (!upwards.has(event.key)) return;
    goUp();
    if (scrolls()) change(false);
  });
  on(document, "keydown", event => {
    if (event.key !== "End" || event.target.closest?.("input, textarea, [role=dialog]")) return;
    if (following) pin();
    else change(true);
  });
  on(log, "mouseover", event => {
    const line = event.target.closest?.(".line");
    if (!line || line.title) return;
    const time = new Date(Number(line.dataset.t)).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
    line.title = line.classList.contains("err") ? `${time} · stderr` : time;
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

  const sizes = new ResizeObserver(() => {
    if (following) pin();
    else place.settle();
    marks.schedule();
  });
  sizes.observe(log);
  sizes.observe(lines); // blocks take their true height when they come into view
  const changes = new MutationObserver(records => {
    if (following) {
      pin();
      return;
    }
    if (records.some(r => r.removedNodes.length > 0)) loadingOlder = loadingNewer = false;
    place.restore();
    lastTop = log.scrollTop;
  });
  changes.observe(lines, { childList: true });
  set(true);

  return {
    follow(value) { if (value !== following) set(value); },

    /** The last line that is seen whole; null when that is the end. */
    place() {
      if (following) return null;
      const bottom = log.getBoundingClientRect().bottom;
      const below = firstVisible(lines, bottom);
      return Number((below ?? [...lines.querySelectorAll(".line")].at(-1))?.dataset.id ?? 0) - (below ? 1 : 0) || null;
    },

    sees(id) {
      const line = lineOf(id);
      return line !== null && sees(line);
    },

    show(id) { show(id, 3); },
    mark(text, id) { marks.set(text, id); },
    copy() { return selection.copy(); },

    detach() {
      abort.abort();
      marks.detach();
      selection.detach();
      sizes.disconnect();
      changes.disconnect();
    },
  };
}
