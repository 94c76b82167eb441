import { describe, expect, it } from 'vitest';
import * as figures from './figures';

describe('figures are written as the program writes them', () => {
  // The cases of src/money/pence_test.cpp.
  it.each([
    [0, '£0'],
    [4_951, '£50'],
    [99_949, '£999'],
    [99_950, '£1,000'],
    [170_000, '£1,700'],
    [994_949, '£9,900'],
    [994_950, '£10,000'],
    [4_812_345, '£48,000'],
    [99_949_949, '£999,000'],
    [99_950_000, '£1.00m'],
    [231_000_000, '£2.31m'],
    [-4_812_345, '−£48,000'],
  ])('%d pence is roughly %s', (pence, text) => expect(figures.roughly(pence)).toBe(text));

  it('exact amounts keep their pence', () => {
    expect(figures.inPounds(123_456_789)).toBe('£1,234,567.89');
    expect(figures.inPounds(-5)).toBe('−£0.05');
    expect(figures.signedPounds(5)).toBe('+£0.05');
    expect(figures.signedPounds(0)).toBe('£0.00');
  });

  it('says over or under, and nothing else', () => {
    expect(figures.overOrUnder(4_800_000)).toBe('£48,000 over');
    expect(figures.overOrUnder(-30_000)).toBe('£300 under');
    expect(figures.overOrUnder(0)).toBe('as budgeted');
    expect(figures.shareOverOrUnder(41, 1000)).toBe('4.1% over');
    expect(figures.shareOverOrUnder(1, 0)).toBeNull();
  });

  it('days are counted in words', () => {
    expect(figures.daysLeft(12)).toBe('12 days left');
    expect(figures.daysLeft(1)).toBe('1 day left');
    expect(figures.daysLeft(0)).toBe('last day');
    expect(figures.daysLeft(-3)).toBe('3 days late');
  });

  it('months and days are in words', () => {
    expect(figures.monthInWords('2018-03')).toBe('March 2018');
    expect(figures.dayInWords('2026-05-01')).toBe('1 May 2026');
    expect(figures.instantInWords('2026-05-01T09:05:00Z')).toBe('1 May 2026, 10:05');
  });
});
