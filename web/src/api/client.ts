// The one way to the server. Types come from api/openapi.yaml; every refusal becomes a `Refused`
// with the server's own sentence; a session that ended waits for the person to sign in again and
// then asks once more, so that nothing typed is lost.
import createClient from 'openapi-fetch';
import { currentToken, waitForSignIn } from './session_gate';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];

export const client = createClient<paths>({
  baseUrl: window.location.origin,
  fetch: (request) => globalThis.fetch(request),
});

export class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
  get status() {
    return this.problem.status;
  }
}

const own = (type: string, title: string, status: number, detail: string): Problem => ({
  type,
  title,
  status,
  detail,
  request_id: '',
});

export const unreachable = () =>
  new Refused(
    own(
      '/problems/unreachable',
      'The server cannot be reached',
      0,
      'The server cannot be reached. Check that you are connected, and try again.',
    ),
  );

export const unexpected = (status: number) =>
  new Refused(
    own(
      '/problems/unexpected',
      'The server answered in a way that this page does not understand',
      status,
      `The server answered ${status}. Try again; if it happens again, tell whoever runs Purse.`,
    ),
  );

export interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

function problemOf(answer: Answer<unknown>): Problem {
  const { error, response } = answer;
  if (error && typeof error === 'object' && 'detail' in error) return error as Problem;
  return unexpected(response.status).problem;
}

/** The answer itself, whatever it is; a network fault becomes a `Refused`. */
async function asked<Data>(ask: () => Promise<Answer<Data>>): Promise<Answer<Data>> {
  try {
    return await ask();
  } catch (fault) {
    if (fault instanceof TypeError) throw unreachable();
    throw fault;
  }
}

/** Asks; the data, with the response for its headers. */
export async function answered<Data>(
  ask: () => Promise<Answer<Data>>,
  signInAgain = true,
): Promise<{ data: Data; response: Response }> {
  let answer = await asked(ask);
  if (answer.response.status === 401 && signInAgain) {
    await waitForSignIn();
    answer = await asked(ask);
  }
  if (!answer.response.ok) throw new Refused(problemOf(answer));
  return { data: answer.data as Data, response: answer.response };
}

export async function call<Data>(ask: () => Promise<Answer<Data>>): Promise<Data> {
  return (await answered(ask)).data;
}

/** The header of a request that changes something. */
export const withToken = () => ({ 'X-CSRF-Token': currentToken() });

/** A key that makes a repeated request have its first answer. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
