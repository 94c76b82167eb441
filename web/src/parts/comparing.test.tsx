import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { practices } from '../../mock/made_up';
import { comparison, practiceMeasure, prescribing } from '../../mock/measures';
import { barsOfSavings } from '../pages/prescribing';
import { chartInWords, drawnOf, isSpecial } from './control_chart';
import { edgesOf, funnelInWords, type Point } from './funnel_chart';
import { StandingMark, VariationIcon } from './standing';

const month = '2018-03';
const own = practices[0]!.code;

describe('the funnel', () => {
  const first = comparison('first_outpatient', month)!;

  it('says how many lie outside and that all others are inside', () => {
    expect(funnelInWords(first.practices, '')).toMatch(
      /^1 of \d+ practices lies outside the funnel; all others lie inside\.$/,
    );
  });

  it('names nobody where all are inside', () => {
    const follow = comparison('follow_up', month)!;
    expect(funnelInWords(follow.practices, '')).toBe(
      `All ${practices.length} practices lie inside the funnel.`,
    );
  });

  it('says why there is none', () => {
    expect(funnelInWords([], 'too few practices')).toBe('No funnel: too few practices.');
  });

  it('tells the practice where it stands itself', () => {
    const mine = practiceMeasure(own, 'first_outpatient', month)!;
    expect(funnelInWords(mine.funnel, '')).toMatch(/This practice: inside\.$/);
  });

  it('has limits that close in as more is expected', () => {
    const edges = edgesOf(first.practices, 'limits_998');
    expect(edges).toHaveLength(practices.length);
    for (let at = 1; at < edges.length; ++at) {
      expect(edges[at]!.expected).toBeGreaterThanOrEqual(edges[at - 1]!.expected);
      expect(edges[at]!.upper).toBeLessThanOrEqual(edges[at - 1]!.upper);
      expect(edges[at]!.lower).toBeGreaterThanOrEqual(edges[at - 1]!.lower);
    }
  });

  it('leaves out what is too small to show', () => {
    const hidden: Point = {
      expected: 3, rate: null, standing: 'cannot_tell', limits_95: null, limits_998: null,
    };
    expect(edgesOf([hidden], 'limits_95')).toEqual([]);
    expect(funnelInWords([hidden], '')).toBe('All 0 practices lie inside the funnel.');
  });
});

describe('the control chart', () => {
  const chart = practiceMeasure(own, 'emergency_admissions', month)!.chart!;

  it('says since when months stand out', () => {
    expect(chartInWords(chart)).toBe('9 of 24 months stand out, the first of them July 2017.');
    expect(chart.months.filter(isSpecial)[0]!.month).toBe('2017-07');
  });

  it('says who moved the limits and why', () => {
    const rebases = [{ from: '2017-07', person: 'I Lane', reason: 'the clinic opened', at: '' }];
    expect(chartInWords({ ...chart, rebases })).toContain(
      'Limits start anew in July 2017 (I Lane: the clinic opened).',
    );
  });

  it('draws every month at its first day', () => {
    const drawn = drawnOf(chart);
    expect(drawn).toHaveLength(24);
    expect(drawn[0]!.at.toISOString()).toBe('2016-04-01T00:00:00.000Z');
    expect(drawn[0]!.lower).toBe(78);
  });
});

describe('how a practice stands', () => {
  it('is a word beside its shape', () => {
    render(<StandingMark standing="above" />);
    expect(screen.getByText('more')).toBeInTheDocument();
  });

  it('has an icon that is read out', () => {
    render(<VariationIcon icon={{ letter: 'L', colour: 'purple', says: 'special cause: lower' }} />);
    expect(screen.getByText('special cause: lower')).toBeInTheDocument();
  });
});

describe('savings on prescribing', () => {
  const report = prescribing(own, month)!;

  it('are one figure: the list, the picture and the sentence say the same', () => {
    const listed = report.savings.reduce((sum, one) => sum + one.saving_pence, 0);
    const drawn = barsOfSavings(report).reduce((sum, one) => sum + one.pence, 0);
    expect(listed).toBe(report.savings_pence);
    expect(drawn).toBe(report.savings_pence);
    expect(report.savings_says).toContain(
      (report.savings_pence / 100).toLocaleString('en-GB', { minimumFractionDigits: 2 }),
    );
  });

  it('are drawn without others where there are few', () => {
    const few = { ...report, savings: report.savings.slice(0, 2) };
    expect(barsOfSavings(few)).toHaveLength(2);
  });
});
