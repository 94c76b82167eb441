// What people do with the pages, in a real browser, from signing in to the other side seeing it.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { accessible, fits, newPage, openSite, real, settled, shot, shots, signIn, type People, type Site } from './support.ts';

let site: Site;
before(async () => {
  site = await openSite(8482);
});
after(() => site.close());

/** "+£1,234.56" or "−£5.00" as pence. */
function pence(text: string): number {
  const found = /([+−]?)£([\d,]+)\.(\d\d)/.exec(text);
  assert.ok(found, `no amount in "${text}"`);
  const size = Number(found[2]!.replaceAll(',', '')) * 100 + Number(found[3]);
  return found[1] === '−' ? -size : size;
}

async function session(page: Page) {
  return page.evaluate(async () => (await fetch('/api/v1/session')).json());
}

async function budget_path(page: Page): Promise<string> {
  const { organisation, budget_year } = await session(page);
  return `/practices/${organisation.code}/budgets/${budget_year.replace('/', '-')}`;
}

/** Where each role begins, and what stands there. */
const firsts: [role: keyof People, path: RegExp, shows: RegExp][] = [
  ['gp', /^\/practices\/\w+$/, /you have used about/],
  ['manager', /^\/practices\/\w+$/, /you have used about/],
  ['finance', /^\/commissioner$/, /the practices have used about|Every practice/],
  ['information', /^\/(commissioner|data)$/, /Every practice|Load a month/],
  ['administrator', /^\/accounts$/, /Make the account/],
  ['lead', /^\/commissioner$/, /Your role does not see small numbers/],
  ['panel', /^\/commissioner$/, /Your role does not see small numbers/],
  ['arbiter', /^\/(budgets|commissioner)/, /Budgets|Every practice/],
  ['auditor', /^\/commissioner$/, /Your role does not see small numbers/],
  ['analyst', /^\/commissioner$/, /Your role does not see small numbers/],
];

test('every role signs in, and begins where its work is', async (t) => {
  for (const [role, path, shows] of firsts) {
    const person = site.people[role];
    await t.test(role, { skip: person ? false : 'nobody of this role here' }, async () => {
      const { page, context, faults } = await newPage(site);
      await signIn(page, site, person!);
      await settled(page);
      assert.match(new URL(page.url()).pathname, path);
      await page.locator('main').getByText(shows).first().waitFor();
      await shot(page, `first-${role}`);
      await accessible(page, `the first page of ${role}`);
      assert.deepEqual(faults, []);
      await context.close();
    });
  }
});

test('a GP takes the month on paper: the pack as a PDF', async () => {
  const { page, context, faults } = await newPage(site);
  await signIn(page, site, site.people.gp!);
  const link = page.getByRole('link', { name: 'Download the monthly pack as Pack PDF' });
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const bytes = readFileSync(await file.path());
  assert.equal(bytes.subarray(0, 5).toString(), '%PDF-');
  if (real) assert.match(file.suggestedFilename(), /^\w+-pack-\d{4}-\d{2}\.pdf$/);
  assert.deepEqual(faults, []);
  await context.close();
});

test('a reader without small numbers has the page, its files and its workings, all of one table', { skip: real ? false : 'the same as everybody on the mock' }, async () => {
  const { page, context, faults } = await newPage(site);
  await signIn(page, site, site.people.lead!);
  await page.locator('#practices').waitFor();
  const link = page.locator('tbody a[href^="/practices/"]').first();
  const code = /practices\/(\w+)/.exec((await link.getAttribute('href'))!)![1]!;
  await link.click();
  await page.getByText(/Your role does not see small numbers/).first().waitFor();
  await settled(page);
  await page.getByRole('button', { name: 'How was this worked out?' }).first().click();
  await page.locator('.purse-working').first().getByText('Result').waitFor();
  await shot(page, 'story-gated');
  await accessible(page, 'a statement through the gate');
  const got = await page.evaluate(async (practice) => {
    const of = `/api/v1/practices/${practice}/statement`;
    const asked = await Promise.all([fetch(of), fetch(`${of}?format=csv`), fetch(`${of}?format=xlsx`), fetch(`${of}?format=html`)]);
    return { page: await asked[0]!.json(), csv: await asked[1]!.text(), statuses: asked.map((one) => one.status) };
  }, code);
  assert.deepEqual(got.statuses, [200, 200, 200, 400]);
  const [, ...lines] = got.csv.trim().split(/\r?\n/);
  assert.equal(lines.length, got.page.rows.length + 1);
  assert.deepEqual(faults, []);
  await context.close();
});

