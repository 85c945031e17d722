// Draws marks beside the scroll bar of a log, each at the height at which the scroll bar brings its line into view. It finds errors and the
// ends of runs among the loaded lines, and is given what is stored about them. A click, F8 and Shift+F8 go to a mark.
import { formatter } from "../../js/log/times.js";
import { firstVisible, idOf, isIn } from "../../js/log/lines.js";
import { textOf } from "../../js/log/text.js";

const width = 12; // as in the style sheet
const reach = { mouse: 5, touch: 16 }; // px around a mark
const wait = { least: 250, factor: 20 }; // ms; drawing takes a twentieth of the time at most
const longest = 120; // characters of a line in the tip

// In the order in which they lie over one another.
const shapes = {
  run: y => `M0 ${y}h${width}v1h-${width}z`,
  crash: y => `M0 ${y - 1}h${width}v2h-${width}z`,
  error: y => `M0 ${y - 1}h6v2h-6z`,
  hit: y => `M6 ${y - 1}h6v2h-6z`,
  current: y => `M4 ${y - 2}h8v4h-8z`,
  failure: y => `M0 ${y - 3}h6v6h-6z`,
  alert: y => `M6 ${y - 5}l5 9h-10z`,
  star: y => `M6 ${y - 5}l5 5l-5 5l-5 -5z`,
};
const words = { run: "run", crash: "crash", error: "error", hit: "hit", current: "current hit", failure: "failure declaration", alert: "alert", star: "starred" };

