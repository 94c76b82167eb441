// Challenges, each with where it stands and whose turn it is; opened, what was done about it and what
// the person who reads may do now.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, TextInput, Textarea } from 'nhsuk-react-components';
import { useState, type FormEvent } from 'react';
import { call, client, newKey, withToken, type Schemas } from '../api/client';
import * as questions from '../api/questions';
import { inPounds, monthInWords } from '../figures';
import { useKept } from './kept';
import { Asked, Failed } from './states';
import { Disclosure } from './working';

type Standing = Schemas['ChallengeStanding'];
type Full = Schemas['Challenge'] & { etag: string };
type Step = 'pass' | 'uphold' | 'reject' | 'withdraw';

export function ChallengeList({ items, named }: { items: Standing[]; named: boolean }) {
  const [said, setSaid] = useState<string | null>(null);
  return (
    <>
      <div role="status" aria-live="polite">
        {said ? <p className="purse-done">{said}</p> : null}
      </div>
      {items.length ? null : <p>There is no challenge.</p>}
      <ul className="purse-records purse-challenges">
        {items.map((one) => (
          <li key={one.number}>
            <OneLine standing={one} named={named} onDone={setSaid} />
          </li>
        ))}
      </ul>
    </>
  );
}

export function aboutWhat(one: Standing): string {
  if (!one.record) {
    const line = one.amounts[0]?.label ?? '';
    return `${line}, ${monthInWords(one.month)}${one.provider ? `, ${one.provider_name}` : ''}`;
  }
  const { record_id, what, began, ended } = one.record;
  const days = began === ended ? began : `${began} to ${ended}`;
  return `Record ${record_id}${what ? ` (${what})` : ''} of ${one.provider_name}, ${days}`;
}

function OneLine({
  standing,
  named,
  onDone,
}: {
  standing: Standing;
  named: boolean;
  onDone: (says: string) => void;
}) {
  return (
    <>
      <strong>
        {standing.number}: {standing.reason_in_words}
      </strong>{' '}
      <span className="purse-figure">{inPounds(standing.disputed_pence)}</span>{' '}
      <span className={`nhsuk-tag ${tagOf(standing)}`}>{standing.state_in_words}</span>
      <div>
        {named ? `${standing.practice_name} (${standing.practice}). ` : ''}
        {aboutWhat(standing)}
      </div>
      <div className="purse-quiet">
        {standing.must_act.side === 'nobody' ? outcome(standing) : `${standing.must_act.says}.`}
      </div>
      <Disclosure
        label={
          <>
            What was done, and what you can do
            <span className="nhsuk-u-visually-hidden"> about challenge {standing.number}</span>
          </>
        }
      >
        {() => (
          <Opened practice={standing.practice} number={standing.number} onDone={onDone} />
        )}
      </Disclosure>
    </>
  );
}

function tagOf(standing: Standing): string {
  if (standing.must_act.late) return 'nhsuk-tag--orange';
  if (standing.state === 'upheld') return 'nhsuk-tag--green';
  return standing.must_act.side === 'nobody' ? 'nhsuk-tag--grey' : 'nhsuk-tag--blue';
}

function outcome(one: Standing): string {
  if (one.state !== 'upheld') return `Ended on ${one.ended_on}.`;
  const month = one.falls_on ? monthInWords(one.falls_on) : '';
  return `${inPounds(one.credit_pence)} is credited in ${month}, by a correcting record that names challenge ${one.number}.`;
}

function Opened({
  practice,
  number,
  onDone,
}: {
  practice: string;
  number: number;
  onDone: (says: string) => void;
}) {
  const asked = useQuery(questions.challenge(practice, number));
  return (
    <Asked of={asked} what="the challenge">
      {(challenge) => (
        <div className="purse-working">
          {challenge.note ? <p>Note: {challenge.note}</p> : null}
          {challenge.amounts.length > 1 ? (
            <ul>
              {challenge.amounts.map((part) => (
                <li key={part.line}>
                  {part.label}: {inPounds(part.pence)}
                </li>
              ))}
            </ul>
          ) : null}
          <ol className="purse-history">
            {challenge.events.map((event) => (
              <li key={event.number}>
                <strong>{event.step_in_words}</strong>: {event.author} ({event.role_in_words}),{' '}
                {event.at.slice(0, 10)}
                {event.amount_pence ? `, ${inPounds(event.amount_pence)}` : ''}
                {event.says ? <div>{event.says}</div> : null}
              </li>
            ))}
          </ol>
          <Steps challenge={challenge as Full} onDone={onDone} />
        </div>
      )}
    </Asked>
  );
}

