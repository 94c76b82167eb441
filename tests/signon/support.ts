// The program on a small fictional site, and a browser without a screen.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, chmodSync, copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const program = process.env.PURSE ?? join(root, 'build/dev/src/purse');
export const password = 'four unrelated words here';

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

/** A certificate for 127.0.0.1 that nobody vouches for but whoever is given it. */
export function certificate(folder: string): { key: string; cert: string; file: string } {
  const [keyFile, file] = [join(folder, 'tls.key'), join(folder, 'tls.pem')];
  execFileSync('openssl', [
    'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
    '-subj', '/CN=loopback', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', keyFile, '-out', file,
  ], { stdio: 'ignore' });
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(file, 'utf8'), file };
}

/** A site with the organisations of a made-up commissioner, and its server. */
export class Site {
  readonly folder = mkdtempSync(join(tmpdir(), 'purse-signon-'));
  readonly practices: string[];
  private server: ChildProcess | null = null;
  readonly port: number;

  private constructor(port: number) {
    this.port = port;
    execFileSync(program, ['synth', '--out', join(this.folder, 'made'), '--practices', '3', '--population', '3000', '--years', '2', '--seed', '5']);
    execFileSync(program, ['init', this.site, '--commissioner', '9ZZ', '--name', 'Fictional Valley']);
    const made = join(this.folder, 'made/organisations');
    this.run('import', 'organisations', ...readdirSync(made).map((name) => join(made, name)));
    const rows = readFileSync(join(made, 'practices.csv'), 'utf8').trim().split('\n');
    this.practices = rows.slice(1).map((row) => row.split(',')[0]!);
    copyFileSync(join(this.site, 'purse.toml'), join(this.folder, 'purse.toml'));
  }

  static async make(): Promise<Site> {
    return new Site(await freePort());
  }

  get site() {
    return join(this.folder, 'site');
  }
  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  run(...words: string[]): string {
    return execFileSync(program, ['--site', this.site, ...words], { encoding: 'utf8', input: `${password}\n` });
  }

  secret(name: string, text: string): string {
    const file = join(this.site, name);
    writeFileSync(file, text);
    chmodSync(file, 0o600);
    return name;
  }

  /** Serves with these settings on top of the site's own; what was served before is stopped. */
  async serve(settings = '') {
    await this.stop();
    copyFileSync(join(this.folder, 'purse.toml'), join(this.site, 'purse.toml'));
    appendFileSync(join(this.site, 'purse.toml'), settings);
    const server = spawn(program, ['--site', this.site, 'serve', '--listen', `127.0.0.1:${this.port}`, '--pages', join(root, 'web/dist')], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.server = server;
    this.log = '';
    server.stderr!.on('data', (bytes) => (this.log += bytes));
    await new Promise<void>((ready, failed) => {
      server.stdout!.on('data', (bytes) => String(bytes).includes(' at http') && ready());
      server.once('exit', (code) => failed(new Error(`the program ended with ${code}: ${this.log}`)));
    });
  }
  log = '';

  async stop() {
    const server = this.server;
    this.server = null;
    if (!server || server.exitCode !== null) return;
    const ended = new Promise((done) => server.once('exit', done));
    server.kill('SIGTERM');
    await ended;
  }

  async remove() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The trail's entries of an action, newest first. */
  trail(action: string): { subject: string; detail: string; who: string }[] {
    return JSON.parse(this.run('--json', 'audit', 'search', '--action', action)).entries;
  }
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  url: string;
}

/** Keeps cookies by host and port, and follows redirects. Which it sends where is its own doing. */
export class Browser {
  private cookies = new Map<string, Map<string, string>>();
  private authority: string | undefined;
  constructor(authority?: string) {
    this.authority = authority;
  }

  cookie(url: string, name: string): string | undefined {
    return this.cookies.get(new URL(url).host)?.get(name);
  }
  setCookie(url: string, name: string, value: string) {
    this.keep(new URL(url), [`${name}=${value}`]);
  }

  private keep(url: URL, lines: string[]) {
    const kept = this.cookies.get(url.host) ?? new Map<string, string>();
    this.cookies.set(url.host, kept);
    for (const line of lines) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (/Max-Age=0|expires=Thu, 01 Jan 1970/i.test(line)) kept.delete(name!);
      else kept.set(name!, value!);
    }
  }

  async ask(address: string, options: { method?: string; body?: string; headers?: Record<string, string> } = {}): Promise<Answer> {
    const url = new URL(address);
    const cookies = [...(this.cookies.get(url.host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
    const send = url.protocol === 'https:' ? tlsRequest : plainRequest;
    return new Promise((done, failed) => {
      const asked = send(url, {
        method: options.method ?? 'GET',
        headers: { ...(cookies ? { cookie: cookies } : {}), ...options.headers },
        ca: this.authority,
        agent: false,
      }, (response) => {
        let body = '';
        response.on('data', (part) => (body += part));
        response.on('end', () => {
          this.keep(url, response.headers['set-cookie'] ?? []);
          done({ status: response.statusCode!, headers: response.headers, body, url: address });
        });
      });
      asked.on('error', failed);
      asked.end(options.body);
    });
  }

  /** Follows redirects until a page, or until the next address is one of `stop`. */
  async go(address: string, stop: (next: string) => boolean = () => false, first: Parameters<Browser['ask']>[1] = {}): Promise<Answer> {
    let answer = await this.ask(address, first);
    for (let hops = 0; hops < 12 && answer.status >= 300 && answer.status < 400; hops += 1) {
      const next = new URL(String(answer.headers.location), answer.url).href;
      if (stop(next)) return { ...answer, url: next };
      answer = await this.ask(next);
    }
    return answer;
  }

  json(answer: Answer) {
    return JSON.parse(answer.body);
  }
}
