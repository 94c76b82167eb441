// What stands where an answer is still missing, failed, is empty, or is not for this reader.
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { Refused } from '../api/client';
import { SignedOut } from '../api/session_gate';

/** Says so only when it takes long enough to be noticed. */
export function Loading({ what }: { what: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="purse-loading" role="status">
      {late ? `Loading ${what}…` : <span className="nhsuk-u-visually-hidden">Loading {what}</span>}
    </div>
  );
}

export function Failed({ fault, again }: { fault: unknown; again?: () => void }) {
  if (fault instanceof SignedOut) return null;
  const refused = fault instanceof Refused ? fault : null;
  if (refused?.status === 403) return <NotForYou says={refused.message} />;
  const heading =
    refused?.status === 404 || refused?.status === 409 ? refused.problem.title : 'This did not work';
  return (
    <div className="purse-state" role="alert">
      <h2 className="nhsuk-heading-s">{heading}</h2>
      <p>{refused?.message ?? 'Something went wrong in this page. Load it again.'}</p>
      {refused?.problem.request_id ? (
        <p className="purse-quiet">
          If you report this, give the number {refused.problem.request_id}.
        </p>
      ) : null}
      {again ? (
        <button type="button" className="nhsuk-button nhsuk-button--secondary" onClick={again}>
          Try again
        </button>
      ) : null}
    </div>
  );
}

export function NotForYou({ says }: { says: string }) {
  return (
    <div className="purse-state">
      <h2 className="nhsuk-heading-s">Not open to your role</h2>
      <p>{says}</p>
      <p className="purse-quiet">
        If you need it for your work, ask your commissioner&rsquo;s administrator to change your
        account.
      </p>
    </div>
  );
}

export function Empty({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <div className="purse-state">
      <h2 className="nhsuk-heading-s">{heading}</h2>
      {children}
    </div>
  );
}

/** Shows what was asked for once it is there. */
export function Asked<Data>({
  of,
  what,
  children,
}: {
  of: UseQueryResult<Data>;
  what: string;
  children: (data: Data) => ReactNode;
}) {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.isError) return <Failed fault={of.error} again={() => void of.refetch()} />;
  return <Loading what={what} />;
}
