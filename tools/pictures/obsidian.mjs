// A note's text in, HTML as Obsidian's reading view would show it out.
import MarkdownIt from "markdown-it";

const CALLOUT = /^\[!([^\]]+)\]([+-]?)[ \t]*(.*)$/;
const ICONS = {
  danger: "⚡", error: "⚡", warning: "⚠", caution: "⚠", attention: "⚠", info: "ℹ", todo: "◎", success: "✓", check: "✓",
  done: "✓", question: "?", help: "?", faq: "?", example: "☰", quote: "❝", cite: "❝", tip: "✦", hint: "✦", important: "✦",
  abstract: "▤", summary: "▤", tldr: "▤", failure: "✗", fail: "✗", missing: "✗", bug: "☸", note: "✎",
};

/** The HTML of a note. `resolve(target)` says whether a link's target stands in the vault. */
export function toHtml(text, resolve) {
  const { properties, body } = apart(text);
  const md = new MarkdownIt({ html: true, breaks: true, linkify: false });
  md.enable(["table", "strikethrough"]);
  md.inline.ruler.before("link", "wikilink", wikilink(resolve));
  md.inline.ruler.before("emphasis", "highlight", highlight);
  md.inline.ruler.before("text", "block_id", blockId);
  md.core.ruler.after("block", "callouts", callouts);
  md.core.ruler.after("inline", "tasks", tasks);
  md.renderer.rules.fence = (tokens, index) => fence(md, tokens[index]);
  const html = md.render(withoutComments(body));
  return propertyTable(md, properties) + html;
}

function apart(text) {
  const found = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(text);
  return found ? { properties: found[1], body: text.slice(found[0].length) } : { properties: "", body: text };
}

/** `%% … %%` is seen by nobody who reads; what stands in a fence is no comment. */
function withoutComments(body) {
  return body
    .split(/(^```[\s\S]*?^```[ \t]*$)/m)
    .map((part, index) => (index % 2 ? part : part.replace(/%%[\s\S]*?%%/g, "")))
    .join("");
}

function propertyTable(md, properties) {
  if (!properties) return "";
  const lines = properties.split("\n").map((line) => `<div>${md.utils.escapeHtml(line)}</div>`);
  return `<div class="properties">${lines.join("")}</div>`;
}

function wikilink(resolve) {
  return (state, silent) => {
    const found = /^(!?)\[\[([^[\]|]*?)(?:\\?\|([^\]]*))?\]\]/.exec(state.src.slice(state.pos));
    if (!found) return false;
    if (!silent) {
      const [, embed, target, label] = found;
      const [file, anchor] = target.split("#");
      const token = state.push("html_inline", "", 0);
      const shown = label ?? (file ? target.replace("#", " > ") : anchor);
      const kind = `${embed ? "embed" : "link"}${file && !resolve(file) ? " unresolved" : ""}`;
      token.content = `<a class="${kind}" data-target="${state.md.utils.escapeHtml(target)}">${state.md.utils.escapeHtml(shown)}</a>`;
    }
    state.pos += found[0].length;
    return true;
  };
}

function highlight(state, silent) {
  const found = /^==([^=\n]+)==/.exec(state.src.slice(state.pos));
  if (!found) return false;
  if (!silent) state.push("html_inline", "", 0).content = `<mark>${state.md.utils.escapeHtml(found[1])}</mark>`;
  state.pos += found[0].length;
  return true;
}

function blockId(state, silent) {
  const found = /^ \^[A-Za-z0-9-]+(?=\n|$)/.exec(state.src.slice(state.pos));
  if (!found) return false;
  if (!silent) state.push("text", "", 0).content = "";
  state.pos += found[0].length;
  return true;
}

/** Makes callouts of the quotes that begin with `[!type]`. */
function callouts(state) {
  const open = [];
  state.tokens.forEach((token, index) => {
    if (token.type === "blockquote_open") open.push(token);
    if (token.type === "blockquote_close") {
      const opened = open.pop();
      if (opened.meta) token.tag = opened.meta.fold ? "details" : "div";
    }
    if (token.type !== "inline" || !open.length) return;
    const quote = open.at(-1);
    if (quote.meta || state.tokens[index - 2] !== quote) return;
    const [first, ...rest] = token.content.split("\n");
    const found = CALLOUT.exec(first);
    if (!found) return;
    const [, type, fold, title] = found;
    const name = type.toLowerCase();
    quote.meta = { fold };
    quote.tag = fold ? "details" : "div";
    quote.attrSet("class", `callout ${name}`);
    if (fold) quote.attrSet("open", ""); // a picture shows what a reader would unfold
    token.content = rest.join("\n");
    const heading = new state.Token("html_block", "", 0);
    const tag = fold ? "summary" : "div";
    const shown = state.md.renderInline(title || name[0].toUpperCase() + name.slice(1));
    heading.content = `<${tag} class="callout-title">${ICONS[name] ?? ICONS.note} <span>${shown}</span></${tag}>\n`;
    quote.meta.heading = heading;
  });
  state.tokens = state.tokens.flatMap((token) => (token.meta?.heading ? [token, token.meta.heading] : [token]));
}

function tasks(state) {
  for (const token of state.tokens) {
    const first = token.type === "inline" ? token.children[0] : null;
    const found = first?.type === "text" ? /^\[(.)\] /.exec(first.content) : null;
    if (!found) continue;
    first.content = first.content.slice(found[0].length);
    const box = new state.Token("html_inline", "", 0);
    box.content = `<input type="checkbox"${found[1] === " " ? "" : " checked"}> `;
    token.children.unshift(box);
  }
}

function fence(md, token) {
  if (token.info.trim() === "mermaid") return `<pre class="diagram">${md.utils.escapeHtml(token.content)}</pre>\n`;
  return `<pre class="code" data-language="${md.utils.escapeHtml(token.info)}"><code>${md.utils.escapeHtml(token.content)}</code></pre>\n`;
}
