import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { repricing } from '../mock/repricing';
import type { Schemas } from './api/client';
import { roughly } from './figures';
import { repricedInWords, wrongWith } from './parts/repricing';
import { signedIn } from './test_signed_in';

const variance = '/practices/X90001/variance?month=2018-03';

describe('the year at other prices', () => {
  it('is worked out by line for a GP, and adds up', async () => {
    const person = await signedIn('p.finch', variance);
    await person.type(await screen.findByLabelText(/^Market forces factor/), '1.05');
    await person.click(screen.getByRole('button', { name: 'Work it out' }));
    const table = await screen.findByRole('table', { name: /^Fictional Alderbrook Surgery \(X90001\): the year/ });
    const answer = repricing('2018-03', new URLSearchParams('mff=1.05'), 'X90001') as Schemas['Repricing'];
    expect(answer.lines.reduce((sum, line) => sum + line.difference_pence, 0)).toBe(answer.total.difference_pence);
    expect(within(table).getAllByRole('row')).toHaveLength(answer.lines.length + 2);
    expect(screen.getByText(repricedInWords(answer.total, roughly))).toBeVisible();
    expect(screen.getByText('3 records have no price in the other list: the HRG is not in this year’s tariff.')).toBeVisible();
  });

  it('is refused in the server’s own words', async () => {
    const person = await signedIn('p.finch', variance);
    await person.type(await screen.findByLabelText(/^Tariff of the year/), '2009/10');
    await person.click(screen.getByRole('button', { name: 'Work it out' }));
    expect(await screen.findByText(/^there is no price list for 2009\/10/)).toBeVisible();
    await person.clear(screen.getByLabelText(/^Tariff of the year/));
    await person.type(screen.getByLabelText(/^Tariff of the year/), '2016/17');
    await person.click(screen.getByRole('button', { name: 'Work it out' }));
    expect(await screen.findByText(/at the other prices: £[\d,]+ less\.$/)).toBeVisible();
    expect(screen.queryByText(/^there is no price list/)).toBeNull();
  });

  it('of all practices is for the commissioner', async () => {
    const person = await signedIn('f.moss', '/commissioner');
    await person.type(await screen.findByLabelText(/^Market forces factor/), '1.05');
    await person.type(screen.getByLabelText(/^Provider/), 'zx1');
    await person.click(screen.getByRole('button', { name: 'Work it out' }));
    expect(await screen.findByRole('table', { name: /^Fictional Valley Commissioner: the year/ })).toBeVisible();
    expect(screen.getByText(/factor of 1\.050000 for ZX1/)).toBeVisible();
  });

  it('is not asked for while nothing, or something that is no price, is typed', () => {
    const typed = (tariff: string, mff = '', provider = '') => wrongWith({ tariff, mff, provider });
    expect(typed('')).toEqual({ tariff: 'Write a year, a factor, or both.' });
    expect(typed('2017')).toEqual({ tariff: 'Write the year such as 2017/18.' });
    expect(Object.keys(typed('', '1,05'))).toEqual(['mff']);
    expect(Object.keys(typed('', '', 'ZX1'))).toEqual(['provider']);
    expect(Object.keys(typed('2017/18', '', 'ZX1'))).toEqual(['provider']);
    expect(typed('2017/18', '1.05', 'ZX1')).toEqual({});
    expect(typed('2017-18')).toEqual({});
  });

  it('is told in a sentence, also where nothing changes', () => {
    const total = { records: 2, now_pence: 100_000, other_pence: 90_000, difference_pence: -10_000 };
    expect(repricedInWords(total, roughly)).toBe('£1,000 now, £900 at the other prices: £100 less.');
    expect(repricedInWords({ ...total, other_pence: 100_000, difference_pence: 0 }, roughly)).toMatch(/the same\.$/);
  });
});
