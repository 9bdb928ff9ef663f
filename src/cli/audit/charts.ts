import type { Tally } from '../../audit/summary.ts';
import { type Html, html } from './html.ts';

const [WIDTH, HEIGHT, GAP] = [720, 160, 2];

/** Calls per day as stacked bars, what was stopped at the bottom; the exact figures stand in each bar's title. */
export function dayChart(days: readonly Tally[]): Html {
  const most = Math.max(1, ...days.map(({ calls }) => calls));
  const width = WIDTH / Math.max(days.length, 7);
  const bars = days.map(({ name, calls, stopped }, at) => {
    const [high, low] = [(calls / most) * HEIGHT, (stopped / most) * HEIGHT];
    const bar = (kind: string, top: number, height: number) =>
      html`<rect class="${kind}" x="${round(at * width)}" y="${round(top)}" width="${round(Math.max(1, width - GAP))}" height="${round(height)}"/>`;
    return html`<g><title>${name}: ${calls} calls, ${stopped} stopped</title>${bar('went', HEIGHT - high, high - low)}${bar('stopped', HEIGHT - low, low)}</g>`;
  });
  const [first, last] = [days[0]?.name ?? '', days.at(-1)?.name ?? ''];
  return html`<figure><svg viewBox="0 0 ${WIDTH} ${HEIGHT + 22}" role="img" aria-label="Calls per day from ${first} to ${last}">
${bars}<line class="axis" x1="0" x2="${WIDTH}" y1="${HEIGHT}" y2="${HEIGHT}"/>
<text x="0" y="${HEIGHT + 16}">${first}</text><text x="${round(days.length * width - GAP)}" y="${HEIGHT + 16}" text-anchor="end">${days.length > 1 ? last : ''}</text>
</svg><figcaption>The busiest day had ${most} calls. <span class="key went"></span> went on <span class="key stopped"></span> stopped or asked about</figcaption></figure>`;
}

/** A table with a bar in each row, as long as the row's share of the largest. */
export function barTable(heading: string, tallies: readonly Tally[], value: (tally: Tally) => number): Html {
  const most = Math.max(1, ...tallies.map(value));
  const rows = tallies.map(
    (tally) =>
      html`<tr><td class="name">${tally.name}</td><td class="count">${value(tally)}</td><td class="bar"><span style="width:${round((value(tally) / most) * 100)}%"></span></td></tr>`,
  );
  return html`<section><h2>${heading}</h2>${rows.length === 0 ? html`<p>None.</p>` : html`<table>${rows}</table>`}</section>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
