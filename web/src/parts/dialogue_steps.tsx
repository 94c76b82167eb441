// What the person who reads may do now in the dialogue about a budget: one button a step, then its form.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Select, Textarea } from 'nhsuk-react-components';
import { useState, type FormEvent } from 'react';
import { call, client, newKey, Refused, withToken, type Schemas } from '../api/client';
import * as questions from '../api/questions';
import { inPounds, yearInAddress } from '../figures';
import { useKept } from './kept';
import { isOvertaken, Overtaken, stepsSince } from './overtaken';
import { Failed } from './states';

export type Dialogue = Schemas['Dialogue'] & { etag: string };
type Name = Schemas['DialogueStepName'];

interface Wording {
  button: string;
  label: string;
  hint?: string;
  send: string;
  done: string;
}

const wordings: Record<Name, Wording> = {
  agree: {
    button: 'Agree',
    label: '',
    send: 'Agree to this budget',
    done: 'You agreed to this budget. It is in force.',
  },
  disagree: {
    button: 'Disagree',
    label: 'Why do you disagree?',
    hint: 'Your reasons are kept on record. The commissioner revises the offer, or the arbiter rules.',
    send: 'Disagree, with these reasons',
    done: 'Your disagreement and its reasons are on record.',
  },
  comment: {
    button: 'Comment',
    label: 'Your comment or question',
    hint: 'It is answered before the next offer.',
    send: 'Send the comment',
    done: 'Your comment is on record. The commissioner answers it.',
  },
  answer: {
    button: 'Answer',
    label: 'Your answer to the practice',
    send: 'Send the answer',
    done: 'Your answer is on record.',
  },
  offer: {
    button: 'Make an offer',
    label: 'A word with the offer (optional)',
    send: 'Make this offer',
    done: 'The offer is on record. It is the practice’s turn.',
  },
  show_data: {
    button: 'Show the data',
    label: 'A word with the data (optional)',
    send: 'Show the data to the practice',
    done: 'The data are shown. The practice may comment.',
  },
  refer: {
    button: 'Refer to the arbiter',
    label: 'Why should the arbiter rule?',
    send: 'Refer to the arbiter',
    done: 'It is referred. The arbiter rules.',
  },
  rule: {
    button: 'Rule',
    label: 'The reasons of the ruling',
    hint: 'The ruling binds both sides.',
    send: 'Rule, with these reasons',
    done: 'The ruling is on record and in force.',
  },
  reopen: {
    button: 'Open again',
    label: 'Why should it be opened again?',
    hint: 'What is in force stays in force until the new version is agreed.',
    send: 'Open a new version',
    done: 'A new version is open.',
  },
};

const order: Name[] = ['agree', 'rule', 'offer', 'answer', 'show_data', 'disagree', 'comment', 'refer', 'reopen'];
const wordless: Name[] = ['agree', 'offer', 'show_data'];

export function DialogueSteps({ dialogue, year }: { dialogue: Dialogue; year: string }) {
  const steps = order.filter((step) => dialogue.i_may.includes(step));
  const [chosen, setChosen] = useState<Name | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [overtaken, setOvertaken] = useState<{ seen: string; typed: string } | null>(null);
  const open = chosen && steps.includes(chosen) ? chosen : null;
  return (
    <div className="purse-act">
      <div role="status" aria-live="polite">
        {done ? <p className="purse-done">{done}</p> : null}
      </div>
      {overtaken ? (
        <Overtaken
          events={stepsSince(dialogue.events, overtaken.seen)}
          typed={open || !overtaken.typed ? undefined : overtaken.typed}
        />
      ) : null}
      {steps.length === 0 ? <p>There is nothing for you to do here now.</p> : null}
      <div className="purse-buttons">
        {steps.map((step, at) => (
          <button
            key={step}
            type="button"
            className={`nhsuk-button ${at === 0 ? '' : 'nhsuk-button--secondary'}`}
            aria-expanded={open === step}
            onClick={() => {
              setDone(null);
              setChosen(open === step ? null : step);
            }}
          >
            {wordings[step].button}
          </button>
        ))}
      </div>
      {open ? (
        <StepForm
          key={open}
          step={open}
          dialogue={dialogue}
          year={year}
          onOvertaken={setOvertaken}
          onDone={(says) => {
            setOvertaken(null);
            setChosen(null);
            setDone(says);
          }}
        />
      ) : null}
    </div>
  );
}

/**
 * Takes a step on the state that the person saw; what they typed stays until it is on record.
 * `onRecord` comes before the page is asked anew: the form may then be gone, and its own
 * callbacks with it.
 */
function useStep(
  dialogue: Dialogue,
  year: string,
  onRecord: () => void,
  onOvertaken: (seen: string) => void,
) {
  const queries = useQueryClient();
  const [key, setKey] = useState(newKey);
  return useMutation({
    mutationFn: (body: Schemas['Step']) =>
      call(() =>
        client.POST('/api/v1/practices/{practice}/budgets/{year}/dialogue/steps', {
          params: {
            path: { practice: dialogue.practice, year: yearInAddress(year) },
            header: { ...withToken(), 'If-Match': dialogue.etag, 'Idempotency-Key': key },
          },
          body,
        }),
      ),
    // A request that may have arrived is sent again under its own key.
    onSettled: (_, fault) => {
      if (!(fault instanceof Refused && fault.status === 0)) setKey(newKey());
    },
    onError: (fault) => {
      if (!isOvertaken(fault)) return;
      onOvertaken(dialogue.last_event);
      void queries.invalidateQueries();
    },
    onSuccess: async () => {
      onRecord();
      await queries.invalidateQueries();
    },
  });
}

