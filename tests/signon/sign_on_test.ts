// Signing in through a real identity provider, from the link on the sign-in page to a session: the
// certified `oidc-provider` on the loopback, in the shapes of Entra ID and of NHS CIS2.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newKey, RunningProvider, type Person } from './provider.ts';
import { Browser, certificate, freePort, Site, type Answer } from './support.ts';

let site: Site;
let provider: RunningProvider;
let redirect: string;
let people: Record<string, Person>;

const answerPath = '/api/v1/sign-in/provider/answer';
const isAnswer = (address: string) => address.startsWith(redirect);

/** [oidc] in the shape of Entra ID: roles and organisation are claims of the ID token. */
const flat = (more = '') => `
[oidc]
name = "Fictional Entra"
issuer = "${provider.issuer}"
client = "purse"
redirect = "${redirect}"
client_proof = "client_secret_basic"
client_secret_file = "oidc.secret"
role_claim = "roles"
organisation_claim = "org"
${more}
[oidc.roles]
"Purse.GP" = "practice-gp"
"Purse.Finance" = "commissioner-finance"
`;

before(async () => {
  site = await Site.make();
  redirect = site.url + answerPath;
  const [ours] = site.practices;
  people = {
    gp: { claims: { name: 'Dr P Finch', roles: ['Purse.GP', 'Other.App'], org: ours } },
    finance: { claims: { name: 'F Moss', roles: 'Purse.Finance', org: '9ZZ' } },
    nobody: { claims: { name: 'N Body', roles: ['Other.App'], org: ours } },
    elsewhere: { claims: { name: 'E Where', roles: ['Purse.GP'], org: 'B99999' } },
    stranger: { claims: { name: 'S Tranger', roles: ['Purse.Finance'], org: 'RXX' } },
    both: { claims: { name: 'B Oth', roles: ['Purse.GP', 'Purse.Finance'], org: ours } },
  };
  provider = await RunningProvider.start({
    port: await freePort(),
    redirect,
    people,
    client: { client_secret: 'a secret/with:odd signs', token_endpoint_auth_method: 'client_secret_basic' },
    claimsInToken: true,
  });
  site.secret('oidc.secret', 'a secret/with:odd signs\n');
  await site.serve(flat());
});
after(async () => {
  await provider?.stop();
  await site?.remove();
});

/** To the provider's login page, as `who`, and up to the answer that is about to come back. */
async function upToTheAnswer(browser: Browser, who: string, twistLink = (address: string) => address, to = '/'): Promise<string> {
  const sent = await browser.ask(`${site.url}/api/v1/sign-in/provider?to=${encodeURIComponent(to)}`);
  assert.equal(sent.status, 303, sent.body);
  const page = await browser.go(twistLink(String(sent.headers.location)));
  if (isAnswer(page.url)) return page.url;
  assert.match(page.body, /Who are you/, page.body);
  const answered = await browser.go(page.url, isAnswer, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: who === 'cancel' ? 'cancel=1' : `who=${who}`,
  });
  assert.ok(isAnswer(answered.url), `${answered.status} ${answered.url} ${answered.body}`);
  return answered.url;
}

async function signIn(who: string, browser = new Browser(), to = '/'): Promise<Answer> {
  return browser.ask(await upToTheAnswer(browser, who, undefined, to));
}

async function refusal(answer: Answer, browser: Browser): Promise<string> {
  assert.equal(answer.status, 303, answer.body);
  assert.equal(answer.headers.location, '/');
  assert.equal(browser.cookie(site.url, '__Host-purse'), undefined, 'nobody is signed in');
  assert.equal((await browser.ask(`${site.url}/api/v1/session`)).status, 401);
  const says = browser.json(await browser.ask(`${site.url}/api/v1/sign-in`)).says;
  assert.equal(browser.json(await browser.ask(`${site.url}/api/v1/sign-in`)).says, null, 'it is told once');
  return says;
}

async function refused(who: string): Promise<string> {
  const browser = new Browser();
  return refusal(await signIn(who, browser), browser);
}

