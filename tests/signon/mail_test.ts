// Letters of the outbox, handed to a real SMTP server on the loopback.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { Browser, certificate, freePort, Site } from './support.ts';

let site: Site;
let port: number;
let tls: { key: string; cert: string; file: string };
let relay: SMTPServer | null = null;

interface Letter {
  from: string;
  to: string[];
  text: string;
  user: string | undefined;
  secure: boolean;
}
let taken: Letter[] = [];

async function startRelay() {
  relay = new SMTPServer({
    key: tls.key,
    cert: tls.cert,
    authMethods: ['PLAIN', 'LOGIN'],
    disableReverseLookup: true,
    // Only over TLS: before it no login is offered.
    hidePIPELINING: true,
    onAuth: ({ username, password }, _, done) =>
      password === 'relay secret' ? done(null, { user: username }) : done(new Error('no')),
    onRcptTo: ({ address }, _, done) =>
      address.startsWith('gone@') ? done(Object.assign(new Error('no such mailbox'), { responseCode: 550 })) : done(),
    onData(stream, session, done) {
      let text = '';
      stream.on('data', (bytes: Buffer) => (text += bytes.toString('utf8')));
      stream.on('end', () => {
        taken.push({
          from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
          to: session.envelope.rcptTo.map((one) => one.address),
          text,
          user: session.user as string | undefined,
          secure: session.secure,
        });
        done();
      });
    },
  });
  // A caller that breaks off, as one does who does not trust the certificate, is no fault of the test's.
  relay.on('error', () => {});
  await new Promise<void>((ready) => relay!.listen(port, '127.0.0.1', ready));
}

const stopRelay = () => new Promise<void>((done) => (relay ? relay.close(done) : done()));

const settings = (more: string) => `
[mail]
smtp = "smtp://127.0.0.1:${port}"
from = "Purse <purse@icb.example>"
${more}
`;
const login = (file: string) => `user = "purse"\npassword_file = "${file}"\nauthorities = "${tls.file}"\n`;

const waiting = () => readdirSync(join(site.site, 'outbox')).filter((name) => name.endsWith('.eml'));

async function until(is: () => boolean, what: string) {
  for (let i = 0; i < 200; i += 1) {
    if (is()) return;
    await new Promise((go) => setTimeout(go, 100));
  }
  assert.fail(`${what}: ${site.log}`);
}

async function askForLink(name: string) {
  const began = performance.now();
  const answer = await new Browser().ask(`${site.url}/api/v1/password-links`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name_or_email: name }),
  });
  assert.equal(answer.status, 202, answer.body);
  return performance.now() - began;
}

before(async () => {
  site = await Site.make();
  port = await freePort();
  tls = certificate(site.folder);
  site.run('account', 'add', 'p.finch', '--role', 'practice-gp', '--practice', site.practices[0]!, '--email', 'p.finch@practice.example');
  site.run('account', 'add', 'm.reed', '--role', 'practice-manager', '--practice', site.practices[0]!, '--email', 'm.reed@practice.example');
  site.run('account', 'add', 'gone', '--role', 'auditor', '--email', 'gone@icb.example');
  site.secret('mail.password', 'relay secret\n');
  site.secret('wrong.password', 'another secret\n');
});
after(async () => {
  await site?.remove();
  await stopRelay();
});

test('a letter goes out by STARTTLS with a login, and the outbox is empty', async () => {
  await startRelay();
  await site.serve(settings(login('mail.password')));
  await askForLink('p.finch');
  await until(() => taken.length === 1, 'the letter arrives');
  const [letter] = taken;
  assert.equal(letter!.secure, true);
  assert.equal(letter!.user, 'purse');
  assert.equal(letter!.from, 'purse@icb.example');
  assert.deepEqual(letter!.to, ['p.finch@practice.example']);
  assert.match(letter!.text, /^From: Purse <purse@icb\.example>\r\nDate: .*\+0000\r\nMessage-ID: <.*@icb\.example>\r\n/);
  const token = /\/new-password#token=([\w-]{43})/.exec(letter!.text)?.[1];
  assert.ok(token, letter!.text);
  await until(() => waiting().length === 0, 'the letter is gone from the outbox');
  const used = await new Browser().ask(`${site.url}/api/v1/password-links/used`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, new_password: 'quite another set of words' }),
  });
  assert.equal(used.status, 204, used.body);
  assert.ok(!site.log.includes('p.finch'), 'no address in the log');
});

test('a mailbox that is gone: the letter is laid aside with the reason', async () => {
  await askForLink('gone');
  const aside = join(site.site, 'outbox/undelivered');
  await until(() => existsSync(aside) && readdirSync(aside).length === 2, 'the letter is laid aside');
  assert.equal(waiting().length, 0);
});

test('a relay that is down or refuses the password costs no request any time, and the letter stays', async () => {
  await site.serve(settings(login('wrong.password')));
  await askForLink('p.finch');
  await until(() => site.log.includes('refuses the user or the password'), 'the refusal is in the log');
  assert.equal(waiting().length, 1);
  await stopRelay();
  relay = null;
  await site.serve(settings(login('mail.password')));
  const took = await askForLink('p.finch');
  assert.ok(took < 2000, `${took} ms`);
  await until(() => site.log.includes('cannot be reached'), 'the fault is in the log');
  assert.equal(waiting().length, 2);
  taken = [];
  await startRelay();
  await site.serve(settings(login('mail.password')));
  await until(() => waiting().length === 0, 'both letters go');
  assert.equal(taken.length, 2);
});

test('a certificate that nobody vouches for gets no password and no letter', async () => {
  taken = [];
  // The machine's authorities do not know it: as if the relay were another's.
  await site.serve(settings(`user = "purse"\npassword_file = "mail.password"\nauthorities = "/etc/ssl/certs/ca-certificates.crt"\n`));
  await askForLink('m.reed');
  await until(() => site.log.includes('SSL'), 'the fault is in the log');
  assert.equal(taken.length, 0);
  assert.equal(waiting().length, 1);
});