function StepForm({
  step,
  dialogue,
  year,
  onDone,
  onOvertaken,
}: {
  step: Name;
  dialogue: Dialogue;
  year: string;
  onDone: (says: string) => void;
  onOvertaken: (what: { seen: string; typed: string }) => void;
}) {
  const queries = useQueryClient();
  const wording = wordings[step];
  const [says, setSays] = useKept(`${dialogue.practice}.${year}.${step}`);
  const [draft, setDraft] = useState('');
  const [missing, setMissing] = useState<string | null>(null);
  const take = useStep(
    dialogue,
    year,
    () => {
      setSays('');
      onDone(wording.done);
    },
    (seen) => onOvertaken({ seen, typed: says }),
  );
  const namesDraft = step === 'offer' || step === 'rule';

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!wordless.includes(step) && !says.trim()) return setMissing('Write a few words.');
    if (step === 'offer' && !draft) return setMissing('Choose which draft you offer.');
    setMissing(null);
    take.mutate({
      step,
      ...(says.trim() ? { says: says.trim() } : {}),
      ...(draft ? { draft } : {}),
      ...(step === 'agree' ? { offer: dialogue.on_table } : {}),
    });
  };

  return (
    <Form className="purse-step-form" onSubmit={submit}>
      {step === 'agree' ? (
        <p>
          You agree to the offer of{' '}
          <strong>{dialogue.net_pence === null ? '–' : inPounds(dialogue.net_pence)}</strong> net for{' '}
          {year}, as it stands on this page. It is then in force, and changes only if it is opened
          again.
        </p>
      ) : null}
      {namesDraft ? (
        <DraftChoice year={year} value={draft} onChoose={setDraft} optional={step === 'rule'} />
      ) : null}
      {wording.label ? (
        <Textarea
          id={`says-${step}`}
          name="says"
          label={wording.label}
          hint={wording.hint}
          rows={4}
          maxLength={20000}
          error={missing ?? undefined}
          value={says}
          onChange={(event) => setSays(event.currentTarget.value)}
        />
      ) : null}
      {take.isError && !isOvertaken(take.error) ? (
        <Failed fault={take.error} again={() => void queries.invalidateQueries()} />
      ) : null}
      <Button type="submit" disabled={take.isPending}>
        {take.isPending ? 'Sending…' : wording.send}
      </Button>
    </Form>
  );
}

function DraftChoice({
  year,
  value,
  onChoose,
  optional,
}: {
  year: string;
  value: string;
  onChoose: (name: string) => void;
  optional: boolean;
}) {
  const { data } = useQuery(questions.drafts(yearInAddress(year)));
  return (
    <Select
      id="draft"
      name="draft"
      label={optional ? 'Another draft (optional)' : 'Which draft?'}
      value={value}
      onChange={(event) => onChoose(event.currentTarget.value)}
    >
      <Select.Option value="">{optional ? 'the offer on the table' : 'Choose'}</Select.Option>
      {(data?.items ?? []).map((draft) => (
        <Select.Option key={draft.number} value={draft.name}>
          {draft.name}
        </Select.Option>
      ))}
    </Select>
  );
}

/** A comment that is about one step of the working says so in its first words. */
const aboutStep = /^About “([^”]+)”: /;

export function aboutWhich(says: string): { title: string | null; text: string } {
  const found = aboutStep.exec(says);
  return found ? { title: found[1]!, text: says.slice(found[0].length) } : { title: null, text: says };
}

/** Comment on one step of the working, beside it. */
export function CommentOnStep({
  title,
  dialogue,
  year,
}: {
  title: string;
  dialogue: Dialogue;
  year: string;
}) {
  const [text, setText] = useKept(`${dialogue.practice}.${year}.step.${title}`);
  const [open, setOpen] = useState(text !== '');
  const [seen, setSeen] = useState<string | null>(null);
  const take = useStep(
    dialogue,
    year,
    () => {
      setText('');
      setOpen(false);
    },
    setSeen,
  );
  if (!open) {
    return (
      <button type="button" className="purse-why" onClick={() => setOpen(true)}>
        Comment on this step<span className="nhsuk-u-visually-hidden">: {title}</span>
      </button>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!text.trim()) return;
    take.mutate({ step: 'comment', says: `About “${title}”: ${text.trim()}` });
  };
  return (
    <Form className="purse-step-form" onSubmit={submit}>
      <Textarea
        id={`about-${title.replaceAll(/\W+/g, '-')}`}
        name="about"
        label={`Your comment on “${title}”`}
        rows={3}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {isOvertaken(take.error) && seen !== null ? (
        <Overtaken events={stepsSince(dialogue.events, seen)} />
      ) : take.isError ? (
        <Failed fault={take.error} />
      ) : null}
      <div className="purse-buttons">
        <Button type="submit" small disabled={take.isPending}>
          Send the comment
        </Button>
        <button type="button" className="purse-why" onClick={() => setOpen(false)}>
          Not now
        </button>
      </div>
    </Form>
  );
}
