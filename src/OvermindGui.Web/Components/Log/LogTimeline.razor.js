// Draws lines over time. A click goes to a moment, a drag chooses a range; the arrow keys walk through the bars, Enter goes there, and with
// Shift they choose a range.
import { formatter } from "../../js/log/times.js";

const levels = ["error", "warn", "info", "debug", "none"]; // from the bottom up
const words = { start: "started", exit: "ended", crash: "crashed", failure: "matched a failure declaration" };
const height = 36;
const marked = 10; // of it is for the marks
const leastHeight = 2; // a single error among thousands of lines is still to be seen
const dragFrom = 4; // px

export function attach(root, view) {
  const bars = root.querySelector(".bars");
  const svg = bars.querySelector("svg");
  const marks = bars.querySelector(".marks");
  const band = bars.querySelector(".band");
  const cursor = bars.querySelector(".cursor");
  const scale = root.querySelector(".scale");
  const tip = root.querySelector(".tip");
  const abort = new AbortController();
  const on = (target, type, handler) => target.addEventListener(type, handler, { signal: abort.signal });
  let report = null;
  let format = formatter({ form: "time", utc: false, coarse: true });
  let at = null; // the bar of the keyboard
  let from = null; // where a choice of a range began
  let pressed = null;
  let later = null; // what came while a range was being chosen, whose ends would have moved with the bars

  const total = bar => bar.reduce((sum, count) => sum + count, 0);
  const startOf = index => report.from + index * report.step;
  const lines = count => `${count.toLocaleString("en")} ${count === 1 ? "line" : "lines"}`;
  const marksOf = index => report.marks.filter(mark => mark.time >= startOf(index) && mark.time < startOf(index + 1));

  function draw() {
    const most = Math.max(1, ...report.bars.map(total));
    const paths = levels.map(() => "");
    report.bars.forEach((bar, index) => {
      let bottom = height;
      bar.forEach((count, level) => {
        if (count === 0) return;
        const size = Math.min(bottom, Math.max(leastHeight, (height - marked) * count / most));
        bottom -= size;
        paths[level] += `M${index + .1} ${(bottom + size).toFixed(1)}v${(-size).toFixed(1)}h.8v${size.toFixed(1)}z`;
      });
    });
    svg.setAttribute("viewBox", `0 0 ${report.bars.length} ${height}`);
    levels.forEach((level, index) => svg.querySelector(`.${level}`).setAttribute("d", paths[index]));

    const seen = new Set();
    marks.replaceChildren(...report.marks.flatMap(mark => {
      const index = Math.floor((mark.time - report.from) / report.step);
      if (seen.has(`${index} ${mark.kind}`)) return [];
      seen.add(`${index} ${mark.kind}`);
      const element = document.createElement("i");
      element.className = mark.kind;
      element.style.left = `${100 * (index + .5) / report.bars.length}%`;
      return [element];
    }));
    scale.textContent = `${format(report.from)} –\n${format(startOf(report.bars.length))}`;
    bars.setAttribute("aria-valuemax", report.bars.length - 1);
    bars.dataset.from = report.from;
    bars.dataset.step = report.step;
    if (at !== null) point(Math.min(at, report.bars.length - 1), false);
  }

  function describe(index) {
    const bar = report.bars[index];
    const counts = levels.slice(0, 2).flatMap((level, i) => bar[i] ? [`${bar[i].toLocaleString("en")} ${level}${bar[i] === 1 ? "" : "s"}`] : []);
    const events = marksOf(index).slice(-3).map(mark => `${mark.process} ${words[mark.kind]}${mark.exit ? `: ${mark.exit}` : ""}`);
    return [`${format(startOf(index))} – ${format(startOf(index + 1))}: ${lines(total(bar))}`, ...counts, ...events].join(", ");
  }

  function point(index, shows) {
    cursor.hidden = !shows && document.activeElement !== bars;
    cursor.style.left = `${100 * index / report.bars.length}%`;
    cursor.style.width = `${100 / report.bars.length}%`;
    tip.hidden = cursor.hidden;
    const text = describe(index);
    tip.textContent = text;
    const share = (index + .5) / report.bars.length;
    tip.style.left = share < .5 ? `${100 * share}%` : "auto";
    tip.style.right = share < .5 ? "auto" : `${100 * (1 - share)}%`;
    bars.setAttribute("aria-valuenow", index);
    bars.setAttribute("aria-valuetext", text);
  }

  function mark(first, second) {
    band.hidden = first === null;
    if (first === null) return;
    const [low, high] = [Math.min(first, second), Math.max(first, second) + 1];
    band.style.left = `${100 * low / report.bars.length}%`;
    band.style.width = `${100 * (high - low) / report.bars.length}%`;
  }

  function choose(first, second) {
    mark(null);
    view.invokeMethodAsync("OnRange", startOf(Math.min(first, second)), startOf(Math.max(first, second) + 1));
  }

  function show(next, utc) {
    if (pressed || from !== null) {
      later = [next, utc];
      return;
    }
    report = next;
    // A range of more than a day is nothing without its dates.
    format = formatter({ form: next.step * next.bars.length > 86_400_000 ? "datetime" : "time", utc, coarse: true });
    draw();
  }

  function release() {
    pressed = from = null;
    if (later) show(...later);
    later = null;
  }

  const barAt = event => {
    const box = bars.getBoundingClientRect();
    return Math.max(0, Math.min(report.bars.length - 1, Math.floor((event.clientX - box.left) / box.width * report.bars.length)));
  };

  on(bars, "pointerdown", event => {
    if (!report || event.button !== 0) return;
    pressed = { x: event.clientX, bar: barAt(event), drags: false };
    bars.setPointerCapture(event.pointerId);
  });
  on(bars, "pointermove", event => {
    if (!report) return;
    const index = barAt(event);
    point(index, true);
    if (!pressed) return;
    pressed.drags ||= Math.abs(event.clientX - pressed.x) >= dragFrom;
    if (pressed.drags) mark(pressed.bar, index);
  });
  on(bars, "pointerup", event => {
    if (!pressed) return;
    const { bar, drags } = pressed;
    if (drags) choose(bar, barAt(event));
    else view.invokeMethodAsync("OnPick", startOf(bar));
    release();
  });
  on(bars, "pointercancel", () => { mark(null); release(); });
  on(bars, "pointerleave", () => { if (!pressed && document.activeElement !== bars) cursor.hidden = tip.hidden = true; });
  on(bars, "focus", () => { if (report) point(at ??= report.bars.length - 1, bars.matches(":focus-visible")); });
  on(bars, "blur", () => { cursor.hidden = tip.hidden = true; mark(null); if (!pressed) release(); });
  on(bars, "keydown", event => {
    if (!report || event.altKey || event.ctrlKey || event.metaKey) return;
    const last = report.bars.length - 1;
    const now = at ?? last;
    const next = { ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1, PageUp: now - 10, PageDown: now + 10, Home: 0, End: last }[event.key];
    if (next !== undefined) {
      from = event.shiftKey ? from ?? now : null;
      at = Math.max(0, Math.min(last, next));
      point(at, true);
      mark(from, at);
      if (from === null) release();
    } else if (event.key === "Enter" || event.key === " ") {
      if (from !== null) choose(from, now);
      else view.invokeMethodAsync("OnPick", startOf(now));
      release();
    } else if (event.key === "Escape" && from !== null) {
      mark(null);
      release();
    } else if (event.key === "-") {
      root.querySelector("[data-testid=timeline-out]").click();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    show,
    detach() { abort.abort(); },
  };
}
