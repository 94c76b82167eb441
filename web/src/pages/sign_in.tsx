import { useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { Page } from '../parts/page';
import { ByProvider } from '../session/by_provider';
import { SignInForm } from '../session/sign_in_form';

/** The page that was asked for is shown after signing in; after signing out one begins afresh. */
export function SignInPage({ signedOut }: { signedOut: boolean }) {
  const [path, go] = useLocation();
  useEffect(() => {
    if (signedOut && path !== '/') go('/', { replace: true });
  }, [signedOut, path, go]);
  return (
    <Page title={signedOut ? 'You are signed out' : 'Sign in'}>
      <div className="purse-narrow">
        {signedOut ? (
          <p>Close the window if others use this computer. To go on, sign in again.</p>
        ) : (
          <p>
            Purse is for practices and their commissioner: budgets, what was used of them, and how
            every figure was worked out.
          </p>
        )}
        <ByProvider to={path} />
        <SignInForm />
        <p>
          <Link href="/forgotten-password">Forgotten your password?</Link>
        </p>
      </div>
    </Page>
  );
}
