// A practice's measure month by month between the limits that its own months make: NHS England's
// Making Data Count.
import type { Schemas } from '../api/client';
import { monthInWords } from '../figures';
import { Picture } from './picture';

type Chart = Schemas['MeasureChart'];
type Month = Schemas['ChartMonth'];

export const isSpecial = (month: Month) => month.type !== 'common_cause';

/** "Outside the limits", ...: the rule that finds a month special. */
export const ruleInWords: Record<string, string> = {
  'Common Cause': '',
  'Above UCL': 'above the limit',
  'Below LCL': 'below the limit',
  '7 Point Trend (Increasing)': 'seven months rising',
  '7 Point Trend (Decreasing)': 'seven months falling',
  '2 in 3 Above CL': 'two of three near the upper limit',
  '2 in 3 Below CL': 'two of three near the lower limit',
  '7 Points Above CL': 'seven months above the mean',
  '7 Points Below CL': 'seven months below the mean',
};

/** The chart in words, beside its sentence: how many months stand out, and since when limits hold. */
export function chartInWords(chart: Chart): string {
  const special = chart.months.filter(isSpecial);
  const found =
    special.length === 0
      ? 'No month stands out.'
      : `${special.length} of ${chart.months.length} months stand out, the first of them ${monthInWords(special[0]!.month)}.`;
  const moved = chart.rebases.map(
    (rebase) => `Limits start anew in ${monthInWords(rebase.from)} (${rebase.person}: ${rebase.reason}).`,
  );
  return [found, ...moved].join(' ');
}

const dateOf = (month: string) => new Date(`${month}-01T00:00:00Z`);

interface Drawn extends Month {
  at: Date;
  lower: number | null;
  upper: number | null;
  low_decile: number | null;
  high_decile: number | null;
}

export const drawnOf = (chart: Chart): Drawn[] =>
  chart.months.map((month) => ({
    ...month,
    at: dateOf(month.month),
    lower: month.limits?.lower ?? null,
    upper: month.limits?.upper ?? null,
    low_decile: month.deciles?.[0] ?? null,
    high_decile: month.deciles?.[8] ?? null,
  }));

export function ControlChart({ chart }: { chart: Chart }) {
  if (chart.why || chart.months.length < 2) return <p>{chart.says}</p>;
  const drawn = drawnOf(chart);
  return (
    <Picture
      says={`${chartInWords(chart)} The line in the middle is the mean, the dashed lines are the limits of its own months; the grey band holds eight practices in ten.`}
      of={chart}
      draw={(Plot, width) =>
        Plot.plot({
          className: 'purse-plot',
          width,
          height: Math.min(380, Math.max(240, width * 0.42)),
          marginLeft: 52,
          marginBottom: 44,
          x: { label: null, type: 'utc', ticks: width < 520 ? 4 : 8 },
          y: { label: '↑ for every 100 expected', grid: true, nice: true },
          marks: [
            Plot.areaY(
              drawn.filter((month) => month.low_decile !== null),
              { x: 'at', y1: 'low_decile', y2: 'high_decile', fill: '#e8edee' },
            ),
            Plot.line(drawn, { x: 'at', y: 'mean', z: 'group', stroke: '#212b32' }),
            ...(['lower', 'upper'] as const).map((end) =>
              Plot.line(drawn, { x: 'at', y: end, z: 'group', stroke: '#4c6272', strokeDasharray: '5 4' }),
            ),
            Plot.line(drawn, { x: 'at', y: 'index', stroke: '#768692' }),
            Plot.dot(drawn, {
              x: 'at',
              y: 'index',
              r: (month: Drawn) => (isSpecial(month) ? 6 : 4),
              symbol: (month: Drawn) =>
                month.type === 'special_cause_neutral_high'
                  ? 'triangle'
                  : month.type === 'special_cause_neutral_low'
                    ? 'diamond'
                    : 'circle',
              fill: (month: Drawn) => (isSpecial(month) ? '#330072' : '#768692'),
            }),
          ],
        })
      }
    />
  );
}
