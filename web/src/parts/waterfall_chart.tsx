// The steps of a budget as a picture. Observable Plot is large and comes only with this picture; the
// same story stands in words above it and in the table below it.
import { useEffect, useRef } from 'react';
import type { Schemas } from '../api/client';
import { roughly, signedRoughly } from '../figures';

type Step = Schemas['Waterfall']['steps'][number];

export interface Bar {
  title: string;
  from: number;
  to: number;
  kind: 'level' | 'more' | 'less';
  says: string;
}

/** Each step from where the one before ended; a level from zero. In pounds. */
export function barsOf(steps: Step[]): Bar[] {
  let sum = 0;
  return steps.map((step) => {
    const from = step.is_level ? 0 : sum;
    sum = step.is_level ? step.pence : sum + step.pence;
    return {
      title: step.title,
      from: from / 100,
      to: sum / 100,
      kind: step.is_level ? 'level' : step.pence < 0 ? 'less' : 'more',
      says: step.is_level ? roughly(step.pence) : signedRoughly(step.pence),
    };
  });
}

/** Steps are small beside levels: the picture begins a little below the lowest of them. */
export function beginOf(bars: Bar[]): number {
  const ends = bars.flatMap((bar) => (bar.kind === 'level' ? [bar.to] : [bar.from, bar.to]));
  const lowest = Math.min(...ends);
  const spread = Math.max(...ends) - lowest;
  const begin = lowest - spread * 0.5;
  return begin < lowest * 0.3 ? 0 : Math.floor(begin / 1000) * 1000;
}

/** The story of the picture in two sentences. */
export function waterfallInWords(steps: Step[]): string {
  const first = steps[0];
  const last = steps.at(-1);
  if (!first || !last) return '';
  const moves = steps
    .filter((step) => !step.is_level && step.pence !== 0)
    .sort((a, b) => Math.abs(b.pence) - Math.abs(a.pence))
    .slice(0, 3)
    .map((step) => `${step.title} (${signedRoughly(step.pence)})`);
  const story = `It begins with ${roughly(first.pence)} (${first.title.toLowerCase()}) and comes to ${roughly(last.pence)} (${last.title.toLowerCase()}).`;
  return moves.length ? `${story} The largest steps: ${moves.join(', ')}.` : story;
}

const heightOf = (bars: Bar[], narrow: boolean) => bars.length * (narrow ? 46 : 30) + 30;
const colours = { level: '#005eb8', more: '#00786c', less: '#7c2855' };

export function WaterfallChart({ steps }: { steps: Step[] }) {
  const place = useRef<HTMLDivElement>(null);
  const bars = barsOf(steps);
  const begin = beginOf(bars);

  useEffect(() => {
    const element = place.current;
    if (!element || !bars.length) return;
    let current = true;
    const draw = async () => {
      const Plot = await import('@observablehq/plot');
      if (!current) return;
      const width = Math.max(element.clientWidth, 260);
      const narrow = width < 520;
      const most = Math.max(...bars.map((bar) => Math.max(bar.from, bar.to)));
      const picture = Plot.plot({
        className: 'purse-plot',
        width,
        height: heightOf(bars, narrow),
        // Where there is no room beside the bars, their names stand above them.
        marginLeft: narrow ? 4 : 200,
        marginRight: 76,
        marginTop: 0,
        marginBottom: 24,
        x: {
          domain: [begin, most],
          axis: 'bottom',
          ticks: narrow ? 2 : 5,
          tickFormat: (pounds: number) => roughly(pounds * 100),
          label: null,
          grid: true,
        },
        y: {
          domain: bars.map((bar) => bar.title),
          axis: narrow ? null : 'left',
          label: null,
          tickSize: 0,
          padding: narrow ? 0 : 0.25,
        },
        marks: [
          Plot.barX(bars, {
            x1: (bar: Bar) => Math.max(Math.min(bar.from, bar.to), begin),
            x2: (bar: Bar) => Math.max(bar.from, bar.to),
            y: 'title',
            fill: (bar: Bar) => colours[bar.kind],
            insetTop: narrow ? 22 : 0,
            insetBottom: narrow ? 4 : 0,
          }),
          Plot.text(bars, {
            x: (bar: Bar) => Math.max(bar.from, bar.to),
            y: 'title',
            text: 'says',
            textAnchor: 'start',
            dx: 6,
            dy: narrow ? 9 : 0,
          }),
          ...(narrow
            ? [
                Plot.text(bars, {
                  y: 'title',
                  text: 'title',
                  frameAnchor: 'left',
                  textAnchor: 'start',
                  dy: -12,
                }),
              ]
            : []),
        ],
      });
      // Plot's own style element is inline, which the content security policy rightly forbids; what it
      // says stands in our style sheet.
      picture.querySelectorAll('style').forEach((style) => style.remove());
      picture.setAttribute('aria-hidden', 'true');
      element.replaceChildren(picture);
    };
    void draw();
    const watch = new ResizeObserver(() => void draw());
    watch.observe(element);
    return () => {
      current = false;
      watch.disconnect();
    };
    // The bars follow from the steps.
  }, [steps]);

  return (
    <figure className="purse-waterfall">
      <div ref={place} style={{ minHeight: heightOf(bars, false) }} />
      <figcaption className="purse-quiet">
        {waterfallInWords(steps)}
        {begin > 0 ? ` The picture begins at ${roughly(begin * 100)}, not at zero.` : ''}
      </figcaption>
    </figure>
  );
}
