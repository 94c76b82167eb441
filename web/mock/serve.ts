// Serves the built pages and the made-up answers as the program would: node web/mock/serve.ts [port]
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';
import { Mock } from './mock.ts';

const dist = join(fileURLToPath(new URL('.', import.meta.url)), '..', 'dist');
const port = Number(process.argv[2] ?? 8471);
const mock = new Mock();

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

// What the program itself sends with the pages (docs/pages.md).
export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

function page(path: string, request: IncomingMessage, response: ServerResponse) {
  const wanted = join(dist, normalize(path));
  const file = extname(path) && existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(dist, 'index.html');
  if (extname(path) && file !== wanted) {
    response.writeHead(404).end();
    return;
  }
  const brotli = String(request.headers['accept-encoding'] ?? '').includes('br') && existsSync(`${file}.br`);
  response.writeHead(200, {
    'Content-Type': types[extname(file)] ?? 'application/octet-stream',
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(brotli ? { 'Content-Encoding': 'br' } : {}),
  });
  createReadStream(brotli ? `${file}.br` : file).pipe(response);
}

async function answer(request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  if (url.pathname === '/mock/end-sessions') {
    mock.endSessions();
    response.writeHead(204).end();
    return;
  }
  if (!url.pathname.startsWith('/api/') && url.pathname !== '/health') return page(url.pathname, request, response);
  const sent = request.method === 'GET' ? undefined : Readable.toWeb(request);
  const given = new Request(url, {
    method: request.method,
    headers: Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]),
    body: sent as ReadableStream | undefined,
    duplex: 'half',
  } as RequestInit);
  const answered = await mock.handle(given);
  // As the program compresses its answers (src/api/compressed.hpp).
  const zipped =
    answered.body !== null &&
    String(answered.headers.get('content-type')).includes('json') &&
    String(request.headers['accept-encoding'] ?? '').includes('gzip');
  response.writeHead(answered.status, {
    ...Object.fromEntries(answered.headers),
    ...(zipped ? { 'Content-Encoding': 'gzip' } : {}),
  });
  if (!answered.body) {
    response.end();
    return;
  }
  // A reader who goes away ends the answer, not the server.
  const body = Readable.fromWeb(answered.body as never);
  await (zipped ? pipeline(body, createGzip(), response) : pipeline(body, response)).catch(() => {});
}

const server = createServer((request, response) => {
  answer(request, response).catch((fault: unknown) => {
    console.error(fault);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
});
server.listen(port, '127.0.0.1', () => console.log(`made-up answers at http://127.0.0.1:${port}/`));