test('a GP reads in one sentence where the practice stands, and why in at most three clicks', async () => {
  const { page, faults } = await newPage(site);
  await signIn(page, site, site.people.gp); // one click: Sign in
  const says = await page.locator('.purse-answer-says').innerText();
  assert.match(says, /^To \w+ \d{4} you have used about £[\d.,]+m? of £[\d.,]+m?: £[\d.,]+m? (over|under)/);
  await page.getByText('This budget is indicative: it never limits the care a patient may be given.').waitFor();
  await page.getByRole('button', { name: 'How was this worked out?' }).first().click(); // the second
  const working = page.locator('.purse-working').first();
  await working.getByText('Result').waitFor();
  const amounts = await working.locator('tbody .purse-number').allInnerTexts();
  const sums = amounts.filter((text) => text !== '').map(pence);
  const result = sums.pop()!;
  assert.equal(sums.reduce((all, one) => all + one, 0), result, 'the steps add up to the result');
  await shot(page, 'story-why');
  await accessible(page, 'the working of the total');
  assert.deepEqual(faults, []);
  await page.context().close();
});

test('the reasons add up to the difference, to the penny', async () => {
  const { page } = await newPage(site);
  await signIn(page, site, site.people.gp);
  await page.getByRole('button', { name: 'Figures to the penny' }).click();
  const amounts = (await page.locator('.purse-reasons td').allInnerTexts()).map(pence);
  const together = amounts.pop()!;
  assert.equal(amounts.length, 4);
  assert.equal(amounts.reduce((all, one) => all + one, 0), together);
  await page.context().close();
});

