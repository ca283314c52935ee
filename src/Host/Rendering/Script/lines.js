// Lines, drawn by uPlot: hover, drag to zoom, double click to see all, a legend that switches lines on and off.
const mostInTip = 14;

/** Charts of a plot's panels, one below the other, over one range of x and with one legend. */
function drawLines(host, panels, isHalf) {
  const shared = { x: null, off: new Set(), charts: [] };
  panels.forEach((panel, index) => {
    const isLast = index === panels.length - 1;
    if (panel.title) host.append(el("div", { class: "title" }, panel.title));
    const isStacked = panels.length > 1, height = isStacked ? (isLast ? 270 : 230) : isHalf ? 320 : 380;
    shared.charts.push(chartOf(host, panel, shared, { height, hasTitle: isLast, isStacked }));
  });
  addLegend(host, panels, shared);
  host.append(el("div", { class: "hint" }, "drag: zoom; double click: all"));
  redraws.push(() => shared.charts.forEach(chart => chart.plot.redraw()));
  new ResizeObserver(() => shared.charts.forEach(chart => chart.resize())).observe(host);
}

/** What is on or off together: lines of one name and colour, with the faint ones that stand before them. */
function keyOf(lines, index) {
  const line = lines[index], next = lines[index + 1];
  const name = line.faint && !line.name && next && next.colour === line.colour ? next.name : line.name;
  return `${line.colour} ${name}`;
}

function chartOf(host, panel, shared, { height, hasTitle, isStacked }) {
  const lines = panel.series;
  const x = placed(panel.xAxis, lines.flatMap(line => line.x));
  const y = placed(panel.yAxis, lines.flatMap(line => line.y));
  const xs = [...new Set(lines.flatMap(line => line.x))].sort((left, right) => left - right);
  const places = new Map(xs.map((value, index) => [value, index]));

  // By place along x, which point of the line is there.
  const points = lines.map(line => {
    const at = new Array(xs.length);
    line.x.forEach((value, index) => { at[places.get(value)] = index; });
    return at;
  });
  const heightOf = (line, point) => (point === undefined ? undefined : y.at(line.y[point]));
  const data = [xs.map(x.at), ...lines.map((line, index) => points[index].map(point => heightOf(line, point)))];
  const isOn = index => !shared.off.has(keyOf(lines, index));
  let zoomed = null;
  const wide = widened(data[0][0], data[0][xs.length - 1], panel.xAxis.ticks ? .06 : .01);

  function heights() {
    if (zoomed) return zoomed;
    if (panel.yAxis.from !== null && panel.yAxis.to !== null) return [y.at(panel.yAxis.from), y.at(panel.yAxis.to)];
    let low = Infinity, high = -Infinity;
    lines.forEach((line, index) => isOn(index) && [line.y, line.low || [], line.high || []].forEach(values => values.forEach(value => {
      if (value === null) return;
      low = Math.min(low, y.at(value));
      high = Math.max(high, y.at(value));
    })));
    if (panel.yAxis.zero) [low, high] = [Math.min(low, 0), Math.max(high, 0)];
    return low <= high ? widened(low, high, panel.xAxis.ticks ? .08 : .06) : [0, 1];
  }

  const axis = (scale, title, count, size) => ({
    stroke: () => css("soft"),
    grid: { stroke: () => css("grid"), width: 1 },
    ticks: { show: false },
    font: "13px Roboto, system-ui, sans-serif",
    labelFont: "14px Roboto, system-ui, sans-serif",
    label: title,
    labelSize: title ? 24 : 0,
    splits: (self, index, low, high) => scale.marks(low, high, count(self)),
    values: (self, splits) => splits.map(scale.text),
    size,
  });
  const room = texts => 18 + Math.max(24, ...texts.map(text => widthOf(text)));
  const plot = new uPlot({
    width: Math.max(host.clientWidth, 200),
    height,
    padding: [10, 18, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      points: { size: 8 },
      drag: { x: true, y: true, uni: 30, setScale: false },
      bind: { dblclick: () => () => reset() },
    },
    scales: { x: { time: false, range: () => shared.x || wide }, y: { range: heights } },
    axes: [
      axis(x, hasTitle ? x.title : null, self => self.bbox.width / devicePixelRatio / 80, 30),
      axis(y, y.title, () => height / 45, (self, texts) => (isStacked ? 66 : room(texts || []))),
    ],
    series: [{}, ...lines.map(line => ({
      stroke: () => shade(line.colour, line.faint ? .25 : 1),
      width: line.faint ? 1 : 2 * line.weight,
      points: { show: false },
    }))],
    hooks: {
      drawAxes: [self => {
        if (panel.yAxis.zero) drawZero(self);
        lines.forEach((line, index) => isOn(index) && drawIntervals(self, line, x, y));
      }],
      draw: [self => lines.forEach((line, index) => isOn(index) && drawMarkers(self, line, x, y))],
      setSelect: [zoom],
    },
  }, data, host);

  function rescale() {
    plot.batch(() => {
      const [left, right] = shared.x || wide;
      plot.setScale("x", { min: left, max: right });
      const [low, high] = heights();
      plot.setScale("y", { min: low, max: high });
    });
  }

  function zoom(self) {
    const { left, top, width, height: depth } = self.select;
    if (width < 3 || depth < 3) return;
    if (width < self.over.clientWidth - 1) shared.x = [self.posToVal(left, "x"), self.posToVal(left + width, "x")];
    if (depth < self.over.clientHeight - 1) zoomed = [self.posToVal(top + depth, "y"), self.posToVal(top, "y")];
    self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    hideTip();
    shared.charts.forEach(chart => chart.rescale());
  }

  function reset() {
    shared.x = null;
    hideTip();
    shared.charts.forEach(chart => chart.unzoom());
  }

  plot.over.addEventListener("mousemove", event => {
    const at = plot.cursor.idx;
    if (at === null || at === undefined) return hideTip();
    let rows = [];
    lines.forEach((line, index) => {
      const point = points[index][at];
      if (point === undefined || !isOn(index) || line.y[point] === null) return;
      rows.push({
        colour: shade(line.colour, line.faint ? .35 : 1),
        name: line.faint ? `${line.name} (faint line)`.trim() : line.name,
        place: plot.valToPos(y.at(line.y[point]), "y"),
        text: withInterval(line.y[point], line.low && line.low[point], line.high && line.high[point]),
      });
    });
    const all = rows.length, mouse = plot.cursor.top;
    if (all > mostInTip) {
      rows = rows.sort((left, right) => Math.abs(left.place - mouse) - Math.abs(right.place - mouse)).slice(0, mostInTip);
    }
    rows.sort((left, right) => left.place - right.place);
    if (all > mostInTip) rows.push({ text: `and ${all - mostInTip} more` });
    if (rows.length) showTip(event, `${panel.xAxis.name} ${number(xs[at])}`, rows); else hideTip();
  });
  plot.over.addEventListener("mouseleave", hideTip);
  return {
    plot,
    rescale,
    unzoom: () => { zoomed = null; rescale(); },
    show: () => {
      plot.batch(() => lines.forEach((line, index) => plot.setSeries(index + 1, { show: isOn(index) })));
      rescale();
      plot.redraw();
    },
    resize: () => host.clientWidth > 0 && host.clientWidth !== plot.width && plot.setSize({ width: host.clientWidth, height }),
  };
}

