// Between requests and the sign-in form: who waits for a session, and the token of the present one.

let token = '';
let waiting: { promise: Promise<void>; go: () => void; giveUp: (why: Error) => void } | null = null;
let whenEnded: () => void = () => {};

export class SignedOut extends Error {
  constructor() {
    super('Nobody is signed in.');
  }
}

export const currentToken = () => token;
export const setToken = (value: string) => void (token = value);
export const onSessionEnded = (handler: () => void) => void (whenEnded = handler);

/** Resolves when the same person has signed in again; rejects when they do not. */
export function waitForSignIn(): Promise<void> {
  if (!waiting) {
    let go = () => {};
    let giveUp: (why: Error) => void = () => {};
    const promise = new Promise<void>((resolve, reject) => {
      go = resolve;
      giveUp = reject;
    });
    promise.catch(() => {});
    waiting = { promise, go, giveUp };
    whenEnded();
  }
  return waiting.promise;
}

export function signedInAgain() {
  waiting?.go();
  waiting = null;
}

export function nobodySignsIn() {
  waiting?.giveUp(new SignedOut());
  waiting = null;
}
