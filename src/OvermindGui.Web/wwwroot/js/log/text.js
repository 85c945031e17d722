// The text of lines as the processes printed it, independent of what the page shows.
import { idOf, linesIn } from "./lines.js";

/** Our buttons are no text, a direction control is a character, and an empty line has none. */
function printed(fragment) {
  for (const button of fragment.querySelectorAll("button")) button.remove();
  for (const control of fragment.querySelectorAll(".control"))
    if (/^U\+[0-9A-F]{4}$/.test(control.textContent)) control.replaceWith(String.fromCharCode(parseInt(control.textContent.slice(2), 16)));
  return fragment.textContent;
}

/** The text of a line; of a line that was cut it is only the beginning. */
export function textOf(line) {
  const copy = document.createDocumentFragment();
  copy.append(...[...line.childNodes].map(node => node.cloneNode(true)));
  return printed(copy);
}

/** The part of a range that is in a line. */
export function textIn(range, line) {
  const part = range.cloneRange();
  if (!line.contains(part.startContainer)) part.setStart(line, 0);
  if (!line.contains(part.endContainer)) part.setEnd(line, line.childNodes.length);
  return printed(part.cloneContents());
}

/** The lines that a range touches. */
export function linesOf(range, lines) {
  const node = range.commonAncestorContainer;
  const inside = (node.closest ? node : node.parentElement).closest(".line");
  if (inside) return [inside];
  const found = [];
  for (const block of lines.children) {
    if (!range.intersectsNode(block)) continue;
    for (const line of linesIn(block)) if (range.intersectsNode(line)) found.push(line);
  }
  return found;
}

export const isCut = line => line.querySelector("button.whole[data-cut]") !== null;

/** Exactly what was selected, one line of text for each line; of lines that were cut the caller brings the rest. */
export function selectedText(range, lines, wholes = new Map()) {
  const selected = linesOf(range, lines);
  return selected
    .filter((line, i) => i < selected.length - 1 || selected.length === 1 || line.contains(range.endContainer) && textIn(range, line) !== "" || !line.contains(range.endContainer))
    .map(line => wholes.has(idOf(line)) && range.comparePoint(line, line.childNodes.length) <= 0 ? wholes.get(idOf(line)) : textIn(range, line))
    .join("\n");
}
