// Parts of a practice's month that come later than its figures, or only when they are asked for.
import { render, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { pack } from '../mock/pack';
import { Rates } from './parts/rates';
import { signedIn } from './test_signed_in';

/** The variance answers only when told to. */
function withVariance(answer: (ask: () => Promise<Response>) => Promise<Response>) {
  const working = globalThis.fetch as unknown as (request: Request) => Promise<Response>;
  vi.stubGlobal('fetch', (request: Request) =>
    request.url.includes('/variance') ? answer(() => working(request)) : working(request),
  );
}

describe('the reasons', () => {
  const byLine = { name: /^The lines that differ most from their budgets/ };

  it('are waited for, never shown as others first', async () => {
    let release = () => {};
    const released = new Promise<void>((done) => (release = done));
    withVariance((ask) => released.then(ask));
    await signedIn('p.finch');
    expect(await screen.findByText(/^Loading the reasons/)).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: /^Why £[\d,]+ (more|less) than budgeted$/ })).toBeVisible();
    expect(screen.queryByRole('table', byLine)).toBeNull();
    release();
    expect(await screen.findByRole('table', { name: /^The largest reasons/ })).toBeVisible();
    expect(screen.queryByText(/^Loading the reasons/)).toBeNull();
  });

  it('are the lines’ where the variance is not to be had', async () => {
    withVariance(() => Promise.resolve(Response.json({ detail: 'no plan', status: 409 }, { status: 409 })));
    await signedIn('p.finch');
    expect(await screen.findByRole('table', byLine)).toBeVisible();
  });
});

describe('rates, waiting and length of stay', () => {
  const made = pack('X90001', '2018-03')!;

  it('are asked for when they are opened', async () => {
    const asked: string[] = [];
    const working = globalThis.fetch as unknown as (request: Request) => Promise<Response>;
    vi.stubGlobal('fetch', (request: Request) => {
      asked.push(request.url);
      return working(request);
    });
    const packs = () => asked.filter((url) => url.includes('/pack?')).length;
    const person = await signedIn('p.finch');
    const open = await screen.findByRole('button', { name: /^For 1,000 patients/ });
    expect(packs()).toBe(0);
    await person.click(open);
    expect(await screen.findByText(made.stay)).toBeVisible();
    expect(packs()).toBe(1);
  });

  it('stand beside all practices and the country, with a dash for what is not known', () => {
    render(<Rates pack={made} />);
    const lines = screen.getByRole('table', { name: 'Each line, for 1,000 patients a year' });
    expect(within(lines).getAllByRole('row')).toHaveLength(made.lines.length);
    const prescribing = within(lines).getByRole('row', { name: /Prescribing/ });
    expect(within(prescribing).getByText('not known')).toBeInTheDocument();
    expect(within(prescribing).getAllByText(/^\d\d,\d{3}\.\d$/)).toHaveLength(2);
    expect(within(lines).getAllByText('no data loaded').length).toBeGreaterThan(0);
    const planned = screen.getByRole('row', { name: /Planned admissions/ });
    expect(within(planned).getByText('95%: 110.0 to 126.6')).toBeVisible();
    for (const says of [made.national, made.stay, made.waiting!.says, made.challenges]) {
      expect(screen.getByText(says)).toBeVisible();
    }
  });

  it('say why nothing is standardised, and nothing of a waiting list that is not there', () => {
    render(<Rates pack={{ ...made, standardised: [], not_standardised: 'No list by age is known.', waiting: null }} />);
    expect(screen.getByText('No list by age is known.')).toBeVisible();
    expect(screen.queryByText(made.waiting!.says)).toBeNull();
  });
});
