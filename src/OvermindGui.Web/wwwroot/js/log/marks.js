// Marks the hits of a search in the lines that are in view. The marks lie over the text (CSS custom highlights); where a browser has
// none, whole lines get a class. Either way the lines themselves stay as they are.
import { firstVisible, idOf, linesIn } from "./lines.js";

const names = { hit: "overmind-hit", current: "overmind-current-hit" };
const beyond = 400; // px above and below the view, for the next bit of a scroll

/** As the server finds; null where nothing is searched, or where the browser's expressions know no such pattern. */
export function patternOf({ text, regex, matchCase, wholeWord }) {
  if (!text) return null;
  let source = regex ? text : text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
  if (wholeWord) source = `(?<![\\p{L}\\p{N}_])(?:${source})(?![\\p{L}\\p{N}_])`;
  for (const flags of ["gu", "g"]) {
    try {
      return new RegExp(source, matchCase ? flags : `${flags}i`);
    } catch {
      // as an expression without Unicode, or not at all
    }
  }
  return null;
}

export function markHits(log, lines, key = "") {
  const registry = globalThis.CSS?.highlights;
  let pattern = null;
  let current = null;
  let scheduled = false;
  let classed = [];

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
      if (match[0] === "") continue;
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
      for (const line of linesIn(block)) {
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
      for (const range of ranges) range.startContainer.parentElement.closest(".fs > .f > .v")?.classList.add("whole"); // not behind an ellipsis
      const isCurrent = idOf(line) === current;
      (isCurrent ? ofCurrent : others).push(...ranges);
      if (!registry) {
        line.classList.add("hit");
        line.classList.toggle("current-hit", isCurrent);
        classed.push(line);
      }
    }
    put(names.hit, others);
    put(names.current, ofCurrent);
  }

  // Panes share the two highlights: each takes out what it put in.
  const mine = { [names.hit]: [], [names.current]: [] };

  function put(name, ranges) {
    if (!registry) return;
    if (!registry.has(name)) registry.set(name, new Highlight());
    const highlight = registry.get(name);
    for (const range of mine[name]) highlight.delete(range);
    for (const range of ranges) highlight.add(range);
    mine[name] = ranges;
  }

  function clear() {
    for (const name of Object.values(names)) put(name, []);
    for (const line of classed) line.classList.remove("hit", "current-hit");
    classed = [];
  }

  function schedule() {
    if (scheduled || !pattern) return;
    scheduled = true;
    requestAnimationFrame(update);
  }

  return {
    set(query, id) {
      pattern = patternOf(query);
      current = id;
      update();
    },
    schedule,

    /** The height of the first current hit in the view; null when there is none. */
    currentTop() {
      update();
      const [hit] = mine[names.current];
      return hit ? hit.getBoundingClientRect().top - log.getBoundingClientRect().top : null;
    },
    detach: clear,
  };
}
