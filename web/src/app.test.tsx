import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { practices } from '../mock/made_up';
import { password } from '../mock/mock';
import { App } from './app';
import { mock } from './test_setup';
import { signedIn } from './test_signed_in';

describe('signing in', () => {
  it('brings a GP to the practice’s month', async () => {
    await signedIn('p.finch');
    expect(await screen.findByText(/^To March 2018 you have used about/)).toBeVisible();
    expect(window.location.pathname).toBe('/practices/X90001');
  });

  it('brings everybody to the page that they asked for', async () => {
    await signedIn('f.moss', '/budgets');
    expect(await screen.findByRole('heading', { level: 1, name: 'Budgets 2018/19' })).toBeVisible();
  });

  it('refuses a wrong password in the server’s words and keeps the name', async () => {
    const person = userEvent.setup({ delay: null });
    render(<App />);
    await person.type(await screen.findByLabelText('Name'), 'p.finch');
    await person.type(screen.getByLabelText('Password'), 'wrong');
    await person.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByText('The name or the password is wrong. Try again.')).toBeVisible();
    expect(screen.getByLabelText('Name')).toHaveValue('p.finch');
  });

  it('asks for the code of a second factor, and says when it is wrong', async () => {
    const person = await signedIn('l.hart');
    const code = await screen.findByLabelText('Code from your authenticator');
    await person.type(code, '000000');
    await person.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByText(/That code is wrong/)).toBeVisible();
    await person.type(screen.getByLabelText('Code from your authenticator'), '123 456');
    await person.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByRole('heading', { level: 1, name: /All practices/ })).toBeVisible();
  });

  it('ends with a page that says so', async () => {
    const person = await signedIn('p.finch');
    await person.click(await screen.findByRole('button', { name: 'Sign out' }));
    expect(await screen.findByRole('heading', { name: 'You are signed out' })).toBeVisible();
    expect(screen.queryByText(/you have used/)).toBeNull();
  });
});

describe('what is not there', () => {
  it('a page that is not for one’s role says so, and whom to ask', async () => {
    await signedIn('p.finch', '/commissioner');
    expect(await screen.findByText('Not open to your role')).toBeVisible();
    expect(screen.getByText(/administrator to change your account/)).toBeVisible();
  });

  it('a server that cannot be reached is told, with a way to try again', async () => {
    const working = globalThis.fetch;
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')));
    const person = userEvent.setup({ delay: null });
    render(<App />);
    const again = await screen.findByRole('button', { name: 'Try again' });
    vi.stubGlobal('fetch', working);
    await person.click(again);
    expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeVisible();
  });
});

describe('a demonstration', () => {
  const itIs = /^A demonstration with made-up figures. It is 19 April 2018 here.$/;
  const said = () => screen.findByRole('region', { name: 'Demonstration' });

  it('is said to be one before signing in', async () => {
    render(<App />);
    expect((await said()).textContent).toMatch(itIs);
  });

  it('is said to be one on every page', async () => {
    await signedIn('f.moss');
    await screen.findByRole('heading', { level: 1, name: /All practices/ });
    expect((await said()).textContent).toMatch(itIs);
  });
});

describe('a bad day', () => {
  it('a register that is away is told in words, with a way to try again', async () => {
    const working = globalThis.fetch;
    let away = false;
    vi.stubGlobal('fetch', (request: Request) =>
      away && request.url.includes('/statement')
        ? Promise.resolve(
            Response.json(
              {
                type: '/problems/unavailable',
                title: 'Not to be had now',
                status: 503,
                detail: 'Purse cannot reach its register or its disk just now.',
                request_id: '3f2a9c1d00000009',
              },
              { status: 503 },
            ),
          )
        : working(request),
    );
    const person = await signedIn('f.moss');
    away = true;
    await person.click(await screen.findByRole('link', { name: 'Fictional Alderbrook Surgery' }));
    expect(await screen.findByText(/cannot reach its register/)).toBeVisible();
    expect(screen.getByText(/give the number 3f2a9c1d00000009/)).toBeVisible();
    away = false;
    await person.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/this practice has used about/)).toBeVisible();
  });
});

describe('the commissioner’s table', () => {
  it('opens in the order of the practices’ names', async () => {
    await signedIn('f.moss');
    const table = await screen.findByRole('table', { name: /^Every practice/ });
    const names = within(table).getAllByRole('rowheader').map((one) => one.textContent);
    expect(names.slice(0, practices.length)).toEqual(practices.map(({ name }) => name).sort());
  });

  it('says of each practice how far its data have come', async () => {
    await signedIn('f.moss');
    const row = (await screen.findByRole('link', { name: 'Fictional Dunmere Surgery' })).closest('tr')!;
    expect(within(row).getByText(/no prescribing; \d+ rejected/)).toBeVisible();
  });
});

