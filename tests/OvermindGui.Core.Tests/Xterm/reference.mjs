// Says what xterm.js makes of output: a line of JSON { output: base64, columns, rows } in, a line of JSON out:
// lines: the rows of the normal screen and what scrolled off it, each [text, styles, wrapped], one style per UTF-16 unit and null where
// no character was ever written; screen: the rows of the screen in use; cursor: [row, column].
import { createInterface } from "node:readline";
import headless from "@xterm/headless";
import unicode11 from "@xterm/addon-unicode11";

const underlines = ["", "underline", "underline double", "underline curly", "underline dotted", "underline dashed"];
const [palette16, palette256, rgb] = [0x1000000, 0x2000000, 0x3000000];

function color(prefix, mode, value) {
  if (mode === palette16 || mode === palette256) return [prefix + value];
  if (mode === rgb) return [prefix + "#" + value.toString(16).padStart(6, "0")];
  return [];
}

// Underline colours from 16 on are the same in every theme; the tests name them by what they are.
function fixed(mode, value) {
  if (mode !== palette256 || value < 16) return [mode, value];
  if (value >= 232) return [rgb, (8 + 10 * (value - 232)) * 0x10101];
  const level = step => (step === 0 ? 0 : 55 + 40 * step);
  const cube = value - 16;
  return [rgb, (level(Math.floor(cube / 36)) << 16) | (level(Math.floor(cube / 6) % 6) << 8) | level(cube % 6)];
}

function style(cell) {
  const names = [];
  if (cell.isBold()) names.push("bold");
  if (cell.isDim()) names.push("faint");
  if (cell.isItalic()) names.push("italic");
  if (cell.isUnderline()) names.push(underlines[cell.getUnderlineStyle()]);
  if (cell.isBlink()) names.push("blink");
  if (cell.isInverse()) names.push("inverse");
  if (cell.isInvisible()) names.push("conceal");
  if (cell.isStrikethrough()) names.push("strike");
  if (cell.isOverline()) names.push("overline");
  names.push(...color("f", cell.getFgColorMode(), cell.getFgColor()), ...color("b", cell.getBgColorMode(), cell.getBgColor()));
  // SGR 59 leaves all bits set here, which would be read as white.
  if (cell.isUnderline() && cell.hasExtendedAttrs() && !cell.isUnderlineColorDefault() && cell.getUnderlineColor() !== 0xffffff)
    names.push(...color("u", ...fixed(cell.getUnderlineColorMode(), cell.getUnderlineColor())));
  return names.join(" ");
}

function row(line) {
  if (line.translateToString(true) === "") return ["", [], line.isWrapped];
  let text = "";
  const styles = [];
  for (let x = 0; x < line.length; x++) {
    const cell = line.getCell(x);
    if (cell.getWidth() === 0 && x > 0 && line.getCell(x - 1).getWidth() === 2) continue; // the right half of a wide one
    const chars = cell.getChars();
    text += chars || " ";
    for (let i = 0; i < (chars.length || 1); i++) styles.push(chars ? style(cell) : null);
  }

  const length = text.trimEnd().length;
  return [text.slice(0, length), styles.slice(0, length), line.isWrapped];
}

const terminal = new headless.Terminal({ scrollback: 1000, allowProposedApi: true });
terminal.loadAddon(new unicode11.Unicode11Addon());
terminal.unicode.activeVersion = "11"; // emoji take two cells

for await (const request of createInterface({ input: process.stdin })) {
  const { output, columns, rows } = JSON.parse(request);
  terminal.reset();
  terminal.resize(columns, rows);
  // As the kernel does it (ONLCR): of the controls that go a row down, only the newline goes to its start.
  const bytes = Buffer.from(Buffer.from(output, "base64").toString("latin1").replaceAll("\n", "\r\n"), "latin1");
  await new Promise(done => terminal.write(bytes, done));
  const { normal, active } = terminal.buffer;
  const lines = Array.from({ length: normal.length }, (_, y) => row(normal.getLine(y)));
  const screen = Array.from({ length: rows }, (_, y) => row(active.getLine(active.baseY + y)));
  console.log(JSON.stringify({ lines, screen, cursor: [active.cursorY, Math.min(active.cursorX, columns - 1)] }));
}
