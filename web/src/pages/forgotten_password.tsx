import { useMutation } from '@tanstack/react-query';
import { Button, Form, TextInput } from 'nhsuk-react-components';
import { useState, type FormEvent } from 'react';
import { answered, client } from '../api/client';
import { Page } from '../parts/page';
import { Failed } from '../parts/states';

/** The answer never says whether there is such an account. */
export default function ForgottenPage() {
  const [name, setName] = useState('');
  const ask = useMutation({
    mutationFn: () =>
      answered(
        () => client.POST('/api/v1/password-links', { body: { name_or_email: name.trim() } }),
        false,
      ),
  });
  return (
    <Page title="Forgotten your password?" crumbs={[{ href: '/', text: 'Sign in' }]}>
      <div className="purse-narrow">
        {ask.isSuccess ? (
          <p role="status">
            If there is such an account, a link to a new password is on its way to its address. If
            nothing comes, ask your commissioner&rsquo;s administrator for a link.
          </p>
        ) : (
          <Form
            onSubmit={(event: FormEvent) => {
              event.preventDefault();
              if (name.trim()) ask.mutate();
            }}
          >
            <TextInput
              id="name"
              name="name"
              label="Your name or e-mail address"
              hint="The name with which you sign in, such as p.finch"
              autoComplete="username"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            {ask.isError ? <Failed fault={ask.error} /> : null}
            <Button type="submit" disabled={ask.isPending}>
              Ask for a link
            </Button>
          </Form>
        )}
      </div>
    </Page>
  );
}