function widened(low, high, share) {
  const room = high > low ? share * (high - low) : Math.abs(low) / 10 || .5;
  return [low - room, high + room];
}

function addLegend(host, panels, shared) {
  const named = new Map();
  panels.forEach(panel => panel.series.forEach((line, index) => {
    const key = keyOf(panel.series, index);
    if (line.name && !named.has(key)) named.set(key, line);
  }));
  if (named.size < 2) return;
  const legend = el("div", { class: "legend" });
  const buttons = [...named].map(([key, line]) => {
    const button = el("button", { type: "button", "aria-pressed": "true", title: "on or off; with Shift: only this one" });
    const sign = el("canvas", { width: 56, height: 24 });
    const draw = () => {
      const ctx = sign.getContext("2d"), colour = shade(line.colour);
      ctx.clearRect(0, 0, 56, 24);
      ctx.strokeStyle = colour;
      ctx.lineWidth = 4;
      ctx.beginPath();
      ctx.moveTo(0, 12);
      ctx.lineTo(56, 12);
      ctx.stroke();
      if (isMarked(line, line.marker)) drawMarker(ctx, line.marker, 28, 12, 8, colour);
    };
    draw();
    redraws.push(draw);
    button.append(sign, el("span", {}, line.name));
    button.addEventListener("click", event => {
      if (event.shiftKey) {
        const others = [...named.keys()].filter(other => other !== key);
        const isAlone = !shared.off.has(key) && others.every(other => shared.off.has(other));
        shared.off = new Set(isAlone ? [] : others);
      } else if (!shared.off.delete(key)) {
        shared.off.add(key);
      }
      buttons.forEach(other => other.button.setAttribute("aria-pressed", String(!shared.off.has(other.key))));
      shared.charts.forEach(chart => chart.show());
    });
    legend.append(button);
    return { button, key };
  });
  host.append(legend);
}
