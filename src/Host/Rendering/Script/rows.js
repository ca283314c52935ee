// Bars and ranges: a row each, in groups from top to bottom, as in the pictures (BarDrawing.cs, RangeDrawing.cs).
function drawRows(host, panel) {
  const off = new Set();
  if (panel.title) host.append(el("div", { class: "title" }, panel.title));
  const place = el("div");
  host.append(place);
  const draw = () => { if (host.clientWidth > 0) place.replaceChildren(rowsOf(panel, host.clientWidth, off)); };
  if (panel.kind === "ranges") host.append(sidesOf(panel, off, draw));
  draw();
  redraws.push(draw);
  whenResized(host, draw);
}

/** Headings and rows with their heights. */
function linesOf(panel, off) {
  const isRange = panel.kind === "ranges", rowHeight = isRange ? 20 : 26;
  const lines = [];
  let top = 6;
  panel.groups.forEach(group => {
    const hasNames = isRange || group.rows.some(row => row.name);
    if (hasNames && group.name) {
      lines.push({ top, height: rowHeight, text: group.name, group });
      top += rowHeight;
    }
    const from = top, shown = group.rows.filter(row => !off.has(row.side));
    shown.forEach(row => {
      lines.push({ top, height: rowHeight, text: hasNames ? row.name : "", row, group });
      top += rowHeight;
    });
    if (!hasNames) lines.push({ top: from, height: Math.max(top - from, rowHeight), text: group.name, group, isBeside: true });
    lines.push({ top: from, height: top - from, group, isSpan: true });
    top += 14;
  });
  return { lines, bottom: top };
}

function rowsOf(panel, width, off) {
  const isRange = panel.kind === "ranges";
  const { lines, bottom } = linesOf(panel, off);
  const rows = panel.groups.flatMap(group => group.rows);
  const left = Math.min(.42 * width, 14 + Math.max(30, ...lines.map(line => widthOf(line.text || ""))));
  const room = isRange ? [0, 0] : [row => row.value < 0, row => row.value >= 0].map(
    isThere => Math.max(0, ...rows.filter(isThere).map(row => widthOf(row.label) + 8)));
  const ends = rows.flatMap(row => [row.value, row.low, row.high]).filter(value => value !== null);
  let from = panel.xAxis.from ?? Math.min(...ends, ...(isRange ? [] : [0]));
  let to = panel.xAxis.to ?? Math.max(...ends, ...(isRange ? panel.groups.map(group => group.threshold) : [0]));
  if (!(from < to)) [from, to] = [from - 1, from + 1];
  const begin = left + (panel.xAxis.from === null ? room[0] : 0) + (isRange ? 6 : 0);
  const end = width - 18 - (panel.xAxis.to === null ? room[1] : 0);
  const at = value => begin + (Math.min(Math.max(value, from), to) - from) / (to - from) * (end - begin);
  const height = bottom + 52;
  const picture = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, class: "rows" });
  const add = (tag, attributes, text) => picture.appendChild(svg(tag, attributes, text));
  const stroke = (x1, y1, x2, y2, colour, weight) => add("line", { x1, y1, x2, y2, style: `stroke:${colour};stroke-width:${weight}` });
  for (const mark of (panel.xAxis.ticks || steps(from, to, (end - begin) / 90)).filter(value => value >= from && value <= to)) {
    stroke(at(mark), 0, at(mark), bottom, "var(--grid)", 1);
    add("text", { x: at(mark), y: bottom + 18, "text-anchor": "middle", class: "soft" }, number(mark));
  }
  add("text", { x: (begin + end) / 2, y: bottom + 42, "text-anchor": "middle", class: "axis" }, panel.xAxis.title);
  if (panel.xAxis.zero || !isRange) stroke(at(0), 0, at(0), bottom, isRange ? "var(--soft)" : "var(--ink)", 1);
  for (const line of lines) {
    if (line.isSpan) {
      const x = at(line.group.threshold);
      if (isRange && line.height > 0) stroke(x, line.top, x, line.top + line.height, "var(--ink)", 1);
      continue;
    }
    const middle = line.top + line.height / 2;
    if (line.text) {
      add("text", { x: left - 8, y: middle + 4.5, "text-anchor": "end" }, shortened(line.text, left - 10));
    }
    if (line.row) {
      (isRange ? drawRange : drawBar)(add, stroke, line.row, middle, at, from);
      const hit = add("rect", { x: 0, y: line.top, width, height: line.height, class: "hit" });
      hit.addEventListener("mousemove", event => showTip(event, line.row.name || line.group.name, tipOf(panel, line)));
      hit.addEventListener("mouseleave", hideTip);
    }
  }
  return picture;
}

