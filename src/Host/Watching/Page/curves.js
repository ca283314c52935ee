// Lines that grow while one looks, drawn by uPlot; drag to zoom, double click to see all.
const palette = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#332288", "#882255", "#117733", "#999933"];

/** A chart whose lines are given as { name, colour, x, y, faint }. */
function growingChart(host, title, xName, isWhole) {
  const box = el("div", { class: "chart curve", "data-chart": title });
  const heading = el("div", { class: "title" }, title), legend = el("div", { class: "legend" });
  box.append(heading);
  host.append(box);
  let plot = null, lines = [], key = "", isZoomed = false;
  const axis = name => ({ title: name, name, scale: "linear", ticks: null, whole: isWhole, zero: false, from: null, to: null });

  function make() {
    if (plot) plot.destroy();
    const scale = placed({ ...axis(""), whole: false }, [0]), along = placed(axis(xName), [0]);
    const options = (marks, label, size) => ({
      stroke: () => css("soft"), grid: { stroke: () => css("grid"), width: 1 }, ticks: { show: false },
      font: "12px Roboto, system-ui, sans-serif", labelFont: "13px Roboto, system-ui, sans-serif",
      label, labelSize: label ? 22 : 0, size,
      splits: (self, index, low, high) => marks.marks(low, high, label ? self.bbox.width / devicePixelRatio / 70 : 5),
      values: (self, splits) => splits.map(marks.text),
    });
    plot = new uPlot({
      width: Math.max(box.clientWidth, 200),
      height: 220,
      padding: [8, 14, 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { size: 7 }, drag: { x: true, y: false } },
      scales: { x: { time: false, range: (self, low, high) => (low === high ? [low - .5, high + .5] : [low, high]) },
        y: { range: (self, low, high) => (low === null ? [0, 1] : widened(low, high, .06)) } },
      axes: [
        options(along, xName, 30),
        options(scale, null, (self, texts) => 16 + Math.max(24, ...(texts || []).map(text => widthOf(text, 12)))),
      ],
      series: [{}, ...lines.map(line => ({
        stroke: () => shade(line.colour, line.faint ? .5 : 1), width: line.faint ? 1 : 2,
        points: { show: (self, index) => self.data[index].filter(value => value !== null && value !== undefined).length === 1 },
      }))],
      hooks: {
        setSelect: [self => { isZoomed = self.select.width > 2; }],
      },
    }, data(), box);
    plot.over.addEventListener("dblclick", () => { isZoomed = false; plot.setData(data()); });
    plot.over.addEventListener("mousemove", event => {
      const at = plot.cursor.idx;
      if (at === null || at === undefined) return hideTip();
      const rows = lines.map((line, index) => ({ line, value: plot.data[index + 1][at] }))
        .filter(row => row.value !== null && row.value !== undefined)
        .map(({ line, value }) => ({ colour: shade(line.colour, line.faint ? .6 : 1), name: line.name, text: number(value) }));
      if (rows.length) showTip(event, `${xName} ${number(plot.data[0][at])}`, rows); else hideTip();
    });
    plot.over.addEventListener("mouseleave", hideTip);
    legend.replaceChildren(...(lines.filter(line => !line.faint).length < 2 ? [] : lines.filter(line => !line.faint).map(line => {
      const sign = svg("svg", { width: 18, height: 10 });
      sign.append(svg("line", { x1: 0, x2: 18, y1: 5, y2: 5, style: `stroke:${shade(line.colour)};stroke-width:2.5` }));
      const entry = el("span");
      entry.append(sign, " ", el("span", {}, line.name));
      return entry;
    })));
    box.append(legend);
  }

  function data() {
    const xs = [...new Set(lines.flatMap(line => line.x))].sort((left, right) => left - right);
    const places = new Map(xs.map((value, index) => [value, index]));
    return [xs, ...lines.map(line => {
      const values = new Array(xs.length);
      line.x.forEach((value, index) => { values[places.get(value)] = line.y[index]; });
      return values;
    })];
  }

  redraws.push(() => plot && make());
  new ResizeObserver(() => plot && box.clientWidth > 0 && plot.setSize({ width: box.clientWidth, height: 220 })).observe(box);
  return {
    /** Shows lines; none: nothing is shown. */
    show(next) {
      lines = next.filter(line => line.y.some(value => value !== null && value !== undefined));
      box.hidden = lines.length === 0;
      box.lines = lines;
      if (box.hidden) return;
      const asked = lines.map(line => `${line.name} ${line.colour} ${line.faint}`).join("\n");
      if (!plot || asked !== key) {
        key = asked;
        make();
      } else {
        plot.setData(data(), !isZoomed);
        if (isZoomed) plot.redraw();
      }
    },
  };
}

