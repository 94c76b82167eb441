// A session that ended: the person signs in on top of the page, and goes on where they were.
import { Button } from 'nhsuk-react-components';
import { useEffect, useRef } from 'react';
import { useQuery, waysToSignIn } from '../api/questions';
import { useSessions } from './session';
import { SignInForm } from './sign_in_form';

export function SignInAgain({ name }: { name: string }) {
  const { signOut, look } = useSessions();
  const provider = useQuery(waysToSignIn()).data?.provider;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      className="purse-dialog"
      ref={dialog}
      aria-labelledby="again"
      onCancel={(event) => event.preventDefault()}
    >
      <h2 className="nhsuk-heading-m" id="again">
        Your session has ended
      </h2>
      <p>Sign in again to go on. Nothing that you typed is lost.</p>
      {provider ? (
        <>
          <p>
            <a href={provider.address} target="_blank" rel="noreferrer">
              Sign in with {provider.name} in a new window
            </a>
            , come back here and go on.
          </p>
          <Button type="button" secondary onClick={() => void look()}>
            I have signed in: go on
          </Button>
        </>
      ) : null}
      <SignInForm name={name} />
      <button type="button" className="purse-why" onClick={() => void signOut()}>
        Leave, and drop what is not sent
      </button>
    </dialog>
  );
}
