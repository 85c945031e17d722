// Marks the hits of a search in the lines that are in view. The marks lie over the text (CSS custom highlights); where a browser has
// none, whole lines get a class. Either way the lines themselves stay as they are.
import { firstVisible } from "./log-place.js";

const names = { hit: "overmind-hit", current: "overmind-current-hit" };
const beyond = 400; // px above and below the view, for the next bit of a scroll

export function markHits(log, lines) {
  const registry = globalThis.CSS?.highlights;
  let pattern = null;
  let current = null;
  let scheduled = false;
  let classed = [];

  const changes = new MutationObserver(schedule);

  function textNodesOf(line) {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT,
      node => node.parentElement.closest("button") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return nodes;
  }

  function rangesIn(line) {
    const nodes = textNodesOf(line);
    const text = nodes.map(node => node.data).join("");
    const ranges = [];
    let [at, start] = [0, 0]; // the node that holds a place, and where it starts
    const goTo = place => {
      while (place > start + nodes[at].length) start += nodes[at++].length;
      return [nodes[at], place - start];
    };
    for (const match of text.matchAll(pattern)) {
      const range = new Range();
      range.setStart(...goTo(match.index));
      range.setEnd(...goTo(match.index + match[0].length));
      ranges.push(range);
    }
    return ranges;
  }

  function* linesInView() {
    const view = log.getBoundingClientRect();
    const first = firstVisible(lines, view.top - beyond);
    if (!first) return;
    for (let block = first.closest(".block"), from = first; block; block = block.nextElementSibling, from = null)
      for (const line of block.querySelectorAll(".line")) {
        if (from && from !== line) continue;
        from = null;
        if (line.getBoundingClientRect().top > view.bottom + beyond) return;
        yield line;
      }
  }

  function update() {
    scheduled = false;
    clear();
    if (!pattern) return;
    const [others, ofCurrent] = [[], []];
    for (const line of linesInView()) {
      const ranges = rangesIn(line);
      if (ranges.length === 0) continue;
      const isCurrent = Number(line.dataset.id) === current;
      (isCurrent ? ofCurrent : others).push(...ranges);
      if (!registry) {
        line.classList.add("hit");
        line.classList.toggle("current-hit", isCurrent);
        classed.push(line);
      }
    }
    registry?.set(names.hit, new Highlight(...others));
    registry?.set(names.current, new Highlight(...ofCurrent));
  }

  function clear() {
    for (const name of Object.values(names)) registry?.delete(name);
    for (const line of classed) line.classList.remove("hit", "current-hit");
    classed = [];
  }

  function schedule() {
    if (scheduled || !pattern) return;
    scheduled = true;
    requestAnimationFrame(update);
  }

  return {
    /** As the server finds: the text as it is, in any case. */
    set(text, id) {
      pattern = text ? new RegExp(text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"), "giu") : null;
      current = id;
      changes.disconnect();
      if (pattern) changes.observe(lines, { childList: true, subtree: true, characterData: true });
      update();
    },
    schedule,
    detach() {
      changes.disconnect();
      clear();
    },
  };
}
