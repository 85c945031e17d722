// Folds stack traces and long lines, and opens the fields of a line. What is folded stays in the document: selection, copy and search have it.
import { idOf } from "./lines.js";

const shown = 3; // lines of a trace that stay, its first among them
const fewest = 2; // that are worth a fold
const frameworks = /node:internal|node_modules|\bsite-packages\b|\/lib\/python|^\s*at (System|Microsoft|java|javax|jdk|sun|kotlin|org\.springframework|org\.apache)\.|\/usr\/(lib|local\/go)|\/rustc\/|\/gems\/|\(internal\//;

export function foldLines({ lines, wholeMarkup, pause, signal }) {
  const open = new Map(); // by process: the trace that its next line may go on with
  let folds = true;

  function refold(trace) {
    const rest = trace.lines.slice(shown - 1);
    // The message of a Python exception is the last line, and the most useful one.
    if (rest.length > 0 && !/^\s/.test(rest.at(-1).textContent)) rest.pop();
    const fold = folds && !trace.opened && rest.length >= fewest;
    for (const line of trace.lines) line.classList.toggle("folded", fold && rest.includes(line));
    trace.button?.remove();
    trace.button = null;
    if (rest.length < fewest || !folds) return;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "frames", tabIndex: -1, textContent: fold ? `▸ ${rest.length} more lines` : "▾ fold" });
    button.addEventListener("click", () => {
      pause();
      trace.opened = !trace.opened;
      refold(trace);
    });
    (trace.lines[shown - 2] ?? trace.head).append(button);
    trace.button = button;
  }

  function add(line, traces) {
    const process = line.dataset.p;
    if (!line.classList.contains("c")) {
      traces.set(process, { head: line, lines: [], opened: false, button: null });
      return null;
    }
    const trace = traces.get(process);
    if (!trace) return null;
    trace.lines.push(line);
    line.classList.toggle("same", before(line)?.dataset.p === process);
    if (frameworks.test(line.textContent)) line.classList.add("framework");
    return trace;
  }

  function addAll(nodes, traces) {
    const changed = new Set();
    for (const line of nodes) {
      const trace = add(line, traces);
      if (trace) changed.add(trace);
    }
    for (const trace of changed) refold(trace);
  }

  async function openLong(button) {
    pause();
    const line = button.closest(".line");
    if (button.dataset.cut) {
      button.disabled = true;
      // Markup made and escaped by the server's renderer, as that of every line.
      const html = await wholeMarkup(idOf(line));
      if (html === null) button.textContent = "no longer stored";
      else line.innerHTML = html;
    }
    line.classList.add("open");
  }

  lines.addEventListener("click", event => {
    const button = event.target.closest?.("button");
    if (button?.matches(".whole")) openLong(button);
    if (button?.matches(".tree")) {
      pause();
      const isOpen = button.closest(".line").classList.toggle("tree-open");
      button.setAttribute("aria-expanded", isOpen);
    }
  }, { signal });

  return {
    /** Lines that were put in; at the end they go on with what was there. */
    added(added, atEnd) { addAll(added, atEnd ? open : new Map()); },

    /** All lines are others now. */
    reset() {
      open.clear();
      addAll(lines.querySelectorAll(".line"), open);
    },

    set(value) {
      if (folds === value) return;
      folds = value;
      this.reset();
    },

    /** Makes a line visible by unfolding what hides it or its end. */
    async reveal(line) {
      if (line.classList.contains("folded")) {
        for (let before = line; before; before = previous(before))
          if (before.querySelector("button.frames")) {
            before.querySelector("button.frames").click();
            break;
          }
        line.classList.remove("folded");
      }
      const button = line.querySelector("button.whole");
      if (button && !line.classList.contains("open")) await openLong(button);
    },
  };

  function before(line) { return line.previousElementSibling ?? line.parentElement.previousElementSibling?.lastElementChild; }

  function previous(line) {
    let at = before(line);
    while (at && at.dataset?.p !== line.dataset.p) at = before(at);
    return at;
  }
}