export function attach(root) {
  const log = root.parentElement.querySelector(".log");
  const lines = log.querySelector(".lines");
  const paths = Object.fromEntries(Object.keys(shapes).map(kind => [kind, root.querySelector(`path.${kind}`)]));
  const tip = root.querySelector(".tip");
  const abort = new AbortController();
  const on = (target, type, handler, options = {}) => target.addEventListener(type, handler, { signal: abort.signal, ...options });
  const format = formatter({ form: "time", utc: false });
  let stored = { failures: new Set(), stars: new Map(), alerts: [], hits: new Set(), current: null };
  let marks = []; // { y, id, kind, line, note }, in the order of the lines
  let timer = null;
  let cost = 0;

  function schedule() {
    timer ??= setTimeout(() => requestAnimationFrame(draw), Math.max(wait.least, cost * wait.factor));
  }

  function kindOf(line) {
    const kinds = line.classList;
    if (kinds.contains("notice")) return kinds.contains("e") ? "crash" : "run";
    return kinds.contains("e") && !kinds.contains("c") ? "error" : null;
  }

  /** Every loaded line that is not folded away, with the height of its middle. */
  function* places() {
    const top = log.getBoundingClientRect().top - log.scrollTop;
    const scale = root.clientHeight / Math.max(log.scrollHeight, 1);
    for (const block of lines.querySelectorAll(".block")) {
      const box = block.getBoundingClientRect();
      const seen = [...block.children].filter(line => !line.classList.contains("folded"));
      for (const [i, line] of seen.entries()) yield { line, y: Math.round((box.top - top + (i + .5) / seen.length * box.height) * scale) };
    }
  }

  function draw() {
    const began = performance.now();
    timer = null;
    marks = [];
    let alert = 0;
    for (const { line, y } of places()) {
      const id = idOf(line);
      const add = (kind, note = null) => marks.push({ y, id, kind, line, note });
      const kind = kindOf(line);
      if (kind) add(kind);
      if (stored.hits.has(id)) add(id === stored.current ? "current" : "hit");
      if (stored.failures.has(id)) add("failure");
      for (const time = Number(line.dataset.t); alert < stored.alerts.length && stored.alerts[alert].time <= time; alert++)
        add("alert", `${stored.alerts[alert].rule}: ${stored.alerts[alert].message}`);
      const isStarred = stored.stars.has(id);
      if (isStarred) add("star", stored.stars.get(id));
      if (line.classList.contains("starred") !== isStarred) line.classList.toggle("starred", isStarred);
    }
    for (const [kind, path] of Object.entries(paths)) {
      const heights = new Set();
      for (const mark of marks) if (mark.kind === kind) heights.add(mark.y);
      path.setAttribute("d", [...heights].map(shapes[kind]).join(""));
    }
    root.dataset.marks = marks.length;
    cost = performance.now() - began;
  }

  // Left of the scroll bar, however wide that is.
  function place() {
    root.style.right = `${log.offsetWidth - log.clientWidth}px`;
    root.style.bottom = `${log.offsetHeight - log.clientHeight}px`;
    schedule();
  }

  const isOver = event => {
    const x = log.getBoundingClientRect().left + log.clientWidth - event.clientX;
    return x >= 0 && x <= (event.pointerType === "touch" ? width + 8 : width);
  };
  const heightOf = event => event.clientY - root.getBoundingClientRect().top;

  function near(y, within) {
    const found = marks.filter(mark => Math.abs(mark.y - y) <= within);
    return found.sort((a, b) => Math.abs(a.y - y) - Math.abs(b.y - y));
  }

  function lineAt(y) {
    let found = null;
    for (const at of places()) {
      if (!found || Math.abs(at.y - y) < Math.abs(found.y - y)) found = at;
      else if (at.y > y) break;
    }
    return found && idOf(found.line);
  }

  function showTip(y) {
    const [mark, ...others] = near(y, reach.mouse);
    tip.hidden = !mark;
    if (!mark) return;
    const line = mark.line;
    const about = mark.note ? [`${words[mark.kind]}: ${mark.note}`] : [words[mark.kind]];
    if (others.length > 0) about.push(`${others.length} more here`);
    tip.textContent = `${about.join(" · ")}\n${line.dataset.s || format(Number(line.dataset.t))} ${line.dataset.p}  ${textOf(line).slice(0, longest)}`;
    tip.style.top = `${Math.min(Math.max(mark.y, 24), root.clientHeight - 24)}px`;
  }

  // The cursor where it is in view, else the end of the view from which the way begins.
  function startOf(up) {
    const cursor = log.querySelector(".line.cursor");
    if (cursor && isIn(log, cursor)) return idOf(cursor);
    const view = log.getBoundingClientRect();
    const edge = firstVisible(lines, up ? view.bottom : view.top);
    return edge ? idOf(edge) - (up ? 0 : 1) : Infinity;
  }

  function go(id) {
    tip.hidden = true;
    log.dispatchEvent(new CustomEvent("go-to-line", { detail: id }));
  }

  on(log, "pointermove", event => {
    const over = event.pointerType !== "touch" && isOver(event);
    log.style.cursor = over ? "pointer" : "";
    if (over) showTip(heightOf(event));
    else tip.hidden = true;
  }, { passive: true });
  on(log, "pointerleave", () => { tip.hidden = true; });
  on(log, "click", event => {
    if (!isOver(event) || !getSelection().isCollapsed) return;
    const touch = event.pointerType === "touch";
    const id = near(heightOf(event), touch ? reach.touch : reach.mouse)[0]?.id ?? (touch ? null : lineAt(heightOf(event)));
    if (id === null) return;
    event.preventDefault();
    event.stopPropagation();
    go(id);
  }, { capture: true });
  on(log, "keydown", event => {
    if (event.key !== "F8" || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const from = startOf(event.shiftKey);
    const next = event.shiftKey ? marks.findLast(mark => mark.id < from) : marks.find(mark => mark.id > from);
    if (next) go(next.id);
  });

  const changes = new MutationObserver(schedule);
  changes.observe(lines, { childList: true, subtree: true });
  const sizes = new ResizeObserver(place);
  sizes.observe(log);
  sizes.observe(lines);
  place();

  return {
    /** @param steps ids of hits, each as its distance from the one before */
    show({ failures, stars, alerts }, steps, current) {
      let id = 0;
      stored = {
        failures: new Set(failures), stars: new Map(stars.map(star => [star.line, star.note])), alerts, hits: new Set(steps.map(step => id += step)), current,
      };
      schedule();
    },

    detach() {
      abort.abort();
      changes.disconnect();
      sizes.disconnect();
      clearTimeout(timer);
    },
  };
}
