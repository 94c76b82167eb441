// Bad days, each in a real browser or over a real connection on a program of its own: everybody is told
// plainly what is the matter, and loses nothing.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessible, newPage, openSite, settled, shot, signIn, type Site } from './support.ts';
import { OwnServer, program } from './server.ts';

const skip = program ? false : 'needs the program';
let site: Site;
let server: OwnServer;

before(async () => {
  if (skip) return;
  server = new OwnServer(8493);
  await server.start();
  site = { ...(await openSite(8494)), url: server.url };
});
after(async () => {
  if (skip) return;
  await site.close();
  await server.close();
});

interface Signed {
  cookie: string;
  csrf: string;
}

async function signed_in(name: 'information' | 'gp'): Promise<Signed> {
  const person = site.people[name];
  const answer = await fetch(`${server.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: person.name, password: person.password }),
  });
  assert.equal(answer.status, 200);
  const cookie = answer.headers.get('set-cookie')!.split(';')[0]!;
  return { cookie, csrf: (await answer.json()).csrf };
}

interface Answer {
  status: number;
  body: { detail: string; type: string };
}

/** Sends an upload of so many bytes; says them beforehand, or lets the server find out. */
function send(as: Signed, bytes: number, says_length: boolean): Promise<Answer & { sent: number }> {
  return new Promise((resolve, reject) => {
    let sent = 0;
    let answered = false;
    const ask = request(`${server.url}/api/v1/uploads?data_set=apc&month=2018-03&extract=flex&file_name=big.csv`, {
      method: 'POST',
      headers: {
        Cookie: as.cookie,
        'X-CSRF-Token': as.csrf,
        'Content-Type': 'application/octet-stream',
        ...(says_length ? { 'Content-Length': bytes } : { 'Transfer-Encoding': 'chunked' }),
      },
    });
    ask.on('response', (response) => {
      answered = true;
      let text = '';
      response.on('data', (piece: Buffer) => (text += piece.toString()));
      response.on('end', () => {
        resolve({ status: response.statusCode!, body: JSON.parse(text), sent });
        ask.destroy();
      });
    });
    ask.on('error', (fault) => (answered ? undefined : reject(fault)));
    const piece = Buffer.alloc(256 * 1024, 'x');
    const more = () => {
      while (!answered && sent < bytes) {
        sent += piece.length;
        if (!ask.write(piece)) return void ask.once('drain', more);
      }
      if (!answered) ask.end();
    };
    more();
  });
}

test('a file of 2 GB is refused before it is sent, and nothing of it is kept', { skip }, async () => {
  const as = await signed_in('information');
  const answer = await send(as, 2_000_000_000, true);
  assert.equal(answer.status, 413);
  assert.equal(answer.body.type, '/problems/too-large');
  assert.match(answer.body.detail, /^the file is larger than the 64 MiB that the server takes/);
  assert.ok(answer.sent < 60_000_000, `${answer.sent} bytes were sent first`);
  assert.deepEqual(server.left_lying(), []);
});

test('a stream without an end is cut at the limit, and fills neither memory nor disk', { skip }, async () => {
  const as = await signed_in('information');
  const before = await server.settled_memory();
  const answer = await send(as, 2_000_000_000, false);
  assert.equal(answer.status, 413);
  assert.match(answer.body.detail, /nothing of it was kept/);
  assert.ok(answer.sent > 60_000_000 && answer.sent < 200_000_000, `${answer.sent} bytes`);
  const grown = server.memory() - before;
  assert.ok(grown < 24, `the server grew by ${grown} MiB`);
  assert.deepEqual(server.left_lying(), []);
});

test('the page says that a file is too large before it sends it', { skip }, async () => {
  const { page, context } = await newPage(site);
  await server.stop();
  await server.start({ largest_upload_mib: 1 });
  await signIn(page, site, site.people.information, '/data');
  const big = join(server.folder, 'big.csv');
  writeFileSync(big, Buffer.alloc(3_000_000, 'x'));
  await page.getByRole('textbox', { name: 'Month' }).fill('2018-03');
  await page.locator('#file').setInputFiles(big);
  await page.getByRole('button', { name: 'Load', exact: true }).click();
  await page.getByText('The file has 3 MB; the server takes at most 1 MB.').waitFor();
  await shot(page, 'bad-day-too-large');
  await context.close();
  await server.stop();
  await server.start();
});

test('a file of the wrong kind loads nothing, and is told apart from a faulty one', { skip }, async () => {
  const { page, context } = await newPage(site);
  await signIn(page, site, site.people.information, '/data');
  const wrong = join(server.folder, 'holiday.csv');
  writeFileSync(wrong, Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(5_000, 7)]));
  await page.getByRole('textbox', { name: 'Month' }).fill('2018-03');
  await page.locator('#file').setInputFiles(wrong);
  await page.getByRole('button', { name: 'Load', exact: true }).click();
  const refused = page.locator('.purse-job .purse-refused');
  await refused.waitFor({ timeout: 60_000 });
  const says = await refused.innerText();
  assert.ok(says.length > 20 && !/exception|std::|errno/i.test(says), says);
  await shot(page, 'bad-day-wrong-kind');
  await accessible(page, 'a file of the wrong kind');
  assert.deepEqual(server.left_lying(), []);
  // What was typed is still there for another try.
  assert.equal(await page.getByRole('textbox', { name: 'Month' }).inputValue(), '2018-03');
  await context.close();
});

test('a server that is started anew under the page loses nothing that was typed', { skip }, async () => {
  const { page, context } = await newPage(site);
  await signIn(page, site, site.people.manager);
  const session = await page.evaluate(async () => (await fetch('/api/v1/session')).json());
  await page.goto(`${site.url}/practices/${session.organisation.code}/budgets/${session.budget_year.replace('/', '-')}`);
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  const thought = 'The clinic moved in May: is its half year in here?';
  await page.getByLabel('Your comment or question').fill(thought);
  await server.stop();
  await page.getByRole('button', { name: 'Send the comment' }).click();
  await page.getByText('The server cannot be reached.').first().waitFor();
  await shot(page, 'bad-day-server-away');
  await accessible(page, 'a server that is away');
  assert.equal(await page.getByLabel('Your comment or question').inputValue(), thought);
  await server.start();
  // The session outlives the server: it is in the register.
  await page.getByRole('button', { name: 'Send the comment' }).click();
  await page.getByText('Your comment is on record.').waitFor();
  await page.locator('.purse-timeline').getByText(thought).waitFor();
  await context.close();
});

test('of two people who act on one budget, the second is told what changed and keeps what they typed', { skip }, async () => {
  const gp = await newPage(site);
  const manager = await newPage(site);
  const open = async ({ page }: typeof gp, who: 'gp' | 'manager') => {
    await signIn(page, site, site.people[who]);
    const session = await page.evaluate(async () => (await fetch('/api/v1/session')).json());
    await page.goto(`${site.url}/practices/${session.organisation.code}/budgets/${session.budget_year.replace('/', '-')}`);
    await page.getByRole('button', { name: 'Comment', exact: true }).click();
    await page.getByLabel('Your comment or question').fill(`From the ${who}.`);
  };
  await open(gp, 'gp');
  await open(manager, 'manager');
  await manager.page.getByRole('button', { name: 'Send the comment' }).click();
  await manager.page.getByText('Your comment is on record.').waitFor();
  await gp.page.getByRole('button', { name: 'Send the comment' }).click();
  await gp.page.getByText('Somebody else has taken a step while you wrote').waitFor();
  await gp.page.locator('.purse-timeline').getByText('From the manager.').waitFor();
  assert.equal(await gp.page.getByLabel('Your comment or question').inputValue(), 'From the gp.');
  await shot(gp.page, 'bad-day-overtaken');
  await accessible(gp.page, 'a step that somebody overtook');
  await gp.page.getByRole('button', { name: 'Send the comment' }).click();
  await gp.page.locator('.purse-timeline').getByText('From the gp.').waitFor();
  await gp.context.close();
  await manager.context.close();
});

test('a full disk refuses the file in words, keeps nothing of it, and the pages go on', { skip }, async () => {
  await server.stop();
  await server.start({ file_kib: 2_048 });
  const { page, context } = await newPage(site);
  await signIn(page, site, site.people.information, '/data');
  await settled(page);
  const file = join(server.folder, 'extract.csv');
  writeFileSync(file, Buffer.alloc(3_000_000, 'a,b\n'));
  await page.getByRole('textbox', { name: 'Month' }).fill('2018-03');
  await page.locator('#file').setInputFiles(file);
  await page.getByRole('button', { name: 'Load', exact: true }).click();
  await page.getByText(/the server’s disk may be full|the server's disk may be full/).first().waitFor();
  await shot(page, 'bad-day-disk-full');
  await accessible(page, 'a full disk');
  assert.deepEqual(server.left_lying(), []);
  assert.equal((await fetch(`${server.url}/health`)).status, 200);
  await context.close();
  await server.stop();
  await server.start();
});
