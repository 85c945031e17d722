// In a flood most lines pass without ever being seen. While the end is followed, blocks above the view are not laid out; they are found by
// the browser's search all the same, and all of them are there again once the reader pauses.

const flood = 60; // lines at once; fewer cost less than they would save
const spare = 20; // lines above the view

/** @param linesInView as many as fit into the view */
export function skipUnseen(lines, linesInView) {
  return {
    /** Lines came at the end. */
    added(count) {
      if (count < flood) return;
      let kept = 0;
      for (let block = lines.lastElementChild; block; block = block.previousElementSibling) {
        if (!block.classList.contains("block")) continue;
        if (kept < linesInView() + spare) kept += block.childElementCount;
        else if (block.hidden) return;
        else block.setAttribute("hidden", "until-found");
      }
    },

    show() { for (const block of lines.querySelectorAll(".block[hidden]")) block.hidden = false; },
  };
}
