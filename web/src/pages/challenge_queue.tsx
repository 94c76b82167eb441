// The commissioner's queue of challenges: who must act, the files to and from providers, and what came
// of them.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form } from 'nhsuk-react-components';
import { useState, type FormEvent } from 'react';
import { call, client, newKey, withToken, type Schemas } from '../api/client';
import * as questions from '../api/questions';
import { inPounds, plural } from '../figures';
import { ChallengeList } from '../parts/challenge_list';
import { ExactSwitch } from '../parts/exact';
import { Downloads, Page, Section } from '../parts/page';
import { RateOfReturn } from '../parts/rate_of_return';
import { Asked, Failed } from '../parts/states';
import { may } from '../session/rights';
import { useSession } from '../session/session';

type Standing = Schemas['ChallengeStanding'];

export default function ChallengeQueuePage() {
  const session = useSession();
  const [shown, setShown] = useState<questions.ChallengesShown>('open');
  const asked = useQuery(questions.allChallenges(shown));
  return (
    <Page title="Challenges" lede={session.commissioner.name} tools={<ExactSwitch />}>
      <Section
        heading="The queue"
        id="queue"
        tools={
          <>
            <button
              type="button"
              className="purse-tool"
              aria-pressed={shown === 'all'}
              onClick={() => setShown(shown === 'open' ? 'all' : 'open')}
            >
              Decided ones too
            </button>
            <Downloads of="/api/v1/challenges" what="the challenges" />
          </>
        }
      >
        <Asked of={asked} what="the challenges">
          {(found) => (
            <>
              <p>{queueInWords(found.items)}</p>
              <ChallengeList items={inOrder(found.items)} named />
              {may(session, 'answer_query') ? <Providers items={found.items} /> : null}
            </>
          )}
        </Asked>
      </Section>
      <RateOfReturn />
    </Page>
  );
}

const open = (one: Standing) => one.must_act.side !== 'nobody';

export function queueInWords(items: Standing[]): string {
  const waiting = items.filter(open);
  const ours = waiting.filter((one) => one.must_act.side === 'commissioner').length;
  const late = waiting.filter((one) => one.must_act.late).length;
  const disputed = waiting.reduce((sum, one) => sum + one.disputed_pence, 0);
  if (!waiting.length) return 'No challenge is open.';
  return `${plural(waiting.length, 'challenge')} open, ${inPounds(disputed)} disputed: ${ours} for the commissioner to answer, ${waiting.length - ours} with providers, ${late} late.`;
}

/** The commissioner's own first, then by who is late or due first. */
function inOrder(items: Standing[]): Standing[] {
  const rank = (one: Standing) =>
    one.must_act.side === 'commissioner' ? 0 : one.must_act.side === 'provider' ? 1 : 2;
  return [...items].sort(
    (a, b) =>
      rank(a) - rank(b) || (a.must_act.by ?? '').localeCompare(b.must_act.by ?? '') || a.number - b.number,
  );
}

/** What was refused stays to be read when nothing waits for the provider any more. */
function Providers({ items }: { items: Standing[] }) {
  const [taken, setTaken] = useState<Schemas['ProviderAnswers'] | null>(null);
  const providers = new Map<string, { name: string; waiting: number }>();
  for (const one of items) {
    if (one.state !== 'with_provider') continue;
    const known = providers.get(one.provider) ?? { name: one.provider_name, waiting: 0 };
    providers.set(one.provider, { ...known, waiting: known.waiting + 1 });
  }
  if (!providers.size && !taken) return null;
  return (
    <>
      <h3 className="nhsuk-heading-s">Files to and from providers</h3>
      <div role="status">{taken ? <Taken answers={taken} /> : null}</div>
      <ul className="purse-records">
        {[...providers].map(([code, { name, waiting }]) => (
          <li key={code}>
            {name} ({code}): {plural(waiting, 'challenge')} to answer.{' '}
            <Downloads of={`/api/v1/challenge-files/${code}`} what={`the file to ${name}`} />
            <AnswersForm provider={code} name={name} onTaken={setTaken} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Taken({ answers }: { answers: Schemas['ProviderAnswers'] }) {
  return (
    <>
      <p>
        {plural(answers.taken.length, 'answer')} on record, {answers.unchanged} said before,{' '}
        {answers.refused.length} refused.
      </p>
      <ul>
        {answers.refused.map((one) => (
          <li key={`${one.line}-${one.column}`}>
            Line {one.line}, {one.column}: &ldquo;{one.value}&rdquo; {one.reason}; {one.remedy}.
          </li>
        ))}
      </ul>
    </>
  );
}

function AnswersForm({
  provider,
  name,
  onTaken,
}: {
  provider: string;
  name: string;
  onTaken: (answers: Schemas['ProviderAnswers']) => void;
}) {
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const take = useMutation({
    mutationFn: async (given: File) => {
      const text = await given.text();
      return (await call(() =>
        client.POST('/api/v1/challenge-files/{provider}/answers', {
          params: { path: { provider }, header: { ...withToken(), 'Idempotency-Key': newKey() } },
          body: { file_name: given.name, text },
        }),
      )) as Schemas['ProviderAnswers'];
    },
    onSuccess: async (answers) => {
      onTaken(answers);
      await queries.invalidateQueries();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (file) take.mutate(file);
  };
  return (
    <Form className="purse-step-form" onSubmit={submit}>
      <label className="nhsuk-label" htmlFor={`answers-${provider}`}>
        Its answers (CSV)<span className="nhsuk-u-visually-hidden"> of {name}</span>
      </label>
      <input
        id={`answers-${provider}`}
        className="nhsuk-file-upload"
        type="file"
        accept=".csv,text/csv"
        onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
      />
      {take.isError ? <Failed fault={take.error} /> : null}
      <Button type="submit" small secondary disabled={!file || take.isPending}>
        Read the answers
      </Button>
    </Form>
  );
}
