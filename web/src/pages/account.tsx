// One's own account: the password, letters and the second factor.
import { useMutation } from '@tanstack/react-query';
import { Button, Form, PasswordInput, TextInput } from 'nhsuk-react-components';
import { useState, type FormEvent, type ReactNode } from 'react';
import { call, client, withToken } from '../api/client';
import { instantInWords } from '../figures';
import { AlertLetters } from '../parts/alert_letters';
import { Page } from '../parts/page';
import { Failed } from '../parts/states';
import { useSession } from '../session/session';

export default function AccountPage() {
  const session = useSession();
  return (
    <Page title={session.full_name} lede={`${session.role_in_words}, ${session.organisation.name}`}>
      <p>
        You sign in as <strong>{session.name}</strong>. This session ends at the latest on{' '}
        {instantInWords(session.expires_at)}.
      </p>
      <div className="purse-panels">
        <Panel id="password" heading="Change your password">
          <ChangePassword />
        </Panel>
        <Panel id="letters" heading="Letters">
          <AlertLetters />
        </Panel>
        <Panel id="factor" heading="A code from an authenticator, beside the password">
          <SecondFactor />
        </Panel>
      </div>
    </Page>
  );
}

function Panel({ id, heading, children }: { id: string; heading: string; children: ReactNode }) {
  return (
    <section className="purse-panel" aria-labelledby={id}>
      <h2 className="nhsuk-heading-s" id={id}>
        {heading}
      </h2>
      {children}
    </section>
  );
}

function ChangePassword() {
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const change = useMutation({
    mutationFn: () =>
      call(() =>
        client.POST('/api/v1/session/password', {
          params: { header: withToken() },
          body: { old_password: old, new_password: fresh },
        }),
      ),
    onSuccess: () => {
      setOld('');
      setFresh('');
    },
  });
  return (
    <Form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (old && fresh) change.mutate();
      }}
    >
      <PasswordInput
        id="old-password"
        name="old-password"
        label="Your password now"
        autoComplete="current-password"
        value={old}
        onChange={(event) => setOld(event.currentTarget.value)}
      />
      <PasswordInput
        id="new-password"
        name="new-password"
        label="New password"
        hint="Several unrelated words are easy to keep and hard to guess."
        autoComplete="new-password"
        value={fresh}
        onChange={(event) => setFresh(event.currentTarget.value)}
      />
      {change.isError ? <Failed fault={change.error} /> : null}
      <div role="status">
        {change.isSuccess ? (
          <p className="purse-done">Your password is changed. Your other sessions have ended.</p>
        ) : null}
      </div>
      <Button type="submit" secondary disabled={change.isPending}>
        Change the password
      </Button>
    </Form>
  );
}

function SecondFactor() {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const offer = useMutation({
    mutationFn: () =>
      call(() =>
        client.POST('/api/v1/session/second-factor', {
          params: { header: withToken() },
          body: { password },
        }),
      ),
    onSuccess: () => setPassword(''),
  });
  const confirm = useMutation({
    mutationFn: () =>
      call(() =>
        client.POST('/api/v1/session/second-factor/confirmation', {
          params: { header: withToken() },
          body: { code: code.replace(/\s/g, '') },
        }),
      ),
  });
  if (confirm.data) {
    return (
      <div role="status">
        <p className="purse-done">Your authenticator is enrolled.</p>
        <p>
          Keep these recovery codes on paper: each lets you in once without the authenticator. They
          are not shown again.
        </p>
        <ul className="purse-codes">
          {confirm.data.recovery_codes.map((one) => (
            <li key={one}>
              <code>{one}</code>
            </li>
          ))}
        </ul>
      </div>
    );
  }
  if (offer.data) {
    return (
      <Form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (code.trim()) confirm.mutate();
        }}
      >
        <p>
          Type this key into your authenticator app, or open{' '}
          <a href={offer.data.uri}>the link to it</a> on the device that has the app.
        </p>
        <p>
          <code className="purse-secret">{offer.data.secret.replace(/(.{4})/g, '$1 ').trim()}</code>
        </p>
        <TextInput
          id="factor-code"
          name="code"
          label="Code that the app shows now"
          width="10"
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        {confirm.isError ? <Failed fault={confirm.error} /> : null}
        <Button type="submit" disabled={confirm.isPending}>
          Confirm
        </Button>
      </Form>
    );
  }
  return (
    <Form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (password) offer.mutate();
      }}
    >
      <p>
        With a second factor nobody gets in with your password alone. You need an authenticator app
        on your telephone.
      </p>
      <PasswordInput
        id="factor-password"
        name="password"
        label="Your password, to begin"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {offer.isError ? <Failed fault={offer.error} /> : null}
      <Button type="submit" secondary disabled={offer.isPending}>
        Enrol an authenticator
      </Button>
    </Form>
  );
}
