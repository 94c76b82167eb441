// Every page, for those who may see it, wide and narrow: axe finds nothing, nothing sticks out, nothing
// is loaded from outside, the policy holds; and a picture of it is kept under build/screenshots.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { accessible, fits, newPage, openSite, settled, shot, signIn, type People, type Site } from './support.ts';

let site: Site;
before(async () => {
  site = await openSite(8481);
});
after(() => site.close());

type Who = keyof People;

const pages: [name: string, who: Who | null, path: (own: string, year: string) => string][] = [
  ['sign-in', null, () => '/'],
  ['forgotten-password', null, () => '/forgotten-password'],
  ['new-password', null, () => '/new-password#a-token'],
  ['practice', 'gp', (own) => `/practices/${own}`],
  ['practice-why', 'gp', (own) => `/practices/${own}?why=non_elective`],
  ['variance', 'gp', (own) => `/practices/${own}/variance`],
  ['practice-measure', 'gp', (own) => `/practices/${own}/measures/emergency_admissions`],
  ['prescribing', 'gp', (own) => `/practices/${own}/prescribing`],
  ['budget', 'gp', (own, year) => `/practices/${own}/budgets/${year}`],
  ['challenges', 'gp', (own) => `/practices/${own}/challenges`],
  ['search', 'gp', () => '/search?q=outpatients'],
  ['account', 'gp', () => '/account'],
  ['nowhere', 'gp', () => '/nowhere'],
  ['not-for-you', 'gp', () => '/commissioner'],
  ['commissioner', 'finance', () => '/commissioner'],
  ['measures', 'finance', () => '/measures'],
  ['measure', 'finance', () => '/measures/first_outpatient'],
  ['budgets', 'finance', () => '/budgets'],
  ['budget-of-a-practice', 'finance', (own, year) => `/practices/${own}/budgets/${year}`],
  ['challenge-queue', 'finance', () => '/challenges'],
  ['data', 'information', () => '/data'],
  ['audit', 'administrator', () => '/audit'],
  ['accounts', 'administrator', () => '/accounts'],
];

for (const [width, size] of [
  [1280, 'wide'],
  [320, 'narrow'],
] as const) {
  test(`every page stands at ${width} pixels`, async (t) => {
    const own = { code: '', year: '' };
    for (const who of [null, 'gp', 'finance', 'information', 'administrator'] as const) {
      const { context, page, faults } = await newPage(site, width, size === 'wide' ? 900 : 640);
      if (who) await signIn(page, site, site.people[who]!);
      if (who === 'gp') {
        const session = await page.evaluate(async () => (await fetch('/api/v1/session')).json());
        own.code = session.organisation.code;
        own.year = String(session.budget_year ?? '').replace('/', '-');
      }
      for (const [name, of, path] of pages.filter(([, one]) => one === who)) {
        await t.test(`${name} for ${of ?? 'nobody'}`, async () => {
          await page.goto(site.url + path(own.code, own.year));
          await page.getByRole('heading', { level: 1 }).waitFor();
          await settled(page);
          await shot(page, `${name}-${size}`);
          await fits(page, name);
          await accessible(page, name);
          assert.deepEqual(faults.splice(0), []);
        });
      }
      await context.close();
    }
  });
}
