// Signing in with the identity provider, where the site has one: a plain link, as the browser leaves
// these pages and comes back signed in, or with a sentence that says why not.
import { Button, ErrorSummary } from 'nhsuk-react-components';
import { useQuery, waysToSignIn } from '../api/questions';

export function ByProvider({ to }: { to: string }) {
  const ways = useQuery(waysToSignIn()).data;
  if (!ways) return null;
  const { provider, says } = ways;
  return (
    <>
      {says ? (
        <ErrorSummary>
          <ErrorSummary.Title>You are not signed in</ErrorSummary.Title>
          <p>{says.charAt(0).toUpperCase() + says.slice(1)}.</p>
        </ErrorSummary>
      ) : null}
      {provider ? (
        <>
          <Button href={`${provider.address}?to=${encodeURIComponent(to)}`}>
            Sign in with {provider.name}
          </Button>
          <h2 className="nhsuk-heading-s">Or with a name and a password</h2>
        </>
      ) : null}
    </>
  );
}
