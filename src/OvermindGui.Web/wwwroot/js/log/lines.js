// The lines of a log as its scripts see them: blocks in order, lines in each.

/** The lines in an element, in order. */
export const linesIn = element => element.querySelectorAll(".line");

export const idOf = line => Number(line.dataset.id);

export const lineOf = (lines, id) => lines.querySelector(`.line[data-id="${id}"]`);

/** The first line that reaches below a height of the window. Blocks lie in order, so it is found by halving. */
export function firstVisible(lines, top) {
  const blocks = lines.children;
  let [low, high] = [0, blocks.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks[middle].getBoundingClientRect().bottom > top) high = middle;
    else low = middle + 1;
  }
  for (let block = blocks[low]; block; block = block.nextElementSibling)
    for (const line of linesIn(block))
      if (line.getBoundingClientRect().bottom > top) return line;
  return null;
}

/** The loaded line with this id, or the first behind where it would stand, or the last. */
export function nearest(lines, id) {
  let found = null;
  for (const block of lines.children) {
    const inBlock = linesIn(block);
    if (inBlock.length === 0) continue;
    found = inBlock[inBlock.length - 1];
    if (idOf(found) < id) continue;
    for (const line of inBlock) if (idOf(line) >= id) return line;
  }
  return found;
}

/** Whether an element is at least partly inside the frame. */
export function isIn(frame, element) {
  const [outer, inner] = [frame.getBoundingClientRect(), element.getBoundingClientRect()];
  return inner.bottom > outer.top && inner.top < outer.bottom;
}
