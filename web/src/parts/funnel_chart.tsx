// Every practice's rate over how much is expected of it, with the limits between which practices lie
// anyway. Inside them nobody has a rank or a name.
import type { Schemas } from '../api/client';
import { plural } from '../figures';
import { Picture } from './picture';
import { standingWord } from './standing';

type Limits = Schemas['Limits'];

/** A point of the funnel: one's own has a name, and so have, for the commissioner, those outside. */
export interface Point {
  expected: number | null;
  rate: number | null;
  standing: Schemas['PeerStanding'];
  limits_95: Limits;
  limits_998: Limits;
  name?: string;
  own?: boolean;
}

interface Seen extends Point {
  expected: number;
  rate: number;
}

const seenOf = (points: Point[]): Seen[] =>
  points.filter((point): point is Seen => point.rate !== null && (point.expected ?? 0) > 0);

export interface Edge {
  expected: number;
  lower: number;
  upper: number;
}

/** The limits as lines, from few expected to many. */
export function edgesOf(points: Point[], which: 'limits_95' | 'limits_998'): Edge[] {
  return points
    .flatMap((point) => {
      const limits = point[which];
      return limits && point.expected !== null
        ? [{ expected: point.expected, lower: limits.lower, upper: limits.upper }]
        : [];
    })
    .sort((a, b) => a.expected - b.expected);
}

/** The picture in words. */
export function funnelInWords(points: Point[], why: string): string {
  if (why) return `No funnel: ${why}.`;
  const told = points.filter((point) => point.standing !== 'cannot_tell');
  const outside = told.filter((point) => point.standing !== 'within').length;
  const own = points.find((point) => point.own);
  const all =
    outside === 0
      ? `All ${plural(told.length, 'practice')} lie inside the funnel.`
      : `${outside} of ${plural(told.length, 'practice')} ${outside === 1 ? 'lies' : 'lie'} outside the funnel; all others lie inside.`;
  if (!own) return all;
  return `${all} This practice: ${own.standing === 'within' ? 'inside' : standingWord(own.standing)}.`;
}

const colours = { within: '#4c6272', above: '#7c2855', below: '#005eb8', cannot_tell: '#768692' };
const symbols = { within: 'circle', above: 'triangle', below: 'diamond', cannot_tell: 'circle' } as const;

export function FunnelChart({
  points,
  reference,
  why,
  counts,
}: {
  points: Point[];
  reference: number | null;
  why: string;
  counts: string;
}) {
  const seen = seenOf(points);
  const says = funnelInWords(points, why);
  if (seen.length < 2) return <p>{says}</p>;
  return (
    <Picture
      says={`${says} Dots stand higher the more ${counts} there are for 1,000 patients, and further right the more are expected. Between the inner lines lie 95% of practices, between the outer ones 99.8%.`}
      of={points}
      draw={(Plot, width) =>
        Plot.plot({
          className: 'purse-plot',
          width,
          height: Math.min(420, Math.max(260, width * 0.5)),
          marginLeft: 52,
          marginBottom: 44,
          x: { label: 'expected in a year →', grid: true, nice: true, ticks: width < 520 ? 4 : 8 },
          y: { label: '↑ for 1,000 patients a year', grid: true, nice: true, zero: false },
          marks: [
            ...(['limits_998', 'limits_95'] as const).flatMap((which) => {
              const edges = edgesOf(points, which);
              const strokeDasharray = which === 'limits_95' ? '4 3' : undefined;
              return (['lower', 'upper'] as const).map((end) =>
                Plot.line(edges, { x: 'expected', y: end, stroke: '#005eb8', strokeDasharray }),
              );
            }),
            ...(reference === null ? [] : [Plot.ruleY([reference], { stroke: '#212b32' })]),
            Plot.dot(seen, {
              x: 'expected',
              y: 'rate',
              r: (point: Seen) => (point.own ? 7 : 4),
              symbol: (point: Seen) => symbols[point.standing],
              fill: (point: Seen) => (point.standing === 'cannot_tell' ? 'white' : colours[point.standing]),
              stroke: (point: Seen) => (point.own ? '#212b32' : colours[point.standing]),
              strokeWidth: (point: Seen) => (point.own ? 2.5 : 1),
            }),
            Plot.text(
              seen.filter((point) => point.name),
              { x: 'expected', y: 'rate', text: 'name', dy: -12, fontWeight: 600 },
            ),
          ],
        })
      }
    />
  );
}
