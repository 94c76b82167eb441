// A write that is sent again after the server went away is done once, and has its first answer.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Browser, password, Site } from './support.ts';

let site: Site;
before(async () => {
  site = await Site.make();
  site.run('account', 'add', 'a.dunn', '--role', 'administrator');
  await site.serve();
});
after(() => site?.remove());

test('an Idempotency-Key is known after a restart', async () => {
  const browser = new Browser();
  const signedIn = await browser.ask(`${site.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'a.dunn', password }),
  });
  const { csrf } = browser.json(signedIn);
  const make = (name: string) =>
    browser.ask(`${site.url}/api/v1/accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-csrf-token': csrf, 'idempotency-key': 'make-one' },
      body: JSON.stringify({ name, full_name: 'N Ew', role: 'auditor' }),
    });
  const first = await make('n.ew');
  assert.equal(first.status, 201, first.body);
  await site.stop();
  await site.serve();
  const again = await make('n.ew');
  assert.equal(again.status, 201, again.body);
  assert.equal(again.body, first.body);
  assert.equal(again.headers['content-type'], first.headers['content-type']);
  assert.equal(site.trail('account_added').filter((entry) => entry.subject === 'account n.ew').length, 1);
  assert.equal((await make('another')).status, 409);
  assert.ok(!site.run('account', 'list').includes('another'));
});
