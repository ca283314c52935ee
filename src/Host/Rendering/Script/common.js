// What charts and tables share. All files of this folder are one script of the page, in the order that PageParts gives them.
const root = document.documentElement;

/** Functions that draw a chart again when the colours changed. */
const redraws = [];

/** A colour or number of the style sheet. */
function css(name) {
  return getComputedStyle(root).getPropertyValue("--" + name).trim();
}

function isDark() {
  return css("dark") === "1";
}

/** An element; texts are texts, whatever is in them. */
function el(tag, attributes, text) {
  return fill(document.createElement(tag), attributes, text);
}

function svg(tag, attributes, text) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, text);
}

function fill(element, attributes, text) {
  for (const name in attributes || {}) element.setAttribute(name, attributes[name]);
  if (text !== undefined) element.textContent = text;
  return element;
}

/** A number for people: five digits, as few as it has. */
function number(value) {
  if (value === null || value === undefined || !isFinite(value)) return "–";
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e9)
    ? String(+value.toPrecision(4))
    : (+value.toPrecision(size >= 1e5 ? 9 : 5)).toLocaleString("en-US", { maximumFractionDigits: 10 });
}

/** A number, and its interval where it has one. */
function withInterval(value, low, high) {
  const has = low !== null && low !== undefined && high !== null && high !== undefined && low < high;
  return number(value) + (has ? " [" + number(low) + ", " + number(high) + "]" : "");
}

function luminance(red, green, blue) {
  const [r, g, b] = [red, green, blue].map(part => (part / 255 <= .03928 ? part / 255 / 12.92 : ((part / 255 + .055) / 1.055) ** 2.4));
  return .2126 * r + .7152 * g + .0722 * b;
}

/** A colour of the report, as it can be seen on the page's ground; null: that of text. */
function shade(hex, alpha) {
  if (!hex) return alpha === undefined ? css("ink") : isDark() ? `rgba(230,230,230,${alpha})` : `rgba(51,51,51,${alpha})`;
  let parts = [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
  while (isDark() && luminance(...parts) < .17) parts = parts.map(part => Math.min(255, Math.round(part + .1 * (255 - part) + 1)));
  return `rgba(${parts.join(",")},${alpha === undefined ? 1 : alpha})`;
}

const measure = document.createElement("canvas").getContext("2d");

function widthOf(text, size) {
  measure.font = `${size || 13}px Roboto, system-ui, sans-serif`;
  return measure.measureText(text).width;
}

/** A text that is not wider than so many pixels. */
function shortened(text, width) {
  if (widthOf(text) <= width) return text;
  let length = text.length;
  while (length > 1 && widthOf(text.slice(0, length) + "…") > width) length--;
  return text.slice(0, length) + "…";
}

const tip = el("div", { class: "tip", hidden: "" });

/** Shows what is under the mouse: a heading, and rows of colour, name and text. */
function showTip(event, heading, rows) {
  tip.replaceChildren(...(heading ? [el("b", {}, heading)] : []), ...rows.map(row => {
    const line = el("div");
    if (row.colour) line.append(fill(el("i"), { style: "background:" + row.colour }));
    if (row.name) line.append(el("span", {}, row.name));
    line.append(el("em", {}, row.text));
    return line;
  }));
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  const right = event.clientX + 16 + box.width < innerWidth;
  tip.style.left = Math.max(4, right ? event.clientX + 16 : event.clientX - 16 - box.width) + "px";
  tip.style.top = Math.max(4, Math.min(event.clientY + 12, innerHeight - box.height - 4)) + "px";
}

function hideTip() {
  tip.hidden = true;
}

/** Draws again where there is more or less room. */
function whenResized(host, draw) {
  let width = host.clientWidth;
  new ResizeObserver(() => {
    if (host.clientWidth === width) return;
    width = host.clientWidth;
    draw();
  }).observe(host);
}
