// Keeps the line in the middle of the view where it is when lines are put in or taken out, and when their heights change: by another
// width, wrapping, theme or font. Browsers' own anchoring does not do it at the very top, nor after a jump, nor in Safari at all.
import { firstVisible, idOf, nearest } from "./lines.js";

export function keepPlace(log, lines) {
  let kept = null;
  let own = -1; // where the last correction scrolled to

  function middle() {
    const frame = log.getBoundingClientRect();
    return firstVisible(lines, frame.top + frame.height / 2) ?? [...lines.querySelectorAll(".line")].at(-1) ?? null;
  }

  const topOf = line => line.getBoundingClientRect().top - log.getBoundingClientRect().top;

  function remember() {
    const line = middle();
    kept = line && { line, id: idOf(line), top: topOf(line) };
  }

  function correct() {
    if (!kept) return;
    const line = kept.line.isConnected ? kept.line : nearest(lines, kept.id);
    if (!line) return;
    const moved = topOf(line) - kept.top;
    if (Math.abs(moved) >= 1) log.scrollTop += moved;
    own = log.scrollTop;
    kept.line = line;
  }

  return {
    remember,
    middle,

    /** The line in the middle and its position, to restore it after replacing all lines; null without a line. */
    anchor: () => (remember(), kept && { id: kept.id, top: kept.top }),

    /** A line is to stand at a height of the view, now and until its neighbours have their true heights. */
    put(id, top) {
      const line = nearest(lines, id);
      if (!line) return;
      kept = { line, id, top };
      correct();
    },

    /** After lines were put in or taken out, or took another height, as blocks do when they come into view. */
    restore: correct,

    /** The log was scrolled: by the reader, whose new place this is, or by a correction. Whether it was the reader. */
    scrolled() {
      if (Math.abs(log.scrollTop - own) < 1) return false;
      remember();
      return true;
    },

    /** The view follows the end, so it has no position to keep. */
    release() { kept = null; },
  };
}