function tipOf(panel, { row, group }) {
  const isRange = panel.kind === "ranges";
  const own = { colour: isRange ? colourOf(row.side) : shade(row.colour), text: withInterval(row.value, row.low, row.high) };
  if (!isRange) return [{ ...own, name: row.name && group.name ? group.name : row.name ? "" : row.label }];
  return [{ ...own, name: panel.xAxis.name.split(":")[0] }, { name: "threshold", text: number(group.threshold) },
    { text: panel.sides.find(side => side.side === row.side).name }];
}

function drawBar(add, stroke, row, middle, at) {
  const value = row.value === null ? 0 : row.value;
  const [from, to] = [at(Math.min(0, value)), at(Math.max(0, value))];
  add("rect", { x: from, y: middle - 9.5, width: to - from, height: 19, style: `fill:${shade(row.colour, row.strength)}` });
  const has = row.low !== null && row.high !== null && row.low < row.high;
  if (has) {
    stroke(at(row.low), middle, at(row.high), middle, "var(--ink)", 1.5);
    for (const end of [row.low, row.high]) stroke(at(end), middle - 4, at(end), middle + 4, "var(--ink)", 1.5);
  }
  const isRight = value >= 0;
  const tip = isRight ? Math.max(value, has ? row.high : value, 0) : Math.min(value, has ? row.low : value);
  add("text", { x: at(tip) + (isRight ? 5 : -5), y: middle + 4.5, "text-anchor": isRight ? "start" : "end" }, row.label);
}

function colourOf(side) {
  return side === "Above" ? css("ink") : css("grey");
}

function drawRange(add, stroke, row, middle, at, from) {
  const colour = colourOf(row.side);
  if (row.low !== null && row.high !== null && row.high >= from) {
    stroke(at(row.low), middle, at(row.high), middle, colour, row.side === "Above" ? 2.5 : 1.5);
  }
  if (row.value === null) return;
  if (row.value < from) {
    add("text", { x: at(from), y: middle + 4, class: "small", style: `fill:${colour}` }, row.high < from ? "< " + number(row.value) : "<");
  } else {
    drawSide(add, row.side, at(row.value), middle);
  }
}

function drawSide(add, side, left, top) {
  if (side === "Open") {
    add("path", { d: `M${left - 5},${top}l5,-5l5,5l-5,5z`, style: `fill:${colourOf(side)}` });
  } else {
    const inside = side === "Above" ? colourOf(side) : css("ground");
    add("circle", { cx: left, cy: top, r: 4, style: `stroke:${colourOf(side)};stroke-width:1.5;fill:${inside}` });
  }
}

/** A legend that switches the sides on and off. */
function sidesOf(panel, off, draw) {
  const legend = el("div", { class: "legend" });
  panel.sides.filter(side => panel.groups.some(group => group.rows.some(row => row.side === side.side))).forEach(side => {
    const button = el("button", { type: "button", "aria-pressed": "true", title: "on or off" });
    const sign = svg("svg", { width: 14, height: 14 });
    const paint = () => {
      sign.replaceChildren();
      drawSide((tag, attributes) => sign.appendChild(svg(tag, attributes)), side.side, 7, 7);
    };
    paint();
    redraws.push(paint);
    button.append(sign, el("span", {}, side.name));
    button.addEventListener("click", () => {
      if (!off.delete(side.side)) off.add(side.side);
      button.setAttribute("aria-pressed", String(!off.has(side.side)));
      draw();
    });
    legend.append(button);
  });
  const threshold = el("span", { class: "mark" }, "the threshold");
  legend.append(threshold);
  return legend;
}
