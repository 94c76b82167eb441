import { useMutation } from '@tanstack/react-query';
import { Button, Form, PasswordInput } from 'nhsuk-react-components';
import { useState, type FormEvent } from 'react';
import { Link } from 'wouter';
import { answered, client } from '../api/client';
import { Page } from '../parts/page';
import { Failed } from '../parts/states';

/** The link's token, wherever the link has it. */
export function tokenOf(address: string): string {
  const url = new URL(address);
  const hash = url.hash.slice(1);
  return url.searchParams.get('token') ?? new URLSearchParams(hash).get('token') ?? hash;
}

export default function NewPasswordPage() {
  const [token] = useState(() => tokenOf(window.location.href));
  const [password, setPassword] = useState('');
  const set = useMutation({
    mutationFn: () =>
      answered(
        () =>
          client.POST('/api/v1/password-links/used', { body: { token, new_password: password } }),
        false,
      ),
    // The token is used up: it shall not stay in the address or the history.
    onSuccess: () => window.history.replaceState(null, '', '/new-password'),
  });
  return (
    <Page title="Choose a password" crumbs={[{ href: '/', text: 'Sign in' }]}>
      <div className="purse-narrow">
        {set.isSuccess ? (
          <p role="status">
            Your password is set. <Link href="/">Sign in with it</Link>.
          </p>
        ) : token ? (
          <Form
            onSubmit={(event: FormEvent) => {
              event.preventDefault();
              if (password) set.mutate();
            }}
          >
            <PasswordInput
              id="new-password"
              name="new-password"
              label="New password"
              hint="Several unrelated words are easy to keep and hard to guess."
              autoComplete="new-password"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            {set.isError ? <Failed fault={set.error} /> : null}
            <Button type="submit" disabled={set.isPending}>
              Set the password
            </Button>
          </Form>
        ) : (
          <p>
            This page opens with a link. <Link href="/forgotten-password">Ask for one</Link>.
          </p>
        )}
      </div>
    </Page>
  );
}
