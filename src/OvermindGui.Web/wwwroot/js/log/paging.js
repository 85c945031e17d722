// Asks for what is stored beyond the edges of what is loaded, and for the lines of a gap, before the reader gets there.

const within = 900; // px

/** @param view asked by LoadOlder, LoadNewer and LoadGap, which answer whether there may be more */
export function loadAtEdges(log, lines, view, isFollowing) {
  const asked = new Set();

  async function ask(what, isNear, ...args) {
    if (asked.has(what) || isFollowing() || !isNear()) return;
    asked.add(what);
    let more = false;
    try {
      more = await view.invokeMethodAsync(what, ...args);
    } catch {
      // the connection is gone; the page says so
    }
    asked.delete(what);
    if (more) requestAnimationFrame(check);
  }

  const hasMoreAbove = () => lines.dataset.above === "true";
  const hasMoreBelow = () => lines.dataset.below === "true";
  const toEnd = () => log.scrollHeight - log.clientHeight - log.scrollTop;

  function checkGaps() {
    const frame = log.getBoundingClientRect();
    for (const gap of lines.querySelectorAll(".gap")) {
      const box = gap.getBoundingClientRect();
      if (box.bottom < frame.top - within || box.top > frame.bottom + within) continue;
      // From the end at which the reader arrives: a gap above the middle is reached from below.
      const fromEnd = box.top < frame.top + frame.height / 2;
      ask("LoadGap", () => true, Number(gap.dataset.first), fromEnd);
      return;
    }
  }

  function check() {
    if (isFollowing()) return;
    ask("LoadOlder", () => hasMoreAbove() && log.scrollTop <= within);
    ask("LoadNewer", () => hasMoreBelow() && toEnd() <= within);
    checkGaps();
  }

  return { check, hasMoreBelow };
}
