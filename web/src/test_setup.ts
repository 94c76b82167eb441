// Parts are tested against the made-up answers of web/mock: the browser's `fetch` asks them directly.
import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { Mock } from '../mock/mock';

// Machines that build are busy: what should appear is waited for, not timed.
// What is hidden is told apart by axe in a real browser: working it out at every look costs seconds here.
configure({ asyncUtilTimeout: 60_000, defaultHidden: true });

export let mock = new Mock();
let cookie = '';

beforeEach(() => {
  mock = new Mock();
  cookie = '';
  sessionStorage.clear();
  window.history.replaceState(null, '', '/');
  document.body.className = 'js-enabled nhsuk-frontend-supported';
  Element.prototype.scrollIntoView = () => {};
  HTMLDialogElement.prototype.showModal = function show() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
  };
  vi.stubGlobal('fetch', async (request: Request) => {
    const headers = new Headers(request.headers);
    headers.set('cookie', cookie);
    const body = request.method === 'GET' ? undefined : await request.clone().text();
    const answer = await mock.handle(
      new Request(request.url, { method: request.method, headers, body: body || undefined }),
    );
    const given = /__Host-purse=([^;]+)/.exec(answer.headers.get('Set-Cookie') ?? '');
    if (given) cookie = given[0];
    return answer;
  });
  vi.stubGlobal('ResizeObserver', class {
    observe() {}
    disconnect() {}
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});