/** Twists the answer of the next token request only. */
async function refusedWith(twist: NonNullable<RunningProvider['twist']>): Promise<string> {
  provider.twist = twist;
  try {
    return await refused('gp');
  } finally {
    provider.twist = null;
  }
}

test('the sign-in page is told where to go', async () => {
  const browser = new Browser();
  const ways = browser.json(await browser.ask(`${site.url}/api/v1/sign-in`));
  assert.deepEqual(ways, { provider: { name: 'Fictional Entra', address: '/api/v1/sign-in/provider' }, says: null });
});

test('a GP comes back signed in, in the role and practice that the provider gives, on the page asked for', async () => {
  const browser = new Browser();
  const to = `/practices/${site.practices[0]}?month=2017-06`;
  const answer = await signIn('gp', browser, to);
  assert.equal(answer.status, 303, answer.body);
  assert.equal(answer.headers.location, to);
  const set = (answer.headers['set-cookie'] as string[]).find((line) => line.startsWith('__Host-purse='))!;
  assert.match(set, /; Path=\/; HttpOnly; Secure; SameSite=Lax; Max-Age=43200$/);
  const session = browser.json(await browser.ask(`${site.url}/api/v1/session`));
  assert.equal(session.full_name, 'Dr P Finch');
  assert.equal(session.role, 'practice_gp');
  assert.equal(session.organisation.code, site.practices[0]);
  const [entry] = site.trail('signed_in');
  assert.equal(entry!.subject, `account ${session.name}`);

  // Again, from another browser: the same account.
  const other = new Browser();
  await signIn('gp', other);
  assert.equal(other.json(await other.ask(`${site.url}/api/v1/session`)).name, session.name);
  // A change needs the session's own token, as after a password.
  assert.equal((await other.ask(`${site.url}/api/v1/session`, { method: 'DELETE' })).status, 403);
});

test('an answer is good once, and in the browser that asked only', async () => {
  const browser = new Browser();
  const address = await upToTheAnswer(browser, 'gp');
  const thief = new Browser();
  assert.match(await refusal(await thief.ask(address), thief), /not begun in this browser/);
  const journey = browser.cookie(site.url, '__Host-purse-journey')!;
  assert.equal((await browser.ask(address)).status, 303);
  assert.equal((await browser.ask(`${site.url}/api/v1/session`)).status, 200);
  // Played again with the cookie that was there: the provider's code is spent.
  const again = new Browser();
  again.setCookie(site.url, '__Host-purse-journey', journey);
  assert.match(await refusal(await again.ask(address), again), /does not take its own code back/);
});

test('a wrong state, issuer or error is refused', async () => {
  const changed = async (change: (query: URLSearchParams) => void) => {
    const browser = new Browser();
    const address = new URL(await upToTheAnswer(browser, 'gp'));
    change(address.searchParams);
    return refusal(await browser.ask(address.href), browser);
  };
  assert.match(await changed((query) => query.set('state', 'x'.repeat(43))), /another sign-in/);
  assert.match(await changed((query) => query.delete('state')), /another sign-in/);
  assert.match(await changed((query) => query.set('iss', 'http://127.0.0.1:1')), /another identity provider/);
  assert.match(await changed((query) => query.delete('iss')), /another identity provider/);
  assert.match(await changed((query) => query.set('code', 'made-up')), /does not take its own code back/);
  assert.match(await changed((query) => query.delete('code')), /did not let you in/);
  assert.equal(await refused('cancel'), 'you did not sign in with Fictional Entra');
});

test('a wrong nonce or verifier is refused', async () => {
  const twisted = async (name: string, value: string) => {
    const browser = new Browser();
    const address = await upToTheAnswer(browser, 'gp', (link) => {
      const url = new URL(link);
      url.searchParams.set(name, value);
      return url.href;
    });
    return refusal(await browser.ask(address), browser);
  };
  assert.match(await twisted('nonce', 'another'), /another attempt to sign in/);
  // RFC 7636, appendix B: somebody else's challenge.
  assert.match(await twisted('code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'), /does not take its own code back/);
});