test('why am I over: from the reasons to every part and condition, and all of it adds up to the penny', async () => {
  const { page, context, faults } = await newPage(site);
  await signIn(page, site, site.people.gp);
  await page.getByRole('button', { name: 'Figures to the penny' }).click();
  const together = pence((await page.locator('.purse-reasons td').allInnerTexts()).at(-1)!);
  await page.getByRole('link', { name: 'All the parts, line by line' }).click();
  await page.getByRole('heading', { level: 1, name: 'Why: the variance explained' }).waitFor();
  await settled(page);
  if (await page.getByRole('button', { name: 'Figures to the penny' }).getAttribute('aria-pressed') !== 'true') {
    await page.getByRole('button', { name: 'Figures to the penny' }).click();
  }
  // Budget to date, the parts, what is reported: one sum.
  const rows = page.locator('section[aria-labelledby=parts] tbody tr');
  const reported = page.locator('section[aria-labelledby=parts] tbody tr', { hasText: 'Used, as reported' });
  await reported.waitFor();
  const steps: number[] = [];
  for (const row of await rows.all()) {
    const amount = await row.locator('td.purse-number').first().innerText().catch(() => '');
    if (!/£/.test(amount)) continue;
    if (/Used, as reported/.test(await row.innerText())) break;
    steps.push(pence(amount));
  }
  const used = pence(await reported.locator('td.purse-number').first().innerText());
  assert.equal(steps.reduce((all, one) => all + one, 0), used, 'budget and parts are what is reported');
  assert.equal(used - steps[0]!, together, 'and the parts are the difference that the first page says');
  await shot(page, 'story-variance');
  await accessible(page, 'the variance');

  const apart = async () => {
    const found: { name: string; amounts: number[] }[] = [];
    for (const row of await page.locator('section[aria-labelledby=apart] tbody tr').all()) {
      const amounts = await row.locator('td.purse-number').allInnerTexts();
      found.push({ name: (await row.locator('th, td').first().innerText()).trim(), amounts: amounts.map(pence) });
    }
    return found;
  };
  const lines = await apart();
  assert.ok(lines.length > 3);
  for (const { name, amounts } of lines) {
    // The variance and its seven parts; what is not yet reported and held out stand beside it.
    assert.equal(amounts.slice(1, 8).reduce((all, one) => all + one, 0), amounts[0], name);
  }
  assert.equal(lines.reduce((all, one) => all + one.amounts[0]!, 0), together);

  await page.getByLabel('Line', { exact: true }).selectOption('non_elective');
  await page.getByLabel('Taken apart by').selectOption('specialty');
  await page.getByRole('heading', { name: 'By specialty' }).waitFor();
  await settled(page);
  const of_line = lines.find((one) => /[Nn]on-elective/.test(one.name));
  const specialties = await apart();
  assert.ok(of_line && specialties.length > 0);
  assert.equal(specialties.reduce((all, one) => all + one.amounts[0]!, 0), of_line.amounts[0]);
  await page.getByRole('button', { name: 'Patients whose hospital care cost most' }).click();
  await page.locator('section[aria-labelledby=patients] .purse-working tbody tr').first().waitFor();
  await shot(page, 'story-variance-patients');
  assert.deepEqual(faults, []);
  await context.close();
});

test('a GP, and the commissioner for all, works out the year at another factor, and the lines add up to the difference', async () => {
  for (const who of ['gp', 'finance'] as const) {
    const { page, context, faults } = await newPage(site);
    await signIn(page, site, site.people[who], '/');
    if (who === 'gp') await page.getByRole('link', { name: 'All the parts, line by line' }).click();
    const panel = page.locator('section[aria-labelledby=repricing]');
    await panel.getByRole('button', { name: 'Work it out' }).click();
    await panel.getByText('Write a year, a factor, or both.').first().waitFor();
    await panel.getByLabel(/^Market forces factor/).fill('1.05');
    await panel.getByLabel(/^Market forces factor/).press('Enter');
    await panel.getByRole('status').getByText(/ at the other prices: £[\d.,]+m? (more|less)\.$/).waitFor();
    await page.getByRole('button', { name: 'Figures to the penny' }).click();
    const differences = (await panel.locator('tbody tr td:last-child').allInnerTexts()).map(pence);
    const total = differences.pop()!;
    assert.ok(differences.length > 3 && total !== 0);
    assert.equal(differences.reduce((all, one) => all + one, 0), total);
    await shot(page, `story-repricing-${who}`);
    await accessible(page, `the year at other prices for ${who}`);
    await page.setViewportSize({ width: 320, height: 640 });
    await fits(page, `the year at other prices for ${who}`);
    await shot(page, `story-repricing-${who}-narrow`);
    await page.setViewportSize({ width: 1280, height: 900 });
    await panel.getByLabel(/^Tariff of the year/).fill('1999/00');
    await panel.getByRole('button', { name: 'Work it out' }).click();
    await panel.getByRole('alert').getByText(/1999\/00/).waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  }
});

test('a GP opens rates, waiting and length of stay below the nine lines', async () => {
  const { page, context, faults } = await newPage(site);
  await signIn(page, site, site.people.gp);
  const panel = page.locator('section[aria-labelledby=rates]');
  const open = panel.getByRole('button', { name: /^For 1,000 patients/ });
  await open.focus();
  await page.keyboard.press('Enter');
  await panel.getByText(/^Mean stay of a non-elective spell/).waitFor();
  assert.match(await panel.getByRole('row', { name: /Prescribing/ }).innerText(), /\d\d,\d{3}\.\d/);
  await shot(page, 'story-rates');
  await accessible(page, 'rates opened');
  await page.setViewportSize({ width: 320, height: 640 });
  await fits(page, 'rates opened');
  await shot(page, 'story-rates-narrow');
  assert.deepEqual(faults, []);
  await context.close();
});

