// Panes that are linked by time (data-linked, as the page renders it): where the reader goes in one, the others go, and what pauses or follows in one does so in all.
import { linesIn } from "./lines.js";

const logs = new Set();

/** The first loaded line printed at or after a time, or null when it is beyond what is loaded. */
function lineAt(lines, time) {
  let before = lines.dataset.above !== "true"; // whether what is loaded begins early enough
  for (const block of lines.children) {
    const inBlock = linesIn(block);
    if (inBlock.length === 0) continue;
    before ||= Number(inBlock[0].dataset.t) <= time;
    if (Number(inBlock[inBlock.length - 1].dataset.t) < time) continue;
    for (const line of inBlock) if (Number(line.dataset.t) >= time) return before ? line : null;
  }
  return null;
}

/**
 * @param follow follows the end or pauses
 * @param arrive brings a line to the middle
 * @param load asks for the lines around a time
 * @param middle the line in the middle; null for none
 */
export function linkByTime(lines, { follow, arrive, load, middle, hasMoreBelow }) {
  let asked = null; // the time that is asked for, the newest of them
  let isLoading = false;
  let frame = 0;

  async function ask(time) {
    asked = time;
    if (isLoading) return;
    isLoading = true;
    while (asked !== null) {
      const next = asked;
      asked = null;
      try {
        await load(next);
      } catch {
        break; // the connection is gone; the page says so
      }
    }
    isLoading = false;
  }

  const member = {
    get isLinked() { return lines.dataset.linked === "true"; },
    follow,
    goTo(time) {
      follow(false);
      const line = lineAt(lines, time);
      if (line) arrive(line);
      else if (hasMoreBelow() || lines.dataset.above === "true") ask(time);
      else {
        const last = [...lines.querySelectorAll(".line")].at(-1);
        if (last) arrive(last);
      }
    },
  };

  logs.add(member);
  const others = () => member.isLinked ? [...logs].filter(one => one !== member && one.isLinked) : [];

  return {
    /** The reader has gone to another place. */
    moved() {
      if (frame || others().length === 0) return;
      frame = requestAnimationFrame(() => {
        frame = 0;
        const line = middle();
        if (line) for (const other of others()) other.goTo(Number(line.dataset.t));
      });
    },

    /** It follows now, or no longer does. */
    changed(following) {
      for (const other of others()) other.follow(following);
    },

    detach() {
      logs.delete(member);
      cancelAnimationFrame(frame);
    },
  };
}
