// A program of one's own on a copy of the small site, for what must not be done to a server that other
// tests use: stopped, started again, with little room on its disk, with a low limit on uploads.
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';

export const program = process.env.PURSE_WEB_PROGRAM;
const made = process.env.PURSE_WEB_SITE ?? '';

export interface Room {
  /** The largest file that the program may write, in KiB. */
  file_kib?: number;
  largest_upload_mib?: number;
}

export class OwnServer {
  readonly url: string;
  readonly folder = mkdtempSync(join(tmpdir(), 'purse-bad-day-'));
  private server: ChildProcess | null = null;
  private readonly port: number;

  constructor(port: number) {
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    cpSync(made, join(this.folder, 'site'), { recursive: true });
  }

  async start(room: Room = {}) {
    const serve = [program!, '--quiet', '--site', join(this.folder, 'site'), 'serve', '--listen', `127.0.0.1:${this.port}`,
      '--pages', process.env.PURSE_WEB_PAGES ?? 'web/dist', '--largest-upload', String(room.largest_upload_mib ?? 64)];
    const limit = room.file_kib ? ['prlimit', `--fsize=${room.file_kib * 1024}`] : [];
    const [command, ...rest] = [...limit, ...serve];
    this.server = spawn(command!, rest, { stdio: ['ignore', 'ignore', 'inherit'] });
    for (let times = 0; times < 150; times += 1) {
      if (this.server.exitCode !== null) throw new Error(`the server ended with ${this.server.exitCode}`);
      const answer = await fetch(`${this.url}/health`).catch(() => null);
      if (answer?.ok) return;
      await new Promise((later) => setTimeout(later, 200));
    }
    throw new Error('the server does not answer');
  }

  /** Kills it, as a fault or a power cut would. */
  async stop() {
    if (!this.server || this.server.exitCode !== null) return;
    const gone = once(this.server, 'exit');
    this.server.kill('SIGKILL');
    await gone;
    this.server = null;
  }

  /** What it has in memory now, in MiB. */
  memory(): number {
    const status = readFileSync(`/proc/${this.server!.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)![1]) / 1024;
  }

  /** The same once it stands still: a server that was just started opens its latest month ahead. */
  async settled_memory(): Promise<number> {
    let before = this.memory();
    for (let still = 0; still < 4; ) {
      await new Promise((wake) => setTimeout(wake, 500));
      const now = this.memory();
      still = Math.abs(now - before) < 1 ? still + 1 : 0;
      before = now;
    }
    return before;
  }

  /** Files of uploads that were left lying. */
  left_lying(): string[] {
    const uploads = join(this.folder, 'site', 'staging', 'uploads');
    return existsSync(uploads) ? readdirSync(uploads) : [];
  }

  async close() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
