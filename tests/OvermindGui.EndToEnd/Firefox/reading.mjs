// node reading.mjs ADDRESS FIREFOX: what the log does in Firefox, over WebDriver BiDi. A JSON object: a scenario, and "ok" or what went wrong.
import puppeteer from "puppeteer-core";

const [address, executablePath] = process.argv.slice(2);
const patience = { timeout: 30_000 };

const atEnd = () => {
  const log = document.querySelector(".log");
  return log.scrollTop > 0 && log.scrollHeight - log.clientHeight - log.scrollTop < 3;
};

function same(actual, expected, what) {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) throw new Error(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
}

// The middle of a line that is in view, away from the newest.
async function lineInView(page) {
  return page.evaluate(() => {
    const frame = document.querySelector(".log").getBoundingClientRect();
    const line = [...document.querySelectorAll(".line[data-p=web]:not(.notice)")].find(l => l.getBoundingClientRect().top > frame.top + frame.height / 2);
    const range = document.createRange();
    range.selectNodeContents(line.lastChild); // the text, behind the name
    const box = range.getBoundingClientRect();
    return { id: line.dataset.id, text: line.textContent, x: box.left + 12, y: box.top + box.height / 2 };
  });
}

const topOf = (page, id) => page.evaluate(id => Math.round(document.querySelector(`.line[data-id="${id}"]`).getBoundingClientRect().top), id);
const newLines = page => page.waitForFunction(() => /\d+ new lines?/.test(document.querySelector("[data-testid=new-lines]")?.textContent ?? ""), patience);

const scenarios = {
  async follow(page) {
    await page.waitForFunction(atEnd, patience);
    await page.hover(".log");
    await page.mouse.wheel({ deltaY: -300 });
    await newLines(page);
    const before = await lineInView(page);
    const top = await topOf(page, before.id);
    const count = await page.$eval("[data-testid=new-lines]", b => b.textContent);
    await page.waitForFunction(old => document.querySelector("[data-testid=new-lines]").textContent !== old, patience, count);
    same(await topOf(page, before.id), top, "the line moved");
    await page.focus(".log");
    await page.keyboard.press("End");
    await page.waitForFunction(() => !document.querySelector("[data-testid=new-lines]"), patience);
    await page.waitForFunction(atEnd, patience);
  },

  async selection(page) {
    const line = await lineInView(page);
    await page.mouse.click(line.x, line.y, { count: 3 });
    await newLines(page);
    const [text, top] = [await page.evaluate(() => getSelection().toString().trim()), await topOf(page, line.id)];
    if (!/^line \d+$/.test(text)) throw new Error(`selected: ${JSON.stringify(text)}`);
    const count = await page.$eval("[data-testid=new-lines]", b => b.textContent);
    await page.waitForFunction(old => document.querySelector("[data-testid=new-lines]").textContent !== old, patience, count);
    same(await page.evaluate(() => getSelection().toString().trim()), text, "the selection changed");
    same(await topOf(page, line.id), top, "the selected line moved");
  },

  async copy(page) {
    await page.keyboard.down("Control");
    await page.keyboard.press("c");
    const selected = await page.evaluate(() => getSelection().toString().trim());
    await page.evaluate(() => {
      const field = Object.assign(document.createElement("textarea"), { id: "pasted" });
      document.querySelector("main").append(field);
      field.focus();
    });
    await page.keyboard.press("v");
    await page.keyboard.up("Control");
    same((await page.$eval("#pasted", field => field.value)).trim(), selected, "pasted");
    await page.evaluate(() => document.getElementById("pasted").remove());
  },

  async menus(page) {
    await page.evaluate(() => getSelection().removeAllRanges());
    const line = await lineInView(page);
    await page.mouse.click(line.x, line.y, { button: "right" });
    await page.waitForFunction(() => document.activeElement?.dataset.testid === "menu-copy", patience);
    await page.keyboard.press("ArrowDown");
    same(await page.evaluate(() => document.activeElement.dataset.testid), "menu-copy-detailed", "below the first entry");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector(":popover-open"), patience);
    const row = await page.$("[data-testid=row-web]");
    await row.click({ button: "right" });
    await page.waitForFunction(() => document.activeElement?.role === "menuitem", patience);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector(":popover-open"), patience);
  },
};

const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
const outcomes = {};
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1400, height: 900 });
  await page.goto(address);
  await page.waitForFunction(() => document.querySelectorAll(".line").length > 60, patience);
  for (const [name, run] of Object.entries(scenarios)) {
    try {
      await run(page);
      outcomes[name] = "ok";
    } catch (error) {
      outcomes[name] = error.message;
    }
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify(outcomes));
