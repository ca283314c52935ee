// Ways and points on the triangle of mixtures of three, as in the picture (TernaryDrawing.cs): the mouse shows the nearest mixture.
function drawTriangle(host, panel) {
  const off = new Set();
  if (panel.title) host.append(el("div", { class: "title" }, panel.title));
  const place = el("div");
  host.append(place);
  const draw = () => { if (host.clientWidth > 0) place.replaceChildren(triangleOf(panel, Math.min(host.clientWidth, 560), off)); };
  const names = new Map(panel.ways.filter(way => way.name).map(way => [way.name, way]));
  const legend = el("div", { class: "legend" });
  for (const [name, way] of names) {
    const button = el("button", { type: "button", "aria-pressed": "true", title: "on or off" });
    const sign = svg("svg", { width: 28, height: 12 });
    const line = sign.appendChild(svg("path", { d: "M0,6h28" }));
    const paint = () => { line.style.cssText = `stroke:${shade(way.colour)};stroke-width:2`; };
    paint();
    redraws.push(paint);
    button.append(sign, el("span", {}, name));
    button.addEventListener("click", () => {
      if (!off.delete(name)) off.add(name);
      button.setAttribute("aria-pressed", String(!off.has(name)));
      draw();
    });
    legend.append(button);
  }
  host.append(legend);
  draw();
  redraws.push(draw);
  whenResized(host, draw);
}

function triangleOf(panel, width, off) {
  const side = width - 140, top = 30, height = top + side * Math.sqrt(3) / 2 + 34;
  // The first is the left corner, the second one the right, the third one the upper.
  const at = ([, right, upper]) => [70 + side * (right + upper / 2), top + side * Math.sqrt(3) / 2 * (1 - upper)];
  const picture = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, class: "rows triangle" });
  const add = (tag, attributes, text) => picture.appendChild(svg(tag, attributes, text));
  const path = points => "M" + points.map(point => point.map(part => part.toFixed(2)).join(",")).join("L");
  const corners = [[1, 0, 0], [0, 1, 0], [0, 0, 1]].map(at);
  add("path", { d: path(corners) + "Z", style: "fill:none;stroke:var(--faint)" });
  corners.forEach(([x, y], index) => add("text", { x, y: index < 2 ? y + 22 : y - 10, "text-anchor": "middle" }, panel.corners[index]));
  const marks = [];
  panel.ways.filter(way => !off.has(way.name)).forEach(way => {
    const points = way.mixtures.map(at);
    add("path", { d: path(points), style: `fill:none;stroke:${shade(way.colour, .75)};stroke-width:1.3` });
    addArrow(add, points, side, shade(way.colour, .75));
    points.forEach((point, index) => marks.push({ point, mixture: way.mixtures[index], name: way.name, colour: shade(way.colour) }));
  });
  panel.points.forEach(({ mixture, full }) => {
    const [cx, cy] = at(mixture);
    add("circle", { cx, cy, r: 5.5, style: `stroke:var(--ink);stroke-width:2;fill:var(--${full ? "ink" : "ground"})` });
    marks.push({ point: [cx, cy], mixture, name: full ? "rest point, stable" : "rest point, not stable", colour: css("ink") });
  });
  const hover = add("circle", { r: 4, style: "visibility:hidden;pointer-events:none;fill:none;stroke:var(--ink)" });
  picture.addEventListener("mousemove", event => {
    const box = picture.getBoundingClientRect();
    const far = ({ point: [x, y] }) => Math.hypot(x - event.clientX + box.left, y - event.clientY + box.top);
    const near = marks.reduce((least, mark) => (!least || far(mark) <= far(least) ? mark : least), null);
    hover.style.visibility = near && far(near) < 24 ? "visible" : "hidden";
    if (!near || far(near) >= 24) return hideTip();
    fill(hover, { cx: near.point[0], cy: near.point[1] });
    showTip(event, "", [...near.name ? [{ colour: near.colour, name: near.name, text: "" }] : [],
      ...panel.corners.map((name, index) => ({ name, text: number(+near.mixture[index].toFixed(4)) }))]);
  });
  picture.addEventListener("mouseleave", () => { hover.style.visibility = "hidden"; hideTip(); });
  return picture;
}

/** Where the way has gone a third of its length. */
function addArrow(add, points, side, colour) {
  const length = index => Math.hypot(points[index][0] - points[index - 1][0], points[index][1] - points[index - 1][1]);
  let whole = 0, gone = 0;
  for (let index = 1; index < points.length; index++) whole += length(index);
  if (whole <= .03 * side) return;
  for (let index = 1; index < points.length; index++) {
    gone += length(index);
    if (gone < whole / 3) continue;
    const [x, y] = points[index], turn = Math.atan2(y - points[index - 1][1], x - points[index - 1][0]) * 180 / Math.PI;
    add("path", { d: "M0,0L-9,-4.5L-9,4.5Z", transform: `translate(${x},${y}) rotate(${turn})`, style: `fill:${colour}` });
    return;
  }
}
