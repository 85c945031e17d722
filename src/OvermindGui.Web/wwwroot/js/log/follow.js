// Holds the end of the log in view until the reader does something with what is there: scrolls up, presses, selects, focuses a line.

const nearEnd = 2; // px; scroll positions are fractions on scaled screens
const recently = 600; // ms in which a scroll is the reader's doing
const upwards = new Set(["ArrowUp", "PageUp", "Home"]);

/**
 * @param changed called with true or false when the reader pauses or resumes
 * @param hasMoreBelow whether lines are stored between the last that is loaded and the newest
 */
export function followEnd(log, { changed, hasMoreBelow, signal }) {
  let following = true;
  let lastTop = 0;
  let lastInput = 0;
  let lastUpwards = -Infinity;
  let touchY = 0;
  let dragsBar = false;

  const on = (target, type, handler) => target.addEventListener(type, handler, { signal, passive: true });
  const distance = () => log.scrollHeight - log.clientHeight - log.scrollTop;
  const scrolls = () => log.scrollHeight > log.clientHeight + nearEnd;
  const isRecent = time => performance.now() - time < recently;

  function pin() {
    if (following) log.scrollTop = log.scrollHeight;
    lastTop = log.scrollTop;
  }

  function set(value) {
    following = value;
    // Neither what leaves above while following nor what place.js puts back is the browser's to anchor.
    log.style.overflowAnchor = "none";
    if (!value) return;
    lastUpwards = -Infinity; // what is left of a smooth scroll upwards is not wanted any more
    pin();
  }

  function change(value) {
    if (following === value) return;
    set(value);
    changed(value);
  }

  const goUp = () => { lastUpwards = performance.now(); };
  const input = () => { lastInput = performance.now(); };

  on(log, "wheel", event => {
    input();
    if (event.ctrlKey) return;
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
    // What is pressed is about to be selected, opened or read. A finger may be about to scroll: that is decided by the scroll.
    if (event.target.closest?.(".line") && event.pointerType !== "touch") change(false);
  });
  on(log, "contextmenu", () => change(false));
  for (const end of ["pointerup", "pointercancel"]) on(window, end, () => { dragsBar = false; });
  on(log, "keydown", event => {
    input();
    if (!upwards.has(event.key)) return;
    goUp();
    if (scrolls()) change(false);
  });

  return {
    get following() { return following; },
    set,
    change,
    pin,
    distance,

    /** Whether a scroll of the log was one that this module answered by pausing or resuming. */
    scrolled() {
      const up = log.scrollTop < lastTop;
      const down = log.scrollTop > lastTop; // neither: the event of a pin
      lastTop = log.scrollTop;
      if (following) {
        // Not by the scroll alone: lines that leave above move the position as well.
        if (!up || distance() <= nearEnd) return true;
        if (dragsBar || isRecent(lastUpwards)) change(false);
        else pin();
        return true;
      }
      if (!down || hasMoreBelow() || distance() > nearEnd || !(dragsBar || isRecent(lastInput))) return false;
      change(true);
      return true;
    },
  };
}
