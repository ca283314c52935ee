// A field of values over two swept quantities, more colour for more, as in the picture (HeatMapDrawing.cs).
function drawField(host, panel) {
  if (panel.title) host.append(el("div", { class: "title" }, panel.title));
  const place = el("div");
  host.append(place);
  const draw = () => { if (host.clientWidth > 0) place.replaceChildren(fieldOf(panel, host.clientWidth)); };
  draw();
  redraws.push(draw);
  whenResized(host, draw);
}

function fieldOf(panel, width) {
  const names = panel.rows.map(number);
  const left = 40 + Math.max(...names.map(name => widthOf(name)));
  const across = (width - left - 18) / panel.columns.length, down = Math.max(26, Math.min(64, 300 / panel.rows.length));
  const bottom = 6 + down * panel.rows.length, height = bottom + 52;
  const finite = panel.values.flat().filter(value => value !== null);
  const least = Math.min(...finite), range = Math.max(Math.max(...finite) - least, 1e-300);
  const [less, more] = isDark() ? [[44, 42, 50], [190, 165, 245]] : [[244, 241, 234], [75, 46, 131]];
  const picture = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, class: "rows" });
  const add = (tag, attributes, text) => picture.appendChild(svg(tag, attributes, text));
  panel.values.forEach((values, row) => values.forEach((value, column) => {
    if (value === null) return;
    const colour = less.map((part, index) => Math.round(part + (value - least) / range * (more[index] - part)));
    const x = left + column * across, y = bottom - (row + 1) * down;
    const cell = add("rect", { x, y, width: across, height: down, style: `fill:rgb(${colour.join(",")});stroke:var(--ground)` });
    add("text", {
      x: x + across / 2, y: y + down / 2 + 4.5, "text-anchor": "middle",
      style: `pointer-events:none;fill:${luminance(...colour) > .3 ? "#222" : "#fff"}`,
    }, panel.texts[row][column]);
    cell.addEventListener("mousemove", event => showTip(event, "", [
      { name: panel.xAxis.name, text: number(panel.columns[column]) },
      { name: panel.yAxis.name, text: names[row] },
      { text: number(value) },
    ]));
    cell.addEventListener("mouseleave", hideTip);
  }));
  panel.columns.forEach((value, column) => add(
    "text", { x: left + (column + .5) * across, y: bottom + 18, "text-anchor": "middle", class: "soft" }, number(value)));
  names.forEach((name, row) => add(
    "text", { x: left - 6, y: bottom - (row + .5) * down + 4.5, "text-anchor": "end", class: "soft" }, name));
  add("text", { x: left + (width - left - 18) / 2, y: bottom + 42, "text-anchor": "middle", class: "axis" }, panel.xAxis.title);
  add("text", { transform: `translate(14,${(6 + bottom) / 2}) rotate(-90)`, "text-anchor": "middle", class: "axis" }, panel.yAxis.title);
  return picture;
}
