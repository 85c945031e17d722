// Selecting in the log: what is copied is exact, Ctrl+A takes the log, and a finger gets a bar with what a right click offers.
import { write } from "../clipboard.js";
import { idOf } from "./lines.js";
import { isCut, linesOf, selectedText, textIn } from "./text.js";

export function watchSelection(log, lines, { bar, wholeText, openMenu, signal }) {
  const on = (target, type, handler) => target.addEventListener(type, handler, { signal });
  let touched = false;

  /** The selected range, when it is in this log. */
  function range() {
    const selection = getSelection();
    if (selection.isCollapsed || selection.rangeCount === 0) return null;
    const selected = selection.getRangeAt(0);
    return log.contains(selected.commonAncestorContainer) ? selected : null;
  }

  function firstLine() {
    const selected = range();
    return selected && (linesOf(selected, lines)[0] ?? null);
  }

  /** The texts of the lines that were cut, by their ids. */
  async function wholesOf(cut) {
    const texts = await Promise.all(cut.map(line => wholeText(idOf(line))));
    return new Map(cut.map((line, i) => [idOf(line), texts[i]]).filter(([, text]) => text !== null));
  }

  on(document, "copy", event => {
    const selected = range();
    if (!selected) return;
    const cut = linesOf(selected, lines).filter(isCut);
    event.preventDefault();
    if (cut.length === 0) event.clipboardData.setData("text/plain", selectedText(selected, lines));
    else wholesOf(cut).then(wholes => write(selectedText(selected, lines, wholes)));
  });

  on(log, "keydown", event => {
    if (event.key.toLowerCase() !== "a" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    getSelection().selectAllChildren(lines);
  });

  // Fingers have no right button: a bar with one appears while something is selected.
  on(log, "pointerdown", event => { touched = event.pointerType === "touch"; });
  on(document, "selectionchange", () => { bar.hidden = !(touched && range()); });
  on(bar, "pointerdown", event => event.preventDefault()); // a tap would take the selection away
  on(bar, "click", event => {
    const line = firstLine();
    if (!line || !event.target.closest("button")) return;
    const box = bar.getBoundingClientRect();
    openMenu(line, box.left, box.top);
  });

  return {
    range,
    firstLine,

    /** What is selected in a line, and whether that is all of what is selected. */
    textIn(line) {
      const selected = range();
      return selected && linesOf(selected, lines).includes(line) ? textIn(selected, line) : "";
    },

    /** Copies what is selected: as it was printed, or each line behind the text that the function makes of it. */
    async copy(prefix) {
      const selected = range();
      if (!selected) return false;
      const all = linesOf(selected, lines);
      const wholes = await wholesOf(all.filter(isCut));
      await write(prefix
        ? all.filter(line => textIn(selected, line) !== "" || all.length === 1).map(line => prefix(line) + (wholes.get(idOf(line)) ?? textIn(selected, line))).join("\n")
        : selectedText(selected, lines, wholes));
      return true;
    },
  };
}
