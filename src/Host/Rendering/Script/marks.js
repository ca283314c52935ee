// What stands at the points of lines, on uPlot's canvas: bands, whiskers and markers, as in the pictures (LineDrawing.cs).
/** Within the axes. */
function clipped(plot, draw) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw(ctx, devicePixelRatio);
  ctx.restore();
}

function drawZero(plot) {
  const place = plot.valToPos(0, "y", true);
  clipped(plot, (ctx, pixels) => {
    ctx.fillStyle = css("ink");
    ctx.fillRect(plot.bbox.left, place - pixels / 2, plot.bbox.width, pixels);
  });
}

function drawIntervals(plot, line, x, y) {
  const at = line.x.map(value => plot.valToPos(x.at(value), "x", true));
  const on = values => values.map(value => (value === null ? null : plot.valToPos(y.at(value), "y", true)));
  clipped(plot, (ctx, pixels) => {
    if (line.low && line.whiskers) {
      const low = on(line.low), high = on(line.high), cap = 4 * pixels;
      ctx.strokeStyle = shade(line.colour);
      ctx.lineWidth = 1.5 * pixels;
      ctx.beginPath();
      at.forEach((place, index) => {
        if (low[index] === null || high[index] === null || low[index] === high[index]) return;
        ctx.moveTo(place, low[index]);
        ctx.lineTo(place, high[index]);
        for (const end of [low[index], high[index]]) {
          ctx.moveTo(place - cap, end);
          ctx.lineTo(place + cap, end);
        }
      });
      ctx.stroke();
    } else if (line.low) {
      const low = on(line.low), high = on(line.high);
      const there = at.map((_, index) => index).filter(index => low[index] !== null && high[index] !== null);
      ctx.fillStyle = shade(line.colour, .2);
      ctx.beginPath();
      there.forEach(index => ctx.lineTo(at[index], high[index]));
      there.reverse().forEach(index => ctx.lineTo(at[index], low[index]));
      ctx.fill();
    }
  });
}

/** Circle, open square, triangle, open circle; a point alone has to be seen, too. */
function drawMarkers(plot, line, x, y) {
  const marker = line.marker || (line.x.length === 1 ? 1 : 0);
  clipped(plot, (ctx, pixels) => {
    if (!isMarked(line, marker)) return;
    line.x.forEach((value, index) => line.y[index] !== null && drawMarker(
      ctx, marker, plot.valToPos(x.at(value), "x", true), plot.valToPos(y.at(line.y[index]), "y", true), 4 * pixels, shade(line.colour)));
  });
}

function isMarked(line, marker) {
  return !line.faint && marker > 0;
}

function drawMarker(ctx, marker, left, top, size, colour) {
  const shape = (marker - 1) % 4;
  ctx.beginPath();
  if (shape === 1) {
    ctx.rect(left - size, top - size, 2 * size, 2 * size);
  } else if (shape === 2) {
    ctx.moveTo(left, top - size);
    ctx.lineTo(left + size, top + size);
    ctx.lineTo(left - size, top + size);
    ctx.closePath();
  } else {
    ctx.arc(left, top, size, 0, 2 * Math.PI);
  }
  ctx.strokeStyle = colour;
  ctx.fillStyle = shape % 2 === 1 ? css("ground") : colour;
  ctx.lineWidth = size / 3;
  ctx.fill();
  ctx.stroke();
}
