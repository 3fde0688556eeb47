// Small charts beside each other as SVG, both axes logarithmic. Its colours are readable on white and on black.

/** @typedef {{ name: string, points: { x: number, y: number }[] }} Line */
/** @typedef {{ title: string, lines: Line[] }} Chart */

const SIZE = { width: 340, height: 240 };
const INNER = { left: 48, top: 36, right: 16, bottom: 40 };
const COLOURS = ['#d6336c', '#1c8ab5'];
const INK = '#808080';

/** @param {Chart[]} charts two in a row @returns {string} an SVG document */
export function plot(charts) {
  const rows = Math.ceil(charts.length / 2);
  const body = charts.map((chart, at) => {
    const [x, y] = [(at % 2) * SIZE.width, Math.floor(at / 2) * SIZE.height];
    return `<g transform="translate(${x} ${y})">${drawn(chart)}</g>`;
  });
  const [width, height] = [2 * SIZE.width, rows * SIZE.height];
  const style = `font: 12px system-ui, sans-serif; fill: ${INK}`;
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" style="${style}">`;
  const title = `<title>${charts.map((chart) => chart.title).join('; ')}, against the number of filters</title>`;
  return `${[open, title, ...body].join('\n')}\n</svg>\n`;
}

/** @param {Chart} chart @returns {string} */
function drawn({ title, lines }) {
  const points = lines.flatMap((line) => line.points);
  const x = scale(
    points.map((point) => point.x),
    INNER.left,
    SIZE.width - INNER.right,
  );
  const y = scale(
    points.map((point) => point.y),
    SIZE.height - INNER.bottom,
    INNER.top,
  );
  return [
    text(INNER.left, 20, 'start', title),
    ...x.ticks.map(
      (tick) =>
        `${rule(x.at(tick), INNER.top, x.at(tick), SIZE.height - INNER.bottom)}${text(x.at(tick), SIZE.height - 22, 'middle', short(tick))}`,
    ),
    ...y.ticks.map(
      (tick) =>
        `${rule(INNER.left, y.at(tick), SIZE.width - INNER.right, y.at(tick))}${text(INNER.left - 6, y.at(tick) + 4, 'end', short(tick))}`,
    ),
    ...lines.map((line, at) => curve(line, at, x.at, y.at)),
  ].join('');
}

/**
 * @param {Line} line
 * @param {number} number
 * @param {(x: number) => number} x
 * @param {(y: number) => number} y
 * @returns {string}
 */
function curve({ name, points }, number, x, y) {
  const colour = COLOURS[number % COLOURS.length];
  const places = points.map((point) => `${x(point.x).toFixed(1)},${y(point.y).toFixed(1)}`);
  const dots = places.map(
    (place) => `<circle cx="${place.split(',')[0]}" cy="${place.split(',')[1]}" r="3" fill="${colour}"/>`,
  );
  const label = `<text x="${INNER.left + 8}" y="${INNER.top + 14 + number * 16}" fill="${colour}">${name}</text>`;
  return `<polyline points="${places.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}${label}`;
}

/**
 * @param {number[]} values
 * @param {number} from a coordinate
 * @param {number} to a coordinate
 * @returns {{ at: (value: number) => number, ticks: number[] }} powers of ten, from below the least to above the
 *   greatest value
 */
function scale(values, from, to) {
  const positive = values.filter((value) => value > 0);
  const low = Math.floor(Math.log10(Math.min(...positive)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...positive))));
  const at = (/** @type {number} */ value) =>
    from + ((Math.log10(Math.max(value, 10 ** low)) - low) / (high - low)) * (to - from);
  return { at, ticks: Array.from({ length: high - low + 1 }, (_, step) => 10 ** (low + step)) };
}

/** @param {number} value @returns {string} */
function short(value) {
  if (value >= 1e6) return `${value / 1e6} M`;
  return value >= 1000 ? `${value / 1000} k` : String(Number(value.toPrecision(3)));
}

/** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @returns {string} */
function rule(x1, y1, x2, y2) {
  return `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="${INK}" stroke-opacity="0.3"/>`;
}

/** @param {number} x @param {number} y @param {string} anchor @param {string} words @returns {string} */
function text(x, y, anchor, words) {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${words}</text>`;
}