const buttons: Record<Step, string> = {
  uphold: 'Uphold',
  pass: 'Pass to the provider',
  reject: 'Reject',
  withdraw: 'Withdraw',
};
const done: Record<Step, string> = {
  uphold: 'upheld. The practice is credited by a correcting record.',
  pass: 'passed to the provider. It is in the next file to it.',
  reject: 'rejected, with your reasons.',
  withdraw: 'withdrawn.',
};

function Steps({ challenge, onDone }: { challenge: Full; onDone: (says: string) => void }) {
  const open = (Object.keys(buttons) as Step[]).filter((step) => challenge.i_may.includes(step));
  const [chosen, setChosen] = useState<Step | null>(null);
  return (
    <div className="purse-act">
      <div className="purse-buttons">
        {open.map((step) => (
          <button
            key={step}
            type="button"
            className="nhsuk-button nhsuk-button--small nhsuk-button--secondary"
            aria-expanded={chosen === step}
            onClick={() => setChosen(chosen === step ? null : step)}
          >
            {buttons[step]}
            <span className="nhsuk-u-visually-hidden"> challenge {challenge.number}</span>
          </button>
        ))}
      </div>
      {chosen && open.includes(chosen) ? (
        <StepForm
          key={chosen}
          step={chosen}
          challenge={challenge}
          onDone={() => {
            onDone(`Challenge ${challenge.number}: ${done[chosen]}`);
            setChosen(null);
          }}
        />
      ) : null}
    </div>
  );
}

function StepForm({
  step,
  challenge,
  onDone,
}: {
  step: Step;
  challenge: Full;
  onDone: () => void;
}) {
  const queries = useQueryClient();
  const [key, setKey] = useState(newKey);
  const [says, setSays] = useKept(`challenge.${challenge.number}.${step}`);
  const accepted = challenge.accepted_pence ?? challenge.disputed_pence;
  const [pounds, setPounds] = useState(((accepted || challenge.disputed_pence) / 100).toFixed(2));
  const [missing, setMissing] = useState(false);
  const take = useMutation({
    mutationFn: (body: Schemas['ChallengeStep']) =>
      call(() =>
        client.POST('/api/v1/practices/{practice}/challenges/{challenge}/steps', {
          params: {
            path: { practice: challenge.practice, challenge: challenge.number },
            header: { ...withToken(), 'If-Match': challenge.etag, 'Idempotency-Key': key },
          },
          body,
        }),
      ),
    onSettled: () => setKey(newKey()),
    onSuccess: async () => {
      setSays('');
      onDone();
      await queries.invalidateQueries();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (step === 'reject' && !says.trim()) return setMissing(true);
    setMissing(false);
    take.mutate({
      step,
      ...(says.trim() ? { says: says.trim() } : {}),
      ...(step === 'uphold' ? { pounds } : {}),
    });
  };
  const id = `${step}-${challenge.number}`;
  return (
    <Form className="purse-step-form" onSubmit={submit}>
      {step === 'uphold' ? (
        <TextInput
          id={`pounds-${id}`}
          name="pounds"
          label="Credit in pounds"
          hint={`Up to ${inPounds(challenge.disputed_pence)}, which is disputed.`}
          inputMode="decimal"
          width={10}
          value={pounds}
          onChange={(event) => setPounds(event.currentTarget.value)}
        />
      ) : null}
      <Textarea
        id={`says-${id}`}
        name="says"
        label={step === 'reject' ? 'Your reasons' : 'A word with it (optional)'}
        rows={3}
        maxLength={2000}
        error={missing ? 'Write a few words.' : undefined}
        value={says}
        onChange={(event) => setSays(event.currentTarget.value)}
      />
      {take.isError ? (
        <Failed fault={take.error} again={() => void queries.invalidateQueries()} />
      ) : null}
      <Button type="submit" small disabled={take.isPending}>
        {take.isPending ? 'Sending…' : buttons[step]}
      </Button>
    </Form>
  );
}
