// Where values are drawn along an axis, and what is marked: as in the pictures (PlacedAxis.cs), and finer where it is zoomed.
function placed(axis, values) {
  const finite = [...values, ...(axis.ticks || [])].filter(value => value !== null);
  const least = Math.min(...(finite.length ? finite : [0]));
  const scale = {
    log: { at: value => Math.log10(Math.max(value, least / 2)), of: place => 10 ** place, marks: factors },
    symlog: {
      at: value => Math.sign(value) * Math.log10(1 + Math.abs(value)),
      of: place => Math.sign(place) * (10 ** Math.abs(place) - 1),
      marks: powers,
    },
    linear: { at: value => value, of: place => place, marks: (low, high, count) => steps(low, high, count, axis.whole) },
  }[axis.scale];
  const suffix = axis.ticks ? "" : { log: " (log scale)", symlog: " (log from 1)", linear: "" }[axis.scale];
  return {
    at: value => (value === null || value === undefined ? value : scale.at(value)),
    title: axis.title + suffix,
    /** Places between two places. */
    marks: (low, high, count) => (axis.ticks || scale.marks(scale.of(low), scale.of(high), count)).map(scale.at)
      .filter(place => place >= low - 1e-9 && place <= high + 1e-9),
    text: place => number(+scale.of(place).toPrecision(10)),
  };
}

/** Round values, about so many. */
function steps(low, high, count, whole) {
  const least = (high - low) / Math.max(count, 1);
  if (!(least > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(least));
  let step = power * [1, 2, 5, 10].find(factor => factor * power >= least * (1 - 1e-9));
  if (whole) step = Math.max(1, Math.round(step));
  const marks = [];
  for (let index = Math.ceil(low / step - 1e-9); index <= high / step + 1e-9; index++) marks.push(+(index * step).toPrecision(12));
  return marks;
}

function factors(low, high, count) {
  if (high / low < 3) return steps(low, high, count, false);
  const labeled = high / low < 30 ? [1, 1.5, 2, 3, 4, 5, 6, 8] : high / low < 3000 ? [1, 2, 5] : [1];
  const marks = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (const factor of labeled) marks.push(+(factor * 10 ** power).toPrecision(12));
  }
  return marks;
}

function powers(low, high, count) {
  for (const labeled of [[1], [1, 2, 5]]) {
    const sizes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap(power => labeled.map(factor => factor * 10 ** power));
    const marks = [...sizes.map(size => -size), 0, ...sizes].filter(value => value >= low && value <= high);
    if (marks.length > 2) return marks;
  }
  return steps(low, high, count, false);
}
