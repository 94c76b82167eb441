// "Challenge this record": the reason and a note; what it costs in the figures is what is disputed.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Select, Textarea, TextInput } from 'nhsuk-react-components';
import { useState, type FormEvent } from 'react';
import { Link } from 'wouter';
import { call, client, newKey, withToken, type Schemas } from '../api/client';
import { inPounds } from '../figures';
import { useKept } from './kept';
import { Failed } from './states';

export type Reason = Schemas['ChallengeReason'];

export const reasons: [Reason, string][] = [
  ['not_my_patient', 'Not my patient'],
  ['did_not_happen', 'Did not happen'],
  ['wrong_hrg', 'Wrong HRG'],
  ['duplicate', 'Duplicate'],
  ['wrong_date', 'Wrong date'],
  ['wrong_price', 'Not our provider’s price'],
];

export interface RecordNamed {
  data_set: 'apc' | 'op' | 'ae';
  record_id: string;
  provider: string;
  rule?: string;
  beside?: string;
  beside_provider?: string;
}

/** Marks it; a repeated request is not done twice. */
export function useMark(practice: string) {
  const queries = useQueryClient();
  const [key, setKey] = useState(newKey);
  return useMutation({
    mutationFn: (body: Schemas['ChallengeMark']) =>
      call(() =>
        client.POST('/api/v1/practices/{practice}/challenges', {
          params: { path: { practice }, header: { ...withToken(), 'Idempotency-Key': key } },
          body,
        }),
      ) as Promise<Schemas['Challenge']>,
    onSettled: () => setKey(newKey()),
    onSuccess: async () => {
      for (const what of ['challenges', 'challenge-figures', 'challenge-return', 'likely-errors']) {
        await queries.invalidateQueries({ queryKey: [what] });
      }
    },
  });
}

export function ChallengeRecord({
  practice,
  month,
  record,
  suggested = '',
}: {
  practice: string;
  month: string;
  record: RecordNamed;
  suggested?: Reason | '';
}) {
  const id = `${record.data_set}-${record.record_id}`.replaceAll(/\W+/g, '-');
  const [reason, setReason] = useState<Reason | ''>(suggested);
  const [note, setNote] = useKept(`${practice}.challenge.${id}`);
  const [missing, setMissing] = useState(false);
  const mark = useMark(practice);
  if (mark.isSuccess) {
    return (
      <p className="purse-done" role="status">
        Challenge {mark.data.number} is on record: {inPounds(mark.data.disputed_pence)} is disputed.{' '}
        {mark.data.must_act.says}.{' '}
        <Link href={`/practices/${practice}/challenges`}>Your challenges</Link>
      </p>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!reason) return setMissing(true);
    setMissing(false);
    mark.mutate(
      { month, reason, ...record, ...(note.trim() ? { note: note.trim() } : {}) },
      { onSuccess: () => setNote('') },
    );
  };
  return (
    <Form className="purse-step-form" onSubmit={submit}>
      <Select
        id={`reason-${id}`}
        name="reason"
        label="What is wrong with it?"
        error={missing ? 'Choose a reason.' : undefined}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value as Reason | '')}
      >
        <Select.Option value="">Choose</Select.Option>
        {reasons.map(([value, words]) => (
          <Select.Option key={value} value={value}>
            {words}
          </Select.Option>
        ))}
      </Select>
      <Textarea
        id={`note-${id}`}
        name="note"
        label="A note (optional)"
        hint="The provider may read it. Do not name the patient."
        rows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {mark.isError ? <Failed fault={mark.error} /> : null}
      <Button type="submit" small disabled={mark.isPending}>
        {mark.isPending ? 'Sending…' : 'Challenge this record'}
      </Button>
    </Form>
  );
}

/** A line of the month, whole or a part of it: for what is not one record, and for prescribing. */
export function ChallengeLine({
  practice,
  month,
  lines,
}: {
  practice: string;
  month: string;
  lines: { code: string; label: string }[];
}) {
  const [line, setLine] = useState('');
  const [reason, setReason] = useState<Reason | ''>('');
  const [pounds, setPounds] = useState('');
  const [note, setNote] = useKept(`${practice}.challenge.line`);
  const [missing, setMissing] = useState<'line' | 'reason' | null>(null);
  const mark = useMark(practice);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!line) return setMissing('line');
    if (!reason) return setMissing('reason');
    setMissing(null);
    mark.mutate(
      {
        month,
        reason,
        line: line as Schemas['BudgetLine'],
        ...(pounds.trim() ? { pounds: pounds.trim() } : {}),
        ...(note.trim() ? { note: note.trim() } : {}),
      },
      { onSuccess: () => setNote('') },
    );
  };
  return (
    <Form className="purse-step-form" onSubmit={submit}>
      <Select
        id="challenge-line"
        name="line"
        label="Which line of the month?"
        error={missing === 'line' ? 'Choose a line.' : undefined}
        value={line}
        onChange={(event) => setLine(event.currentTarget.value)}
      >
        <Select.Option value="">Choose</Select.Option>
        {lines.map(({ code, label }) => (
          <Select.Option key={code} value={code}>
            {label}
          </Select.Option>
        ))}
      </Select>
      <Select
        id="challenge-line-reason"
        name="reason"
        label="What is wrong with it?"
        error={missing === 'reason' ? 'Choose a reason.' : undefined}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value as Reason | '')}
      >
        <Select.Option value="">Choose</Select.Option>
        {reasons.map(([value, words]) => (
          <Select.Option key={value} value={value}>
            {words}
          </Select.Option>
        ))}
      </Select>
      <TextInput
        id="challenge-line-pounds"
        name="pounds"
        label="Pounds that are disputed (optional)"
        hint="All that the line shows of the month, where you leave it empty."
        inputMode="decimal"
        width={10}
        value={pounds}
        onChange={(event) => setPounds(event.currentTarget.value)}
      />
      <Textarea
        id="challenge-line-note"
        name="note"
        label="A note (optional)"
        hint="The provider may read it. Do not name a patient."
        rows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {mark.isError ? <Failed fault={mark.error} /> : null}
      {mark.isSuccess ? (
        <p className="purse-done" role="status">
          Challenge {mark.data.number} is on record: {inPounds(mark.data.disputed_pence)} is
          disputed.
        </p>
      ) : null}
      <Button type="submit" small disabled={mark.isPending}>
        {mark.isPending ? 'Sending…' : 'Challenge this line'}
      </Button>
    </Form>
  );
}
