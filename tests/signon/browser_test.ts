// The sign-in page in a real browser: with the identity provider there, and back.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunningProvider } from './provider.ts';
import { freePort, root, Site } from './support.ts';

const ofWeb = createRequire(join(root, 'web', 'package.json'));
const { chromium } = ofWeb('playwright-core');
const axe = readFileSync(ofWeb.resolve('axe-core/axe.min.js'), 'utf8');
const shots = join(root, 'build', 'screenshots');
mkdirSync(shots, { recursive: true });

let site: Site;
let provider: RunningProvider;
let browser: any;

before(async () => {
  site = await Site.make();
  const redirect = `${site.url}/api/v1/sign-in/provider/answer`;
  provider = await RunningProvider.start({
    port: await freePort(),
    redirect,
    people: {
      gp: { claims: { name: 'Dr P Finch', roles: ['GP'], org: site.practices[0] } },
      nobody: { claims: { name: 'N Body', roles: [], org: site.practices[0] } },
    },
    client: { token_endpoint_auth_method: 'none' },
    claimsInToken: true,
  });
  await site.serve(`
[oidc]
name = "NHS CIS2"
issuer = "${provider.issuer}"
client = "purse"
redirect = "${redirect}"
role_claim = "roles"
organisation_claim = "org"
[oidc.roles]
GP = "practice-gp"
`);
  browser = await chromium.launch({
    executablePath: process.env.PURSE_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
  });
});
after(async () => {
  await browser?.close();
  await provider?.stop();
  await site?.remove();
});

async function newPage() {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const faults: string[] = [];
  page.on('console', (said: any) => {
    if (said.type() === 'error' && !/status of 4\d\d/.test(said.text())) faults.push(said.text());
  });
  page.on('pageerror', (fault: unknown) => faults.push(String(fault)));
  return { context, page, faults };
}

async function accessible(page: any, what: string) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => (await (window as any).axe.run(document)).violations.map((one: any) => `${one.id}: ${one.help}`));
  assert.deepEqual(found, [], what);
}

test('a GP signs in with the provider and is on the page that the link named', async () => {
  const { context, page, faults } = await newPage();
  await page.goto(`${site.url}/account`);
  await page.getByRole('button', { name: 'Sign in with NHS CIS2' }).or(page.getByRole('link', { name: 'Sign in with NHS CIS2' })).waitFor();
  await page.screenshot({ path: join(shots, 'sign-in-by-provider.png'), fullPage: true });
  await accessible(page, 'the sign-in page');
  await page.getByText('Sign in with NHS CIS2').click();
  await page.getByLabel('Staff number').fill('gp');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  assert.equal(page.url(), `${site.url}/account`);
  await page.getByText('Dr P Finch').first().waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

test('somebody without a role reads why, and goes on with a password', async () => {
  const { context, page, faults } = await newPage();
  await page.goto(site.url);
  await page.getByText('Sign in with NHS CIS2').click();
  await page.getByLabel('Staff number').fill('nobody');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByText('The identity provider gives you no role in Purse: ask the administrator.').waitFor();
  await page.screenshot({ path: join(shots, 'sign-in-refused.png'), fullPage: true });
  await accessible(page, 'the refusal');
  await page.getByLabel('Password', { exact: true }).waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

test('a session that ends is begun again in another window, and the page goes on', async () => {
  const { context, page } = await newPage();
  await page.goto(`${site.url}/account`);
  await page.getByText('Sign in with NHS CIS2').click();
  await page.getByLabel('Staff number').fill('gp');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  await page.evaluate(async () => {
    const { csrf } = await (await fetch('/api/v1/session')).json();
    await fetch('/api/v1/session', { method: 'DELETE', headers: { 'X-CSRF-Token': csrf } });
  });
  await page.getByRole('link', { name: 'Your month', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await dialog.waitFor();
  const [other] = await Promise.all([
    context.waitForEvent('page'),
    dialog.getByRole('link', { name: 'Sign in with NHS CIS2 in a new window' }).click(),
  ]);
  // The provider knows the person still.
  await other.getByRole('button', { name: 'Sign out' }).waitFor();
  await dialog.getByRole('button', { name: 'I have signed in: go on' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  await context.close();
});

