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

  it.each([
    ['roughly, where that tells all apart', [[90_000_000, 94_000_000], [88_000_000, 96_000_000]], '£900,000'],
    ['to the pound, where an end reads as the other', [[231_012_345, 231_098_765]], '£2,310,123'],
    ['to the pound, where one range reads as the other', [[231_012_345, 240_000_000], [230_998_765, 240_010_000]], '£2,310,123'],
    ['to the penny, where nothing else tells them apart', [[12_300, 12_310]], '£123.00'],
    ['roughly, where there is nothing to tell apart', [[4_812_345, 4_812_345], [4_812_345, 4_812_345]], '£48,000'],
  ])('ranges are written %s', (_, ranges, low) => {
    const given = ranges.map(([low_pence, high_pence]) => ({ low_pence: low_pence!, high_pence: high_pence! }));
    expect(figures.writerOf(...given)(given[0]!.low_pence)).toBe(low);
  });

  it('rates have one decimal, and their thousands apart', () => {
    expect(figures.toOneDecimal(1_090.6707)).toBe('1,090.7');
    expect(figures.toOneDecimal(71)).toBe('71.0');
    expect(figures.toOneDecimal(-0.04)).toBe('0.0');
  });

  it('pounds are rounded half up, away from zero', () => {
    expect(figures.toThePound(4_812_350)).toBe('£48,124');
    expect(figures.toThePound(-4_812_349)).toBe('−£48,123');
    expect(figures.toThePound(-49)).toBe('£0');
  });

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