test('a reason leads to its own working, and the address keeps it', async () => {
  const { page } = await newPage(site);
  await signIn(page, site, site.people.gp);
  await page.locator('.purse-reasons a').first().click();
  await page.locator('.purse-working').getByText('Result').first().waitFor();
  const address = page.url();
  assert.match(address, /(why|part)=/);
  await page.goto(address);
  await page.locator('.purse-working').getByText('Result').first().waitFor();
  await page.context().close();
});

test('a GP comments on a step, the commissioner answers and revises, the GP agrees, and the commissioner sees it', async () => {
  const gp = await newPage(site);
  const finance = await newPage(site);
  const { page } = gp;
  await signIn(page, site, site.people.gp);
  const budget = await budget_path(page);
  await page.getByRole('link', { name: 'Review the offer' }).click();
  await page.getByRole('heading', { name: 'How it was worked out' }).waitFor();
  const comment = 'Is this the list after the new estate opened?';
  await page.getByRole('button', { name: /^Comment on this step\W+Your list$/ }).click();
  await page.getByLabel('Your comment on “Your list”').fill(comment);
  await page.getByRole('button', { name: 'Send the comment' }).click();
  await page.locator('.purse-comment').getByText(comment).waitFor();
  await shot(page, 'story-comment');

  await signIn(finance.page, site, site.people.finance, budget);
  await finance.page.locator('.purse-comment').getByText(comment).waitFor();
  await finance.page.getByRole('button', { name: 'Answer', exact: true }).click();
  await finance.page.getByLabel('Your answer to the practice').fill('It is the list of 1 January; the revised offer takes the new one.');
  await finance.page.getByRole('button', { name: 'Send the answer' }).click();
  await finance.page.getByText('Your answer is on record.').waitFor();
  await finance.page.getByRole('button', { name: 'Make an offer' }).click();
  const drafts = await finance.page.getByLabel('Which draft?').locator('option').allInnerTexts();
  await finance.page.getByLabel('Which draft?').selectOption(drafts.at(-1)!);
  await finance.page.getByRole('button', { name: 'Make this offer' }).click();
  await finance.page.getByText('The offer is on record.').waitFor();

  await page.reload();
  await page.getByText('It is the list of 1 January').first().waitFor();
  await page.getByRole('button', { name: 'Agree', exact: true }).click();
  await shot(page, 'story-agree');
  await page.getByRole('button', { name: 'Agree to this budget' }).click();
  await page.getByText('You agreed to this budget. It is in force.').waitFor();
  await page.locator('.purse-answer').getByText('agreed', { exact: true }).waitFor();

  await finance.page.goto(`${site.url}/budgets`);
  const { organisation } = await session(page);
  const row = finance.page.locator('tr', { hasText: organisation.name });
  await row.getByText('agreed', { exact: true }).waitFor();
  await shot(finance.page, 'story-agreed');
  assert.deepEqual([...gp.faults, ...finance.faults], []);
  await gp.context.close();
  await finance.context.close();
});