describe('the practice’s month', () => {
  it('says how it stands beside others, in words beside each line', async () => {
    await signedIn('p.finch');
    expect(
      await screen.findByText('Everything compared is within what practices differ by.'),
    ).toBeVisible();
    expect(await screen.findByRole('columnheader', { name: 'Beside others' })).toBeVisible();
    const link = document.querySelector(
      'a[href="/practices/X90001/measures/ae_attendances?month=2018-03"]',
    );
    expect(link).toHaveTextContent(/within\s+A&E attendances\s+beside other practices/);
  });

  it('says what began lately, with the way to its chart', async () => {
    await signedIn('p.finch');
    expect(await screen.findByText('Began in March 2018, and worth a look:')).toBeVisible();
    const began = screen.getByText(/more than chance gives, since October 2017/);
    expect(within(began).getByRole('link', { name: 'Planned admissions' })).toHaveAttribute(
      'href',
      '/practices/X90001/measures/planned_admissions?month=2018-03',
    );
  });

  it('shows what is in no budget apart, and how the budget changed', async () => {
    await signedIn('p.finch');
    const apart = await screen.findByRole('table', { name: 'What was used and is in no budget' });
    expect(within(apart).getByText('Mental health')).toBeVisible();
    const changes = screen.getByRole('table', { name: /^How the budget was changed/ });
    expect(within(changes).getByText(/38 patients came/)).toBeVisible();
    expect(within(changes).getByText('October 2017')).toBeVisible();
  });

  it('opens the working of a line in place and puts it into the address', async () => {
    const person = await signedIn('p.finch');
    const why = await screen.findByRole('button', { name: /Why\?.*Prescribing/ });
    await person.click(why);
    expect(await screen.findByText('Result')).toBeVisible();
    expect(window.location.search).toContain('why=prescribing');
    await person.click(screen.getByRole('button', { name: /Why\?.*Prescribing/ }));
    expect(screen.queryByText('Result')).toBeNull();
  });

  it('shows records to the GP and says to the manager why not', async () => {
    await signedIn('m.reed', '/practices/X90001?why=total');
    expect(await screen.findByText(/shown to the practice’s clinicians only/)).toBeVisible();
  });

  it('shows every amount to the penny on demand', async () => {
    const person = await signedIn('p.finch');
    await person.click(await screen.findByRole('button', { name: 'Figures to the penny' }));
    const table = screen.getByRole('table', { name: /^The nine lines/ });
    expect(within(table).getAllByText(/^£[\d,]+\.\d\d$/).length).toBeGreaterThan(8);
  });
});

describe('one’s account', () => {
  it('keeps how often letters come', async () => {
    const person = await signedIn('p.finch', '/account');
    await person.selectOptions(await screen.findByLabelText('How often?'), 'At most one a week');
    expect(await screen.findByText('Kept.')).toBeVisible();
    expect(screen.getByLabelText('How often?')).toHaveValue('weekly');
  });
});

describe('the budget', () => {
  const budget = '/practices/X90001/budgets/2018-19';

  it('is agreed by the GP, and then nothing is left to do but to open it again', async () => {
    const person = await signedIn('p.finch', budget);
    await person.click(await screen.findByRole('button', { name: 'Agree' }));
    await person.click(screen.getByRole('button', { name: 'Agree to this budget' }));
    expect(await screen.findByText('You agreed to this budget. It is in force.')).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Agree' })).toBeNull());
    expect(screen.getByRole('button', { name: 'Open again' })).toBeVisible();
  });

  it('is not agreed by the manager', async () => {
    await signedIn('m.reed', budget);
    expect(await screen.findByRole('button', { name: 'Disagree' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Agree' })).toBeNull();
  });

  it('wants reasons from who disagrees', async () => {
    const person = await signedIn('p.finch', budget);
    await person.click(await screen.findByRole('button', { name: 'Disagree' }));
    await person.click(screen.getByRole('button', { name: 'Disagree, with these reasons' }));
    expect(await screen.findByText('Write a few words.')).toBeVisible();
  });

  it('refuses a step on what somebody changed meanwhile, and keeps what was typed', async () => {
    const person = await signedIn('p.finch', budget);
    await person.click(await screen.findByRole('button', { name: 'Comment' }));
    await person.type(screen.getByLabelText('Your comment or question'), 'Which list?');
    const dialogues = (mock as unknown as { dialogues: { act: (...of: unknown[]) => unknown } }).dialogues;
    dialogues.act('X90001', { name: 'M Reed', role: 'practice_manager' }, { step: 'comment', says: 'Mine first.' });
    await person.click(screen.getByRole('button', { name: 'Send the comment' }));
    const told = await screen.findByRole('alert');
    expect(within(told).getByText(/Somebody else has taken a step while you wrote/)).toBeVisible();
    expect(await within(told).findByText('Mine first.')).toBeVisible();
    expect(screen.getByLabelText('Your comment or question')).toHaveValue('Which list?');
    await person.click(screen.getByRole('button', { name: 'Send the comment' }));
    expect(await screen.findByText(/Your comment is on record/)).toBeVisible();
  });

  it('a session that ended asks to sign in again, and the step is then taken', async () => {
    const person = await signedIn('p.finch', budget);
    await person.click(await screen.findByRole('button', { name: 'Comment' }));
    await person.type(screen.getByLabelText('Your comment or question'), 'After lunch.');
    mock.endSessions();
    await person.click(screen.getByRole('button', { name: 'Send the comment' }));
    const dialog = await screen.findByRole('dialog', { name: 'Your session has ended' });
    await person.type(within(dialog).getByLabelText('Password'), password);
    await person.click(within(dialog).getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByText(/Your comment is on record/)).toBeVisible();
    expect(await screen.findByText('After lunch.')).toBeVisible();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('what is typed survives a reload', async () => {
    const person = await signedIn('p.finch', budget);
    await person.click(await screen.findByRole('button', { name: 'Comment' }));
    await person.type(screen.getByLabelText('Your comment or question'), 'Half a thou');
    expect(sessionStorage.getItem('purse.typed.X90001.2018/19.comment')).toBe('Half a thou');
  });
});