test('a token that the provider signed for somebody or something else is refused', async () => {
  const told = (changes: Record<string, unknown>) =>
    refusedWith(async (tokens) => ({ ...tokens, id_token: await provider.resigned(tokens.id_token, changes) }));
  assert.match(await told({ aud: 'another-program' }), /for another program/);
  assert.match(await told({ iss: 'https://login.example' }), /another issuer/);
  assert.match(await told({ nonce: 'n' }), /another attempt/);
  assert.match(await told({ exp: 1 }), /has expired/);
  assert.match(await told({ iat: 4102444800 }), /of the future/);
  assert.match(await told({ sub: '' }), /says of nobody/);
});

test('a token that the provider did not sign is refused', async () => {
  const other = await newKey('first');
  assert.match(
    await refusedWith(async (tokens) => ({ ...tokens, id_token: await provider.resigned(tokens.id_token, {}, other) })),
    /its signature is wrong/,
  );
  const header = (text: string) => Buffer.from(text).toString('base64url');
  assert.match(
    await refusedWith((tokens) => ({ ...tokens, id_token: `${header('{"alg":"none","kid":"first"}')}.${tokens.id_token.split('.')[1]}.` })),
    /signed in another way/,
  );
  assert.match(await refusedWith((tokens) => ({ ...tokens, id_token: 'no token' })), /three parts/);
  assert.match(await refusedWith((tokens) => ({ ...tokens, id_token: '' })), /does not work at the moment/);
});

test('who has no role here, or is of elsewhere, reads why, and it is in the trail', async () => {
  assert.match(await refused('nobody'), /gives you no role in Purse: ask the administrator/);
  assert.match(await refused('elsewhere'), /of B99999, which is not a practice of this commissioner today/);
  assert.match(await refused('stranger'), /of RXX, which is not this commissioner/);
  assert.match(await refused('both'), /several roles/);
  const told = site.trail('sign_in_refused').slice(0, 4).map((entry) => entry.subject);
  assert.deepEqual(told, ['identity both', 'identity stranger', 'identity elsewhere', 'identity nobody']);
});

test('a locked account stays out, and a changed role ends the sessions of the former one', async () => {
  const browser = new Browser();
  await signIn('finance', browser);
  const session = browser.json(await browser.ask(`${site.url}/api/v1/session`));
  assert.equal(session.role, 'commissioner_finance');
  people.finance!.claims = { ...people.finance!.claims, roles: 'Purse.GP', org: site.practices[1] };
  const later = new Browser();
  await signIn('finance', later);
  assert.equal((await browser.ask(`${site.url}/api/v1/session`)).status, 401);
  assert.equal(later.json(await later.ask(`${site.url}/api/v1/session`)).organisation.code, site.practices[1]);
  site.run('account', 'lock', session.name);
  assert.match(await refused('finance'), /your account in Purse is locked/);
});

test('new keys at the provider are fetched when the first token names one', async () => {
  const before = provider.asked.keys;
  await signIn('gp');
  assert.equal(provider.asked.keys, before, 'known keys are not fetched again');
  await provider.restart(await newKey('second'));
  // Nobody can make Purse fetch them on and on: at most every quarter of a minute.
  await new Promise((go) => setTimeout(go, 16_000));
  const browser = new Browser();
  await signIn('gp', browser);
  assert.equal((await browser.ask(`${site.url}/api/v1/session`)).status, 200);
  assert.equal(provider.asked.keys, before + 1);
  await provider.restart(await newKey('third'));
  assert.match(await refused('gp'), /a key that it does not publish/);
  assert.equal(provider.asked.keys, before + 1, 'not so soon');
});

