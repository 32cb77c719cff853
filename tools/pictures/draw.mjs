// node draw.mjs VAULT OUT [PAGE...]: a picture of each generated page and canvas of a vault, once for each Mermaid.
// Prints one JSON object a picture: its page, the Mermaid, how many diagrams, which failed, and which links open nothing.
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { chromium } from "playwright-core";

import { drawn } from "./canvas.mjs";
import { toHtml } from "./obsidian.mjs";

const MERMAIDS = ["mermaid-of-1.8", "mermaid-of-1.13"];
const BROWSER = process.env.CHROMIUM ?? "/usr/bin/chromium";
const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

async function main([vault, out, ...wanted]) {
  const files = everyFile(vault);
  const names = new Set(files.flatMap((file) => [file, basename(file)]).flatMap((name) => [name, name.replace(/\.md$/, "")]));
  const standing = new Set([...names].map((name) => name.normalize("NFC").toLowerCase()));
  const resolve = (target) => standing.has(target.normalize("NFC").toLowerCase());
  const pages = files.filter((file) => (wanted.length ? wanted.includes(file) : isOurs(vault, file)));
  mkdirSync(out, { recursive: true });
  const browser = await chromium.launch({ executablePath: BROWSER, args: QUIET });
  try {
    for (const page of pages) await picture(browser, { vault, out, page, resolve });
  } finally {
    await browser.close();
  }
}

function everyFile(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("/."))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

function isOurs(vault, file) {
  if (file.endsWith(".canvas")) return true;
  return file.endsWith(".md") && /^generated: vaultkit/m.test(readFileSync(join(vault, file), "utf8").slice(0, 400));
}

async function picture(browser, { vault, out, page, resolve }) {
  const text = readFileSync(join(vault, page), "utf8");
  if (page.endsWith(".canvas")) {
    const { html, width, height } = drawn(text, resolve);
    return shot(browser, { out, page, html, viewport: { width: Math.ceil(width), height: Math.ceil(height) } });
  }
  const html = toHtml(text, resolve);
  const mermaids = html.includes('<pre class="diagram">') ? MERMAIDS : MERMAIDS.slice(0, 1);
  for (const mermaid of mermaids) await shot(browser, { out, page, html, mermaid, viewport: { width: 820, height: 900 } });
}

async function shot(browser, { out, page, html, mermaid, viewport }) {
  const tab = await browser.newPage({ viewport });
  const css = readFileSync(new URL("obsidian.css", import.meta.url), "utf8");
  await tab.setContent(`<!doctype html><meta charset="utf-8"><style>${css}</style><body>${html}</body>`);
  const told = mermaid ? await diagrams(tab, mermaid) : { diagrams: 0, failed: [] };
  const unresolved = await tab.$$eval(".unresolved", (found) => found.map((each) => each.dataset.target ?? each.textContent));
  const file = `${page.replaceAll("/", " - ")}${told.diagrams ? `.${mermaid}` : ""}.png`;
  const height = await tab.evaluate(() => document.documentElement.scrollHeight);
  await tab.screenshot({ path: join(out, file), fullPage: true });
  await tab.close();
  console.log(JSON.stringify({ page, mermaid, ...told, unresolved, height, file }));
}

async function diagrams(tab, mermaid) {
  await tab.addScriptTag({ path: new URL(`node_modules/${mermaid}/dist/mermaid.min.js`, import.meta.url).pathname });
  return tab.evaluate(async () => {
    window.mermaid.initialize({ startOnLoad: false });
    const blocks = [...document.querySelectorAll("pre.diagram")];
    const failed = [];
    for (const [index, block] of blocks.entries()) {
      try {
        const { svg } = await window.mermaid.render(`diagram${index}`, block.textContent);
        block.innerHTML = svg;
        if (/Maximum text size|Syntax error/.test(block.textContent)) failed.push(block.textContent.slice(0, 80));
      } catch (error) {
        failed.push(String(error.message ?? error).slice(0, 200));
        block.classList.add("broken");
      }
    }
    return { diagrams: blocks.length, failed };
  });
}

await main(process.argv.slice(2));