test('a GP challenges a record, the commissioner upholds it, and the credit names the challenge', async () => {
  const gp = await newPage(site);
  const finance = await newPage(site);
  const { page } = gp;
  await signIn(page, site, site.people.gp);
  const { organisation } = await session(page);
  await page.goto(`${site.url}/practices/${organisation.code}?why=non_elective`);
  const record = page.locator('.purse-below .purse-records li').first();
  await record.getByRole('button', { name: /^Challenge this record ./ }).click();
  await record.getByLabel('What is wrong with it?').selectOption('duplicate');
  await record.getByLabel('A note (optional)').fill('one stay, two records');
  await shot(page, 'story-challenge-mark');
  await record.getByRole('button', { name: 'Challenge this record', exact: true }).click();
  const said = record.locator('.purse-done');
  await said.waitFor();
  const number = /^Challenge (\d+) is on record: £[\d,.]+ is disputed/.exec(await said.innerText())![1]!;

  await signIn(finance.page, site, site.people.finance, '/challenges');
  const waiting = finance.page.locator('.purse-challenges > li', { hasText: `${number}: duplicate` });
  await waiting.getByRole('button', { name: /^What was done/ }).click();
  await waiting.getByText('one stay, two records').first().waitFor();
  await waiting.getByRole('button', { name: `Uphold challenge ${number}` }).click();
  await waiting.getByLabel('Credit in pounds').waitFor();
  await shot(finance.page, 'story-challenge-uphold');
  await accessible(finance.page, 'a challenge opened');
  await waiting.getByRole('button', { name: 'Uphold', exact: true }).click();
  await finance.page.getByText(`Challenge ${number}: upheld.`).waitFor();

  await page.goto(`${site.url}/practices/${organisation.code}/challenges`);
  const mine = page.locator('.purse-challenges > li', { hasText: `${number}: duplicate` });
  await mine.getByText('upheld', { exact: true }).waitFor();
  await mine.getByText(`by a correcting record that names challenge ${number}`).waitFor();
  await page.getByText(/came back of £[\d,.]+ \(100\.0%\)/).waitFor();
  await page.getByText(/^Upheld, and in the figures of a later month: −£[\d,.]+/).waitFor();
  await shot(page, 'story-challenge-credit');
  await accessible(page, 'the practice’s challenges');
  assert.deepEqual([...gp.faults, ...finance.faults], []);
  await gp.context.close();
  await finance.context.close();
});

