// Who is signed in. A session that ends while a page is open leaves the page as it is: the person
// signs in again on top of it and goes on.
import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { answered, client, Refused, withToken, type Schemas } from '../api/client';
import { nobodySignsIn, onSessionEnded, setToken, signedInAgain } from '../api/session_gate';

export type Session = Schemas['Session'];

type State =
  | { kind: 'asking' }
  | { kind: 'unreachable'; why: Error }
  | { kind: 'nobody'; signedOut: boolean }
  | { kind: 'somebody'; session: Session }
  | { kind: 'ended'; session: Session };

export interface SignIn {
  name: string;
  password: string;
  code?: string;
}

interface Sessions {
  state: State;
  signIn: (with_: SignIn) => Promise<Session>;
  signOut: () => Promise<void>;
  look: () => Promise<void>;
}

const Context = createContext<Sessions | null>(null);

export function SessionProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [state, setState] = useState<State>({ kind: 'asking' });
  // Whose session has ended, while it waits to be begun again.
  const ended = useRef('');
  ended.current = state.kind === 'ended' ? state.session.name : '';

  const begin = useCallback((session: Session) => {
    setToken(session.csrf);
    setState({ kind: 'somebody', session });
  }, []);

  const goOn = useCallback(
    (session: Session) => {
      if (ended.current && ended.current !== session.name) {
        // Somebody else: nothing of the person before may be seen or sent.
        nobodySignsIn();
        queries.clear();
        window.location.assign('/');
      } else {
        begin(session);
        signedInAgain();
      }
    },
    [begin, queries],
  );

  const look = useCallback(async () => {
    try {
      const { data } = await answered(() => client.GET('/api/v1/session'), false);
      goOn(data as Session);
    } catch (fault) {
      if (fault instanceof Refused && fault.status === 401) {
        // Who looks too early from an ended session stays where they are.
        setState((now) => (now.kind === 'ended' ? now : { kind: 'nobody', signedOut: false }));
      } else {
        setState({ kind: 'unreachable', why: fault as Error });
      }
    }
  }, [goOn]);

  useEffect(() => {
    onSessionEnded(() =>
      setState((now) => (now.kind === 'somebody' ? { kind: 'ended', session: now.session } : now)),
    );
    void look();
  }, [look]);

  const signIn = useCallback(
    async (body: SignIn) => {
      const { data } = await answered(() => client.POST('/api/v1/session', { body }), false);
      const session = data as Session;
      goOn(session);
      return session;
    },
    [goOn],
  );

  const signOut = useCallback(async () => {
    if (state.kind === 'somebody') {
      await answered(
        () => client.DELETE('/api/v1/session', { params: { header: withToken() } }),
        false,
      ).catch((fault: unknown) => {
        if (!(fault instanceof Refused) || fault.status !== 401) throw fault;
      });
    }
    nobodySignsIn();
    queries.clear();
    setToken('');
    setState({ kind: 'nobody', signedOut: true });
  }, [queries, state.kind]);

  const value = useMemo(() => ({ state, signIn, signOut, look }), [state, signIn, signOut, look]);
  return <Context value={value}>{children}</Context>;
}

export function useSessions(): Sessions {
  const sessions = use(Context);
  if (!sessions) throw new Error('no SessionProvider');
  return sessions;
}

/** The session of a page that is shown only to somebody signed in. */
export function useSession(): Session {
  const { state } = useSessions();
  if (state.kind !== 'somebody' && state.kind !== 'ended') throw new Error('nobody is signed in');
  return state.session;
}
