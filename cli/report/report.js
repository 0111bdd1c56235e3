/* global uPlot */
/** Draws the plots of a report into its page: what is to be drawn is the JSON in #data. */
(() => {
  const plots = JSON.parse(document.getElementById('data').textContent);
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const digits = (value) => (Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3)));

  /** Writes a value with its unit. */
  const formats = {
    ns: (value) =>
      value < 1e3
        ? `${digits(value)} ns`
        : value < 1e6
          ? `${digits(value / 1e3)} µs`
          : value < 1e9
            ? `${digits(value / 1e6)} ms`
            : `${digits(value / 1e9)} s`,
    percent: (value) => `${digits(value)} %`,
    count: (value) => value.toLocaleString('en'),
    hz: (value) => (value >= 1000 ? `${digits(value / 1000)} kHz` : `${digits(value)} Hz`),
    db: (value) => `${digits(value)} dB`,
    ms: (value) => (value >= 1000 ? `${digits(value / 1000)} s` : `${digits(value)} ms`),
    plain: (value) => String(digits(value)),
  };

  /** Draws lines across: the deadline, collections of garbage. */
  function lines(u, { vertical = [], horizontal = [] }) {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    const ratio = devicePixelRatio;
    for (const [list, isVertical] of [
      [vertical, true],
      [horizontal, false],
    ]) {
      for (const { at, color: name, label, dashed = true } of list) {
        const place = Math.round(u.valToPos(at, isVertical ? 'x' : 'y', true));
        ctx.strokeStyle = ctx.fillStyle = color(name);
        ctx.lineWidth = ratio * 1.5;
        ctx.setLineDash(dashed ? [6 * ratio, 4 * ratio] : []);
        ctx.beginPath();
        if (isVertical) {
          ctx.moveTo(place, bbox.top);
          ctx.lineTo(place, bbox.top + bbox.height);
        } else {
          ctx.moveTo(bbox.left, place);
          ctx.lineTo(bbox.left + bbox.width, place);
        }
        ctx.stroke();
        if (label === undefined) continue;
        ctx.font = `${12 * ratio}px system-ui, sans-serif`;
        ctx.textAlign = 'right';
        // A label that has no room above its line stands below it; one without room on the left, on the right.
        const isBelow = !isVertical && place - 18 * ratio < bbox.top;
        ctx.textBaseline = isBelow ? 'top' : 'bottom';
        if (isVertical) {
          const isLeft = place - 70 * ratio > bbox.left;
          ctx.textAlign = isLeft ? 'right' : 'left';
          ctx.fillText(label, place + (isLeft ? -5 : 5) * ratio, bbox.top + 16 * ratio);
        } else ctx.fillText(label, bbox.left + bbox.width - 4 * ratio, place + (isBelow ? 3 : -3) * ratio);
      }
    }
    ctx.restore();
  }

  function scale({ log, min, max }) {
    const range = min === undefined ? {} : { range: [min, max] };
    return log ? { distr: 3, log, time: false, ...range } : { time: false, ...range };
  }

  /** Leaves out what stands too close to the one before it, on a narrow page. */
  function apart(u, splits) {
    let last = -Infinity;
    return splits.map((each) => {
      const place = each === null ? NaN : u.valToPos(each, 'x');
      if (!(place - last >= 48)) return null;
      last = place;
      return each;
    });
  }

  function axis({ label, format, values, size = 62, isX = false }) {
    return {
      stroke: color('soft'),
      grid: { stroke: color('grid'), width: 1 },
      ticks: { stroke: color('grid'), width: 1 },
      label,
      labelFont: '13px system-ui, sans-serif',
      font: '12px system-ui, sans-serif',
      labelSize: 22,
      size,
      ...(values === undefined ? {} : { splits: () => values, filter: (_, splits) => splits }),
      values: (u, splits) =>
        (isX && values !== undefined ? apart(u, splits) : splits).map((each) =>
          each === null ? '' : formats[format](each),
        ),
    };
  }

  function series({ label, color: name, kind, format, dashed }) {
    const stroke = color(name);
    const base = {
      label,
      stroke,
      width: 2,
      ...(dashed ? { dash: [5, 4] } : {}),
      value: (_, value) => (value === null || value === undefined ? '–' : formats[format](value)),
    };
    if (kind === 'steps')
      return {
        ...base,
        fill: `${stroke}33`,
        paths: uPlot.paths.stepped({ align: 1 }),
        points: { show: false },
      };
    if (kind === 'dots')
      return { ...base, paths: () => null, points: { show: true, size: 3, fill: stroke, width: 0 } };
    if (kind === 'marks') return { ...base, points: { show: true, size: 7, fill: stroke } };
    return { ...base, points: { show: false } };
  }

  const drawn = [];

  function draw() {
    for (const plot of drawn.splice(0)) plot.destroy();
    for (const { id, x, y, all, data, across } of plots) {
      const place = document.getElementById(id);
      const options = {
        width: place.clientWidth,
        height: 250,
        scales: { x: scale(x), y: scale(y) },
        axes: [axis({ ...x, size: 40, isX: true }), axis(y)],
        series: [
          { label: x.name, value: (_, value) => (value === null ? '–' : formats[x.format](value)) },
          ...all.map(series),
        ],
        hooks: { draw: [(u) => lines(u, across ?? {})] },
        cursor: { drag: { x: true, y: false } },
      };
      drawn.push(new uPlot(options, data, place));
    }
  }

  draw();
  let waiting;
  addEventListener('resize', () => {
    clearTimeout(waiting);
    waiting = setTimeout(draw, 100);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
})();
