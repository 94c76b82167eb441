// Name and password, then the one-time code where the account has a second factor.
import { Button, ErrorSummary, Form, PasswordInput, TextInput } from 'nhsuk-react-components';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Refused } from '../api/client';
import { useSessions } from './session';

type Stage = 'password' | 'code';

export function SignInForm({ name: fixed }: { name?: string }) {
  const { signIn } = useSessions();
  const [stage, setStage] = useState<Stage>('password');
  const [name, setName] = useState(fixed ?? '');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [says, setSays] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const codeInput = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (stage === 'code') codeInput.current?.focus();
  }, [stage]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim() || !password) return setSays('Enter your name and your password.');
    if (stage === 'code' && !code.trim()) return setSays('Enter the code from your authenticator.');
    setBusy(true);
    setSays(null);
    try {
      await signIn({
        name: name.trim(),
        password,
        ...(stage === 'code' ? { code: code.replace(/\s/g, '') } : {}),
      });
    } catch (fault) {
      setBusy(false);
      if (fault instanceof Refused && fault.problem.type === '/problems/second-factor') {
        if (stage === 'code') setSays(fault.message);
        setStage('code');
        setCode('');
        return;
      }
      setSays(fault instanceof Error ? fault.message : 'This did not work. Try again.');
      if (stage === 'code') {
        setStage('password');
        setCode('');
      }
    }
  };

  return (
    <Form onSubmit={(event) => void submit(event)}>
      {says ? (
        <ErrorSummary key={says}>
          <ErrorSummary.Title>{stage === 'code' ? 'Check the code' : 'You are not signed in'}</ErrorSummary.Title>
          <p>{says}</p>
        </ErrorSummary>
      ) : null}
      {stage === 'password' ? (
        <>
          <TextInput
            id="name"
            name="name"
            label="Name"
            hint="As your commissioner gave it to you, such as p.finch"
            width="20"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            readOnly={fixed !== undefined}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <PasswordInput
            id="password"
            name="password"
            label="Password"
            width="20"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        </>
      ) : (
        <TextInput
          id="code"
          name="code"
          label="Code from your authenticator"
          hint="Six digits. They change every 30 seconds."
          width="10"
          inputMode="numeric"
          autoComplete="one-time-code"
          ref={codeInput}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      )}
      <Button type="submit" disabled={busy}>
        {busy ? 'Signing in…' : 'Sign in'}
      </Button>
      {stage === 'code' ? (
        <p>
          <button type="button" className="purse-why" onClick={() => setStage('password')}>
            Use another name
          </button>
        </p>
      ) : null}
    </Form>
  );
}
