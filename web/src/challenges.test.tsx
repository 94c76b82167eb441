import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { password } from '../mock/mock';
import { App } from './app';
import { figuresInWords } from './parts/challenged_figures';
import { returnInWords } from './parts/rate_of_return';

// At once: a heading that takes the focus meanwhile takes no letters.
async function signIn(name: string) {
  fireEvent.change(await screen.findByLabelText('Name'), { target: { value: name } });
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: password } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
}

async function signedIn(name: string, path: string) {
  window.history.replaceState(null, '', path);
  const person = userEvent.setup({ delay: null });
  render(<App />);
  await signIn(name);
  return person;
}

const own = '/practices/X90001/challenges';

describe('likely errors', () => {
  it('are accepted in one click, and then stand among the challenges with their clock', async () => {
    const person = await signedIn('p.finch', own);
    expect(await screen.findByText(/The rules found 2 records that may be wrong/)).toBeVisible();
    await person.click(await screen.findByRole('button', { name: /^Challenge as duplicate/ }));
    expect(await screen.findByText(/^Challenge 1 is on record/)).toBeVisible();
    expect(await screen.findByText(/the commissioner: answer it or pass it/, { selector: '.purse-quiet' })).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Challenge as duplicate/ })).toBeNull();
  });

  it('are dismissed in one click and not shown again', async () => {
    const person = await signedIn('p.finch', own);
    await person.click(await screen.findByRole('button', { name: /^No error\s*record A42/ }));
    expect(await screen.findByText(/^Dismissed: the same event twice, record A42/)).toBeVisible();
    expect(await screen.findByText(/1 dismissed/)).toBeVisible();
    expect(screen.queryByRole('button', { name: /^No error\s*record A42/ })).toBeNull();
  });
});

describe('a challenge', () => {
  it('needs a reason', async () => {
    const person = await signedIn('p.finch', '/practices/X90001?why=non_elective');
    const open = await screen.findAllByRole('button', { name: /^Challenge this record.+/ });
    await person.click(open[0]!);
    await person.click(screen.getByRole('button', { name: 'Challenge this record' }));
    expect(await screen.findByText('Choose a reason.')).toBeVisible();
    await person.selectOptions(screen.getByLabelText('What is wrong with it?'), 'wrong_date');
    await person.click(screen.getByRole('button', { name: 'Challenge this record' }));
    expect(await screen.findByText(/^Challenge \d+ is on record/)).toBeVisible();
  });

  it('is not rejected without words', async () => {
    const gp = await signedIn('p.finch', own);
    await gp.click(await screen.findByRole('button', { name: /^Challenge as duplicate/ }));
    await screen.findByText(/^Challenge 1 is on record/);
    await gp.click(screen.getByRole('button', { name: 'Sign out' }));
    await signIn('f.moss');
    await gp.click(await screen.findByRole('link', { name: 'Challenges' }));
    expect(await screen.findByText(/^1 challenge open/)).toBeVisible();
    await gp.click(screen.getByRole('button', { name: /^What was done/ }));
    await gp.click(await screen.findByRole('button', { name: /^Reject\s*challenge/ }));
    const form = screen.getByLabelText('Your reasons').closest('form')!;
    await gp.click(within(form).getByRole('button', { name: 'Reject' }));
    expect(await screen.findByText('Write a few words.')).toBeVisible();
    await gp.type(screen.getByLabelText('Your reasons'), 'two stays');
    await gp.click(within(form).getByRole('button', { name: 'Reject' }));
    expect(await screen.findByText(/^Challenge 1: rejected/)).toBeVisible();
  });
});

describe('the file that a provider sends back', () => {
  it('is read line by line, and what was refused stays to be read', async () => {
    const person = await signedIn('p.finch', own);
    await person.click(await screen.findByRole('button', { name: /^Challenge as duplicate/ }));
    await screen.findByText(/^Challenge 1 is on record/);
    await person.click(screen.getByRole('button', { name: 'Sign out' }));
    await signIn('i.lane');
    await person.click(await screen.findByRole('link', { name: 'Challenges' }));
    await person.click(await screen.findByRole('button', { name: /^What was done/ }));
    await person.click(await screen.findByRole('button', { name: /^Pass to the provider/ }));
    const form = screen.getByLabelText('A word with it (optional)').closest('form')!;
    await person.click(within(form).getByRole('button', { name: 'Pass to the provider' }));
    const file = new File(['challenge,answer,accepted_pounds,words\n1,accept,,yes\n9,accept,,\n'], 'a.csv', {
      type: 'text/csv',
    });
    await person.upload(await screen.findByLabelText(/^Its answers/), file);
    await person.click(screen.getByRole('button', { name: 'Read the answers' }));
    expect(await screen.findByText('provider has answered')).toBeVisible();
    expect(screen.getByText(/^1 answer on record, 0 said before, 1 refused/)).toBeVisible();
    expect(screen.getByText(/does not wait for the provider/)).toBeVisible();
  });
});

describe('sentences', () => {
  const row = {
    code: 'total', name: 'Total', marked: 5, open: 1, late: 0, upheld: 3, rejected: 1, withdrawn: 0,
    disputed_pence: 100, decided_pence: 100_000, recovered_pence: 61_250,
    recovered_per_thousand: 613, median_days: 9, longest_days: 31,
  };
  it('tell what came back and how long it took', () => {
    expect(returnInWords(row)).toBe(
      '4 challenges decided: £612.50 came back of £1,000.00 (61.3%). Half were answered within 9 days, the slowest in 31.',
    );
    expect(returnInWords({ ...row, upheld: 0, rejected: 0 })).toBe('5 challenges, none of them decided yet.');
  });
  it('add up what is reported and corrected', () => {
    const total = { code: 'total', label: 'Total', disputed_month_pence: 0, disputed_to_date_pence: 5_000, corrected_month_pence: -100, corrected_to_date_pence: -20_000 };
    const of = { code: 'X', month: '2018-03', as_at: '2018-04-19', reported_month_pence: 1, reported_to_date_pence: 100_000, rows: [total], total, corrections: [], to_come_pence: 0 };
    expect(figuresInWords(of)).toContain('corrections of −£200.00 make it £800.00, of which £50.00 is disputed');
    expect(figuresInWords({ ...of, total: null })).toContain('Nothing is disputed');
  });
});