/** Charts of the episode that is shown, of its game, and of the episode under way. */
function makeCurves() {
  const host = document.getElementById("charts");
  const charts = {
    accuracy: growingChart(host, "test accuracy by round", "round", true),
    loss: growingChart(host, "test loss by round", "round", true),
    episodes: growingChart(host, "final test accuracy by episode", "episode", true),
    losses: growingChart(host, "final test loss by episode", "episode", true),
    actions: growingChart(host, "what clients do on average, by episode", "episode", true),
    pay: growingChart(host, "what the server pays, by episode, in money", "episode", true),
    payoffs: growingChart(host, "mean payoff u by strategy and episode, in money", "episode", true),
  };
  const known = new Map();
  const rounds = async episode => {
    const key = `${run.generation} ${episode.index}`;
    if (!known.has(key)) {
      if (known.size > 200) known.clear();
      known.set(key, await askJson("rounds", { episode: episode.index }) || []);
    }
    return known.get(key);
  };
  const line = (rows, column, name, colour, faint) => ({
    name, colour, faint: !!faint, x: rows.map(row => row[0]), y: rows.map(row => row[column]),
  });

  return oneAtATime(async () => {
    const shown = shownEpisode(), live = run.state.live;
    const under = live && live.running.find(game => shown === null || view.game === null || game.game === shown.game);
    const going = view.episode === null && under ? await askJson("live-rounds", { game: under.game }) : null;
    const game = going && (!shown || under.game !== shown.game) ? run.games.get(under.game) || [] : shown ? run.games.get(shown.game) : [];
    const own = [];
    const last = shown && game.includes(shown) ? game.indexOf(shown) : game.length - 1;
    for (let index = Math.max(0, last - 4); index <= last; index++) {
      own.push([await rounds(game[index]), index === last && !going, `episode ${index}`]);
    }
    const lines = column => [
      ...own.map(([rows, isShown, name]) => line(rows, column, name, "#0072B2", !isShown)),
      ...(going ? [line(going, column, `episode ${under.episode}, under way`, "#D55E00")] : []),
    ];
    const hasRounds = Math.max(0, ...lines(2).map(one => one.x.length)) > 1;
    charts.accuracy.show(hasRounds ? lines(3) : []);
    charts.loss.show(hasRounds ? lines(2) : []);
    const several = game.length > 1 ? game : [];
    const x = several.map((_, index) => index);
    const by = column => [{ name: column, colour: "#0072B2", x, y: several.map(episode => episode[column]) }];
    charts.episodes.show(by("accuracy"));
    charts.losses.show(by("test_loss"));
    charts.pay.show(by("total_reward"));
    charts.actions.show(["effort e", "D / D'", "gamma"].map((name, index) => ({
      name, colour: palette[index], x, y: several.map(episode => meanOf(episode.crowd, index + 1)),
    })));
    const strategies = [...new Set(several.flatMap(episode => Object.keys(episode.crowd)))].slice(0, palette.length);
    charts.payoffs.show(strategies.map(name => ({
      name, colour: strategyColour(name), x, y: several.map(episode => (episode.crowd[name] ? episode.crowd[name][4] : null)),
    })));
    host.shown = shown ? shown.index : null;
    document.getElementById("curves").hidden = !host.querySelector(".chart:not([hidden])");
  });
}

/** The mean over all clients of what is kept by strategy. */
function meanOf(crowd, value) {
  let sum = 0, clients = 0;
  for (const means of Object.values(crowd)) {
    if (means[value] === null) continue;
    sum += means[0] * means[value];
    clients += means[0];
  }
  return clients ? sum / clients : null;
}
