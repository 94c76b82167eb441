// A session that ended: the person signs in on top of the page, and goes on where they were.
import { useEffect, useRef } from 'react';
import { useSessions } from './session';
import { SignInForm } from './sign_in_form';

export function SignInAgain({ name }: { name: string }) {
  const { signOut } = useSessions();
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
      <SignInForm name={name} />
      <button type="button" className="purse-why" onClick={() => void signOut()}>
        Leave, and drop what is not sent
      </button>
    </dialog>
  );
}
