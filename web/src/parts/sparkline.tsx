// The last months of a line as a small picture with its story in words: what was done, not what it
// cost, since each year has its own prices. A last month that is not frozen is drawn open; months
// without data are left out.
import type { Schemas } from '../api/client';
import { grouped, shortMonth } from '../figures';

type Point = Schemas['SeriesPoint'];

const width = 132;
const height = 30;
const pad = 4;

interface Seen {
  point: Point;
  value: number;
  at: number;
}

/** The picture in a sentence; null when there is too little to draw. */
export function seriesInWords(series: Point[]): string | null {
  const seen = seenOf(series);
  const last = seen.at(-1);
  if (seen.length < 2 || !last) return null;
  const least = seen.reduce((a, b) => (b.value < a.value ? b : a));
  const most = seen.reduce((a, b) => (b.value > a.value ? b : a));
  const about = ({ point, value }: Seen) => `${grouped(value)} in ${shortMonth(point.month)}`;
  const provisional = last.point.state === 'frozen' ? '' : ', provisional';
  return (
    `${seen.length} months to ${shortMonth(last.point.month)}: lowest ${about(least)}, ` +
    `highest ${about(most)}, latest ${grouped(last.value)}${provisional}`
  );
}

function seenOf(series: Point[]): Seen[] {
  return series.flatMap((point, at) =>
    point.activity === null || point.state === 'not loaded'
      ? []
      : [{ point, value: point.activity, at }],
  );
}

export function Sparkline({ series }: { series: Point[] }) {
  const seen = seenOf(series);
  const says = seriesInWords(series);
  if (!says) return <span className="purse-quiet">too few months</span>;
  const values = seen.map((one) => one.value);
  const least = Math.min(...values);
  const span = Math.max(...values) - least || 1;
  const x = (at: number) => pad + (at * (width - 2 * pad)) / Math.max(series.length - 1, 1);
  const y = (value: number) => height - pad - ((value - least) * (height - 2 * pad)) / span;
  const path = seen
    .map(({ at, value }, i) => {
      const joined = i > 0 && seen[i - 1]!.at === at - 1;
      return `${joined ? 'L' : 'M'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join('');
  const last = seen.at(-1)!;
  return (
    <svg
      className="purse-sparkline"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={says}
    >
      <path d={path} fill="none" />
      <circle
        className={last.point.state === 'frozen' ? '' : 'purse-provisional'}
        cx={x(last.at)}
        cy={y(last.value)}
        r="3"
      />
    </svg>
  );
}