test('a session that ends while somebody types costs them nothing', async () => {
  const { page, context } = await newPage(site);
  await signIn(page, site, site.people.manager);
  await page.goto(site.url + (await budget_path(page)));
  await page.getByRole('button', { name: 'Figures to the penny' }).waitFor();
  await settled(page);
  const step = page.getByRole('button', { name: 'Comment', exact: true });
  if ((await step.count()) === 0) {
    // Already agreed: what is typed elsewhere is kept the same way.
    await context.close();
    return;
  }
  await step.click();
  await page.getByLabel('Your comment or question').fill('A long thought.');
  await page.evaluate(async () => {
    const { csrf } = await (await fetch('/api/v1/session')).json();
    await fetch('/api/v1/session', { method: 'DELETE', headers: { 'X-CSRF-Token': csrf } });
  });
  await page.getByRole('button', { name: 'Send the comment' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.waitFor();
  await shot(page, 'story-session-ended');
  await accessible(page, 'signing in again');
  await dialog.getByLabel('Password', { exact: true }).fill(site.people.manager.password);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('A long thought.').first().waitFor();
  await page.getByText('Your comment is on record.').waitFor();
  await context.close();
});

test('everything is reached with the keyboard alone, and one always sees where one is', async () => {
  const { page, context } = await newPage(site);
  await page.goto(site.url);
  await page.getByLabel('Name', { exact: true }).waitFor();
  const focused = () =>
    page.evaluate(() => {
      const one = document.activeElement as HTMLElement;
      const style = getComputedStyle(one);
      const marked = style.boxShadow !== 'none' || (style.outlineStyle !== 'none' && style.outlineWidth !== '0px');
      const box = one.getBoundingClientRect();
      return {
        what: (one.getAttribute('aria-label') ?? one.innerText ?? '').trim() || one.id,
        marked,
        seen: box.width > 0 && box.height > 0,
        tag: one.tagName,
      };
    });
  const tabTo = async (wanted: RegExp) => {
    for (let times = 0; times < 80; times += 1) {
      await page.keyboard.press('Tab');
      const now = await focused();
      if (now.tag !== 'BODY') assert.ok(now.marked && now.seen, `one does not see the focus on ${now.tag} "${now.what}"`);
      if (wanted.test(now.what)) return;
    }
    assert.fail(`no way to ${wanted} with the Tab key`);
  };
  await tabTo(/^Skip to main content$/);
  await tabTo(/^name$/);
  await page.keyboard.type(site.people.gp.name);
  await tabTo(/^password$/);
  await page.keyboard.type(site.people.gp.password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  await settled(page);
  await tabTo(/^How was this worked out\?/);
  await page.keyboard.press('Enter');
  await page.locator('.purse-working').first().getByText('Result').waitFor();
  await tabTo(/^Every budget line$/);
  await page.keyboard.press('Space');
  await tabTo(/^Why\?/);
  await page.keyboard.press('Enter');
  await page.locator('.purse-below .purse-working').getByText('Result').waitFor();
  await shot(page, 'story-keyboard');
  await context.close();
});

test('the first view is under 200 kB as it comes over the line', async () => {
  const { page, context } = await newPage(site);
  let bytes = 0;
  const sizes: Promise<void>[] = [];
  page.on('requestfinished', (request) => {
    sizes.push(
      request.sizes().then((one) => {
        bytes += one.responseBodySize + one.responseHeadersSize;
      }),
    );
  });
  await page.goto(site.url, { waitUntil: 'networkidle' });
  await Promise.all(sizes);
  const first = bytes;
  await signIn(page, site, site.people.gp);
  await settled(page);
  await Promise.all(sizes);
  console.log(`sign-in page: ${Math.round(first / 1000)} kB; with the practice's page: ${Math.round(bytes / 1000)} kB`);
  assert.ok(bytes < 200_000, `${bytes} bytes`);
  await context.close();
});

test('a wrong password is refused in words, and a second factor asks for its code', async (t) => {
  const { page, context } = await newPage(site);
  await page.goto(site.url);
  await page.getByLabel('Name', { exact: true }).fill(site.people.gp.name);
  await page.getByLabel('Password', { exact: true }).fill('not this one, surely');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('You are not signed in').waitFor();
  await accessible(page, 'a refused sign-in');
  await t.test('a second factor', { skip: site.people.with_code ? false : 'nobody with a second factor here' }, async () => {
    await signIn(page, site, site.people.with_code!);
  });
  await context.close();
});

test('an information officer loads a file, sees the rejects, and closes a month', async () => {
  const { page, context, faults } = await newPage(site);
  await signIn(page, site, site.people.information, '/data');
  const good = process.env.PURSE_WEB_EXTRACT ?? join(shots, 'extract.csv');
  if (!process.env.PURSE_WEB_EXTRACT) writeFileSync(good, 'record,provider\nA1,RZ1\n');
  const month = process.env.PURSE_WEB_MONTH ?? '2018-03';
  await page.getByRole('button', { name: 'Load', exact: true }).click();
  await page.getByText('Choose a file.').waitFor();
  if (process.env.PURSE_WEB_EXTRACT) await page.getByLabel('Kind of records').selectOption('op');
  await page.getByRole('textbox', { name: 'Month' }).fill(month);
  await page.locator('#file').setInputFiles(good);
  await page.getByRole('button', { name: 'Load', exact: true }).click();
  await page.getByText(/^See the [\d,]+ rejected record/).waitFor({ timeout: 60_000 });
  await shot(page, 'story-loaded');
  await page.getByText(/^See the [\d,]+ rejected record/).click();
  await page.getByRole('heading', { level: 1, name: /^Rejected records of load/ }).waitFor();
  await page.locator('.purse-table tbody tr').first().waitFor();
  await shot(page, 'story-rejects');
  await accessible(page, 'the rejected records');

  const bad = join(shots, 'not-an-extract.csv');
  writeFileSync(bad, 'hello\n');
  await page.goto(`${site.url}/data`);
  await page.getByRole('textbox', { name: 'Month' }).fill(month);
  await page.locator('#file').setInputFiles(bad);
  await page.getByRole('button', { name: 'Load', exact: true }).click();
  await page.locator('.purse-state[role=alert], .purse-refused').first().waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: /^Close \w+ \d{4}$/ }).click();
  await page.locator('section', { hasText: 'Close a month' }).locator('.purse-done').waitFor({ timeout: 120_000 });
  assert.deepEqual(faults, []);
  await context.close();
});

test('an administrator makes an account, gives a link, locks it, and finds it in the trail', async () => {
  const { page, context, faults } = await newPage(site);
  await signIn(page, site, site.people.administrator, '/accounts');
  const name = `n.weir.${Date.now() % 100_000}`;
  await page.getByLabel('Full name').fill('Dr N Weir');
  await page.getByLabel('Name to sign in with').fill(name);
  await page.getByLabel('Role').selectOption('auditor');
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.getByText('Give this link to Dr N Weir').waitFor();
  const row = page.locator('tr', { hasText: name });
  await row.getByText('no password yet').waitFor();
  await row.getByRole('button', { name: 'Lock Dr N Weir' }).click();
  await row.getByRole('button', { name: /^Lock now/ }).click();
  await row.getByText('locked', { exact: true }).waitFor();
  await shot(page, 'story-account');
  await page.goto(`${site.url}/audit`);
  await page.getByRole('heading', { name: 'Entries, newest first' }).waitFor();
  await settled(page);
  const everything = await page.locator('.purse-table tbody tr').count();
  assert.ok(everything > 0);
  await page.getByLabel('Who (an account’s name)').fill('nobody.at.all');
  await page.getByRole('button', { name: 'Search the trail' }).click();
  await page.getByText('Nothing was done that fits these words and days.').waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

test('the table of practices sorts by what one presses, and tells so', async () => {
  const { page, context } = await newPage(site);
  await signIn(page, site, site.people.finance, '/commissioner');
  const heading = page.getByRole('columnheader', { name: /^Used to date/ });
  assert.equal(await page.getByRole('columnheader', { name: /^Practice/ }).getAttribute('aria-sort'), 'ascending');
  await heading.getByRole('button').click();
  assert.equal(await heading.getAttribute('aria-sort'), 'descending');
  await page.getByRole('button', { name: 'Figures to the penny' }).click();
  const used = (await page.locator('#practices').locator('..').locator('..').locator('tbody tr:not(.purse-total) td:nth-child(3)').allInnerTexts()).map(pence);
  assert.ok(used.length > 1);
  assert.deepEqual(used, [...used].sort((a, b) => b - a));
  await context.close();
});

test('on paper stand the sentence, the figures and the warning, without the buttons', async () => {
  const { page, context } = await newPage(site);
  await signIn(page, site, site.people.gp);
  await settled(page);
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.locator('.purse-answer-says').isVisible());
  assert.ok(await page.locator('.purse-indicative').isVisible());
  assert.ok(!(await page.getByRole('button', { name: 'Sign out' }).isVisible()));
  assert.ok(!(await page.locator('.purse-search').isVisible()));
  const paper = await page.pdf({ path: join(shots, 'practice.pdf'), format: 'A4' });
  assert.ok(paper.length > 10_000);
  await shot(page, 'story-print');
  await context.close();
});

test('signing out shows so, and what was open is closed', { skip: real ? 'the same on the mock' : false }, async () => {
  const { page, context } = await newPage(site);
  await signIn(page, site, site.people.gp);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  await page.goBack();
  assert.equal(await page.locator('.purse-answer').count(), 0);
  await context.close();
});