test('a provider that does not answer is told so, at once, and passwords go on', async () => {
  await provider.stop();
  await site.serve(flat());
  const browser = new Browser();
  const sent = await browser.ask(`${site.url}/api/v1/sign-in/provider`);
  assert.match(await refusal(sent, browser), /signing in with Fictional Entra does not work at the moment/);
  site.run('account', 'add', 'f.green', '--role', 'commissioner-finance');
  const by_password = await browser.ask(`${site.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'f.green', password: 'four unrelated words here' }),
  });
  assert.equal(by_password.status, 200, by_password.body);
});

test('known people only: an administrator links each one first', async () => {
  await provider.restart(await newKey('fourth'));
  await site.serve(flat('known_people_only = true'));
  people.new = { claims: { name: 'N Ew', roles: ['Purse.Finance'], org: '9ZZ' } };
  assert.match(await refused('new'), /nobody has opened an account for you/);
  const [entry] = site.trail('sign_in_refused');
  assert.equal(entry!.subject, 'identity new');
  site.run('account', 'link', 'f.green', '--subject', 'new');
  const browser = new Browser();
  await signIn('new', browser);
  assert.equal(browser.json(await browser.ask(`${site.url}/api/v1/session`)).name, 'f.green');
});

test('the shape of NHS CIS2: over TLS, proved by a key, nested roles at the user information address', async () => {
  const tls = certificate(site.folder);
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  site.secret('oidc.key', pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
  const [ours, also] = site.practices;
  const role = (id: string, org: string | undefined, code: string) => ({ person_roleid: id, person_orgid: '1', org_code: org, role_code: code, role_name: 'x' });
  const cis2 = await RunningProvider.start({
    port: await freePort(),
    redirect,
    people: {
      '910000000001': {
        claims: {
          name: 'FINCH Petra (Dr)',
          selected_roleid: '555000000002',
          nhsid_nrbac_roles: [
            role('555000000001', ours, 'S0010:G0020:R0260'),
            role('555000000002', also, 'S0010:G0020:R0260'),
            role('555000000003', 'RXX', 'S8000:G8000:R8008'),
          ],
        },
      },
      '910000000002': { claims: { name: 'NONE At All', nhsid_nrbac_roles: [] } },
    },
    client: {
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'RS512',
      jwks: { keys: [{ ...pair.publicKey.export({ format: 'jwk' }), kid: 'purse-1', use: 'sig', alg: 'RS512' }] },
    },
    claimsInToken: false,
    tls,
  });
  const settings = (authorities: string) => `
[oidc]
name = "NHS CIS2"
issuer = "${cis2.issuer}"
client = "purse"
redirect = "${redirect}"
scope = "openid profile nationalrbacaccess selectedrole"
client_proof = "private_key_jwt"
client_key_file = "oidc.key"
client_key_id = "purse-1"
client_key_algorithm = "RS512"
user_info = true
roles_in = "nhsid_nrbac_roles"
role_claim = "role_code"
organisation_claim = "org_code"
selected_claim = "selected_roleid"
selected_member = "person_roleid"
${authorities}
[oidc.roles]
"S0010:G0020:R0260" = "practice-gp"
`;
  const first = provider;
  provider = cis2;
  try {
    await site.serve(settings(`authorities = "${tls.file}"`));
    const browser = new Browser(tls.cert);
    const answer = await signIn('910000000001', browser);
    assert.equal(answer.status, 303);
    const session = browser.json(await browser.ask(`${site.url}/api/v1/session`));
    assert.equal(session.organisation?.code, also, 'the role that was chosen');
    assert.equal(session.full_name, 'FINCH Petra (Dr)');
    const none = new Browser(tls.cert);
    assert.match(await refusal(await signIn('910000000002', none), none), /no role in Purse/);

    // A certificate that nobody vouches for: nothing is asked of its owner.
    writeFileSync(join(site.folder, 'log'), site.log);
    await site.serve(settings(''));
    const wary = new Browser(tls.cert);
    assert.match(
      await refusal(await wary.ask(`${site.url}/api/v1/sign-in/provider`), wary),
      /does not work at the moment \(127\.0\.0\.1 cannot be reached: SSL/,
    );
  } finally {
    provider = first;
    await cis2.stop();
  }
});
