// A canvas (JSON Canvas 1.0) in, HTML that shows its cards, groups and arrows where they stand out.
const COLOURS = { 1: "#e93147", 2: "#ec7500", 3: "#e0ac00", 4: "#08b94e", 5: "#00bfbc", 6: "#7852ee" };
const MARGIN = 40;

/** The HTML of a canvas, and its size in pixels. `resolve(file)` says whether a file stands in the vault. */
export function drawn(text, resolve) {
  const { nodes = [], edges = [] } = JSON.parse(text);
  const left = Math.min(...nodes.map((node) => node.x)) - MARGIN;
  const top = Math.min(...nodes.map((node) => node.y)) - MARGIN;
  const width = Math.max(...nodes.map((node) => node.x + node.width)) - left + MARGIN;
  const height = Math.max(...nodes.map((node) => node.y + node.height)) - top + MARGIN;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const lines = edges.map((edge) => arrow(edge, byId, left, top)).join("");
  const groups = nodes.filter((node) => node.type === "group");
  const cards = nodes.filter((node) => node.type !== "group");
  const boxes = [...groups, ...cards].map((node) => box(node, left, top, resolve)).join("");
  const arrows = `<svg width="${width}" height="${height}" style="position:absolute;left:0;top:0">${lines}</svg>`;
  return { html: `<div style="position:absolute;left:0;top:0;width:${width}px;height:${height}px">${boxes}${arrows}</div>`, width, height };
}

function box(node, left, top, resolve) {
  const place = `left:${node.x - left}px;top:${node.y - top}px;width:${node.width}px;height:${node.height}px`;
  const colour = COLOURS[node.color] ?? node.color ?? "#999";
  if (node.type === "group") {
    return `<div class="group" style="${place};border-color:${colour}"><b>${escaped(node.label ?? "")}</b></div>`;
  }
  const lost = node.type === "file" && !resolve(node.file);
  const said = node.type === "file" ? `<i>${escaped(node.file)}</i>` : escaped(node.text ?? node.url ?? "").replace(/\n/g, "<br>");
  return `<div class="card${lost ? " unresolved" : ""}" style="${place};border-color:${colour}">${said}</div>`;
}

function arrow(edge, byId, left, top) {
  const from = side(byId.get(edge.fromNode), edge.fromSide ?? "right", left, top);
  const to = side(byId.get(edge.toNode), edge.toSide ?? "left", left, top);
  const label = edge.label ? `<text x="${(from.x + to.x) / 2}" y="${(from.y + to.y) / 2}">${escaped(edge.label)}</text>` : "";
  const colour = COLOURS[edge.color] ?? edge.color ?? "#777";
  const path = `<path d="M${from.x},${from.y} C${from.cx},${from.cy} ${to.cx},${to.cy} ${to.x},${to.y}" fill="none" stroke="${colour}" stroke-width="2"/>`;
  return `${path}<circle cx="${to.x}" cy="${to.y}" r="4" fill="${colour}"/>${label}`;
}

function side(node, which, left, top) {
  const x = node.x - left, y = node.y - top, bend = 60;
  const middle = { x: x + node.width / 2, y: y + node.height / 2 };
  return {
    left: { x, y: middle.y, cx: x - bend, cy: middle.y },
    right: { x: x + node.width, y: middle.y, cx: x + node.width + bend, cy: middle.y },
    top: { x: middle.x, y, cx: middle.x, cy: y - bend },
    bottom: { x: middle.x, y: y + node.height, cx: middle.x, cy: y + node.height + bend },
  }[which];
}

function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}
