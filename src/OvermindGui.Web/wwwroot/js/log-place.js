// Keeps the first visible line where it is when lines are put in or taken out above it. Browsers' own anchoring does not do it at
// the very top, nor after a jump, nor in Safari at all.
const settleTime = 300; // ms

/** The first line that reaches below a height of the window. */
export function firstVisible(lines, top) {
  // Blocks lie in order, so it is found by halving.
  const blocks = lines.children;
  let [low, high] = [0, blocks.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks[middle].getBoundingClientRect().bottom > top) high = middle;
    else low = middle + 1;
  }
  for (let block = blocks[low]; block; block = block.nextElementSibling)
    for (const line of block.querySelectorAll(".line"))
      if (line.getBoundingClientRect().bottom > top) return line;
  return null;
}

export function keepPlace(log, lines) {
  let kept = null;
  let settling = 0;

  // The line itself, or where it would stand: a change of filter makes all lines anew and may leave it out.
  function find() {
    if (kept.line.isConnected) return kept.line;
    let nearest = null;
    for (const line of lines.querySelectorAll(".line")) {
      nearest = line;
      if (Number(line.dataset.id) >= kept.id) break;
    }
    return nearest;
  }

  function remember() {
    const line = firstVisible(lines, log.getBoundingClientRect().top);
    kept = line && { line, id: Number(line.dataset.id), top: line.getBoundingClientRect().top, scroll: log.scrollTop };
  }

  function correct() {
    const line = kept && find();
    if (!line) return;
    // A scroll since then is the person's, unless all lines were taken out: that alone moves the position.
    const expected = kept.line.isConnected ? kept.top - (log.scrollTop - kept.scroll) : kept.top;
    const moved = line.getBoundingClientRect().top - expected;
    if (moved !== 0) log.scrollTop += moved;
    Object.assign(kept, { line, id: Number(line.dataset.id), top: line.getBoundingClientRect().top, scroll: log.scrollTop });
  }

  return {
    remember,

    /** After lines were put in or taken out. */
    restore() {
      log.style.overflowAnchor = "none"; // or the browser would do it a second time
      clearTimeout(settling);
      settling = setTimeout(() => {
        settling = 0;
        if (log.style.overflowAnchor === "none") log.style.overflowAnchor = "auto";
      }, settleTime);
      correct();
    },

    /** Blocks above that come into view by a restore take their true height a frame later. */
    settle() {
      if (settling) correct();
    },

    /** The view follows the end: it has no place of its own. */
    release() {
      clearTimeout(settling);
      settling = 0;
    },
  };
}
