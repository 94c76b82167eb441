// A real browser on the pages: against the server that PURSE_WEB names, or else against the made-up
// answers of web/mock. Whoever opens a page here also asks that nothing was loaded from outside, that
// the content security policy was never broken, and that the console stayed clean.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const of_web = createRequire(join(root, 'web', 'package.json'));
const { chromium } = of_web('playwright-core') as typeof import('playwright-core');
const axe = readFileSync(of_web.resolve('axe-core/axe.min.js'), 'utf8');

export const shots = join(root, 'build', 'screenshots');
mkdirSync(shots, { recursive: true });

export interface Person {
  name: string;
  password: string;
  code?: string;
}

export interface People {
  gp: Person;
  manager: Person;
  finance: Person;
  information: Person;
  administrator: Person;
  with_code?: Person;
  // Roles that only the program's site has.
  lead?: Person;
  panel?: Person;
  arbiter?: Person;
  auditor?: Person;
  analyst?: Person;
}

const made_up = 'correct horse battery staple';
const mock_people: People = {
  gp: { name: 'p.finch', password: made_up },
  manager: { name: 'm.reed', password: made_up },
  finance: { name: 'f.moss', password: made_up },
  information: { name: 'i.lane', password: made_up },
  administrator: { name: 'a.dunn', password: made_up },
  with_code: { name: 'l.hart', password: made_up, code: '123456' },
};

export const real = process.env.PURSE_WEB !== undefined;

export interface Site {
  url: string;
  people: People;
  browser: Browser;
  close: () => Promise<void>;
}

async function started(port: number): Promise<ChildProcess> {
  const server = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'web/mock/serve.ts'), String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((ready, failed) => {
    server.stdout!.once('data', () => ready());
    server.once('exit', (code) => failed(new Error(`the mock server ended with ${code}`)));
  });
  return server;
}

/** The site under test and a browser. `port`: of the mock server, one a test file. */
export async function openSite(port: number): Promise<Site> {
  const server = real ? null : await started(port);
  const profile = mkdtempSync(join(tmpdir(), 'purse-web-'));
  const browser = await chromium.launch({
    executablePath: process.env.PURSE_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
  return {
    url: process.env.PURSE_WEB ?? `http://127.0.0.1:${port}`,
    people: real ? (JSON.parse(process.env.PURSE_WEB_PEOPLE ?? '{}') as People) : mock_people,
    browser,
    close: async () => {
      await browser.close();
      server?.kill();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

export interface Seen {
  context: BrowserContext;
  page: Page;
  /** What must not have happened. */
  faults: string[];
}

export async function newPage(site: Site, width = 1280, height = 900): Promise<Seen> {
  const context = await site.browser.newContext({
    viewport: { width, height },
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const faults: string[] = [];
  page.on('console', (said) => {
    // A refused request is an answer that the pages show; the browser notes it all the same.
    if (said.type() === 'error' && !/status of 4\d\d/.test(said.text())) faults.push(said.text());
  });
  page.on('pageerror', (fault) => faults.push(String(fault)));
  page.on('request', (request) => {
    if (!request.url().startsWith(site.url)) faults.push(`asked outside: ${request.url()}`);
  });
  return { context, page, faults };
}

export async function signIn(page: Page, site: Site, person: Person, path = '/') {
  await page.goto(site.url + path);
  await page.getByLabel('Name', { exact: true }).fill(person.name);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  if (person.code) {
    await page.getByLabel('Code from your authenticator').fill(person.code);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

/** Waits until nothing on the page is still loading. */
export async function settled(page: Page) {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('.purse-loading') === null);
}

/** What axe finds by WCAG 2.2 A and AA and its best practices: nothing. */
export async function accessible(page: Page, what: string) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const run = (window as never as { axe: { run: (d: Document, o: object) => Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }> } }).axe.run;
    const { violations } = await run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.map((one) => `${one.id}: ${one.help}\n    ${one.nodes.map((node) => node.html.slice(0, 200)).join('\n    ')}`);
  });
  assert.deepEqual(found, [], `axe on ${what}:\n  ${found.join('\n  ')}`);
}

/** Nothing sticks out sideways: the reader scrolls in one direction only (WCAG 1.4.10). */
export async function fits(page: Page, what: string) {
  const { wide, room, who } = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const who = [...document.querySelectorAll('body *')]
      .filter((one) => one.getBoundingClientRect().right > room + 1 && !one.closest('.purse-scroll, .nhsuk-u-visually-hidden'))
      .slice(0, 5)
      .map((one) => `${one.tagName}.${one.getAttribute('class') ?? ''} ${(one.textContent ?? '').slice(0, 40)}`);
    return { wide: document.documentElement.scrollWidth, room, who };
  });
  assert.ok(wide <= room, `${what} is ${wide} wide in ${room}: ${who.join('; ')}`);
}

export async function shot(page: Page, name: string) {
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}
