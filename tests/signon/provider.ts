// An identity provider on the loopback: the certified `oidc-provider`, with people, their claims, a
// login page of one field, and hooks for what goes wrong at a provider.
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { exportJWK, generateKeyPair, importJWK, SignJWT, decodeJwt, type JWK } from 'jose';
import Provider from 'oidc-provider';

export interface Person {
  claims: Record<string, unknown>;
}

export type Tokens = { id_token: string; access_token: string };

export interface ProviderOptions {
  port: number;
  redirect: string;
  people: Record<string, Person>;
  /** Of the client: how it proves itself. */
  client: Record<string, unknown>;
  /** NHS CIS2 gives claims at the user information address only. */
  claimsInToken: boolean;
  tls?: { key: string; cert: string };
}

/** A key pair under a name, as a provider keeps it. */
export async function newKey(kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' };
}

export class RunningProvider {
  readonly issuer: string;
  /** What becomes of a token answer before it goes out. */
  twist: ((tokens: Tokens) => Promise<Tokens> | Tokens) | null = null;
  asked = { keys: 0, configuration: 0 };
  private server: Server | null = null;
  private key: JWK;
  private options: ProviderOptions;

  private constructor(options: ProviderOptions, key: JWK) {
    this.options = options;
    this.key = key;
    this.issuer = `${options.tls ? 'https' : 'http'}://127.0.0.1:${options.port}`;
  }

  static async start(options: ProviderOptions): Promise<RunningProvider> {
    const running = new RunningProvider(options, await newKey('first'));
    await running.listen();
    return running;
  }

  /** As after a change of keys: the old ones are gone, nobody was told. */
  async restart(key: JWK) {
    await this.stop();
    this.key = key;
    await this.listen();
  }

  async stop() {
    const server = this.server;
    this.server = null;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }

  /** The same claims but for some, under the provider's own signature. */
  async resigned(token: string, changes: Record<string, unknown>, key: JWK = this.key): Promise<string> {
    const claims = { ...decodeJwt(token), ...changes };
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: this.key.kid }).sign(await importJWK(key, 'RS256'));
  }

  private async listen() {
    const { people, redirect, client, claimsInToken, tls, port } = this.options;
    const provider = new Provider(this.issuer, {
      clients: [{ client_id: 'purse', redirect_uris: [redirect], response_types: ['code'], grant_types: ['authorization_code'], ...client }],
      jwks: { keys: [this.key] },
      cookies: { keys: ['only for tests'] },
      conformIdTokenClaims: !claimsInToken,
      claims: {
        openid: ['sub'],
        profile: ['name', 'roles', 'org'],
        nationalrbacaccess: ['nhsid_nrbac_roles'],
        selectedrole: ['selected_roleid'],
      },
      scopes: ['openid', 'profile', 'nationalrbacaccess', 'selectedrole'],
      features: { devInteractions: { enabled: false } },
      enabledJWA: { clientAuthSigningAlgValues: ['HS256', 'RS256', 'RS512', 'ES256'] },
      pkce: { required: () => true },
      interactions: { url: (_: unknown, interaction: { uid: string }) => `/login/${interaction.uid}` },
      findAccount: (_: unknown, id: string) =>
        people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id]!.claims }) },
      // Nobody is asked for their consent: the organisation gave it.
      async loadExistingGrant(ctx: any) {
        const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
        grant.addOIDCScope('openid profile nationalrbacaccess selectedrole');
        await grant.save();
        return grant;
      },
      renderError: (ctx: any, out: Record<string, unknown>) => {
        ctx.type = 'json';
        ctx.body = out;
      },
    } as never);
    provider.use(async (ctx: any, next: () => Promise<void>) => {
      if (ctx.path === '/jwks') this.asked.keys += 1;
      if (ctx.path.startsWith('/.well-known')) this.asked.configuration += 1;
      await next();
      if (ctx.oidc?.route === 'token' && ctx.status === 200 && this.twist) ctx.body = await this.twist(ctx.body);
    });
    const answer = provider.callback();
    const handler = (request: any, response: any) => {
      const uid = /^\/login\/([^/?]+)/.exec(request.url)?.[1];
      if (!uid) return answer(request, response);
      login(provider, uid, request, response).catch((fault) => {
        response.statusCode = 500;
        response.end(String(fault));
      });
    };
    const server = tls ? createTlsServer(tls, handler) : createServer(handler);
    this.server = server as Server;
    await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
  }
}

async function login(provider: Provider, uid: string, request: any, response: any) {
  if (request.method === 'GET') {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="en"><title>The organisation</title><h1>Who are you?</h1>
      <form method="post" action="/login/${uid}">
      <label>Staff number <input name="who"></label> <button>Go on</button>
      <button name="cancel" value="1">Cancel</button></form></html>`);
    return;
  }
  let body = '';
  for await (const part of request) body += part;
  const form = new URLSearchParams(body);
  await provider.interactionFinished(
    request,
    response,
    form.has('cancel')
      ? { error: 'access_denied', error_description: 'End-User aborted' }
      : { login: { accountId: form.get('who') ?? '' } },
    { mergeWithLastSubmission: false },
  );
}
