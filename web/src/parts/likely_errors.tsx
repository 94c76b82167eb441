// Likely errors that the rules found, each to be accepted (and so challenged) or dismissed.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, client, newKey, withToken, type Schemas } from '../api/client';
import * as questions from '../api/questions';
import { inPounds, plural, roughly } from '../figures';
import { useMark } from './challenge_form';
import { Asked, Failed } from './states';

type Finding = Schemas['Finding'];

const shownFirst = 20;

export function LikelyErrors({ practice, month }: { practice: string; month?: string }) {
  const asked = useQuery(questions.likelyErrors(practice, month));
  return (
    <Asked of={asked} what="the likely errors">
      {(findings) => <Found findings={findings} practice={practice} />}
    </Asked>
  );
}

function Found({ findings, practice }: { findings: Schemas['Findings']; practice: string }) {
  const [all, setAll] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const shown = all ? findings.records : findings.records.slice(0, shownFirst);
  return (
    <>
      <p>
        {findings.records.length
          ? `The rules found ${plural(findings.records.length, 'record')} that may be wrong: ${roughly(findings.at_stake_pence)} is at stake.`
          : 'The rules found no record that may be wrong.'}{' '}
        They ask, and do not judge. That you looked at these records is written in the audit trail.
      </p>
      <div role="status" aria-live="polite">
        {done ? <p className="purse-done">{done}</p> : null}
      </div>
      <ul className="purse-records purse-findings">
        {shown.map((finding) => (
          <li key={finding.key}>
            <OneFinding
              finding={finding}
              month={findings.month}
              practice={practice}
              onDone={setDone}
            />
          </li>
        ))}
      </ul>
      {findings.records.length > shown.length ? (
        <button type="button" className="purse-why" onClick={() => setAll(true)}>
          Show the other {findings.records.length - shown.length}
        </button>
      ) : null}
      {findings.coding.length ? <Coding of={findings.coding} /> : null}
      {findings.dismissed + findings.challenged > 0 ? (
        <p className="purse-quiet">
          Not shown: {findings.dismissed} dismissed, {findings.challenged} challenged already.
        </p>
      ) : null}
    </>
  );
}

function OneFinding({
  finding,
  month,
  practice,
  onDone,
}: {
  finding: Finding;
  month: string;
  practice: string;
  onDone: (says: string) => void;
}) {
  const queries = useQueryClient();
  const mark = useMark(practice);
  const dismiss = useMutation({
    mutationFn: () =>
      call(() =>
        client.POST('/api/v1/practices/{practice}/likely-errors/dismissed', {
          params: { path: { practice }, header: { ...withToken(), 'Idempotency-Key': newKey() } },
          body: { key: finding.key },
        }),
      ),
    onSuccess: async () => {
      onDone(`Dismissed: ${finding.title.toLowerCase()}, record ${finding.record_id}.`);
      await queries.invalidateQueries({ queryKey: ['likely-errors'] });
    },
  });
  const accept = () =>
    mark.mutate(
      {
        month,
        reason: finding.reason,
        data_set: finding.data_set as 'apc' | 'op' | 'ae',
        record_id: finding.record_id,
        provider: finding.provider,
        rule: finding.rule,
        beside: finding.beside,
        beside_provider: finding.beside_provider,
      },
      {
        onSuccess: (made) => onDone(`Challenge ${made.number} is on record: ${made.must_act.says}.`),
      },
    );
  const busy = mark.isPending || dismiss.isPending;
  const about = (
    <span className="nhsuk-u-visually-hidden">
      {' '}
      record {finding.record_id}, {finding.title}
    </span>
  );
  return (
    <>
      <strong>{finding.title}</strong>{' '}
      <span className="purse-figure">{inPounds(finding.at_stake_pence)}</span> at stake
      <div>
        Record {finding.record_id}
        {finding.what ? ` (${finding.what})` : ''} of {finding.provider}, {finding.began}
        {finding.ended === finding.began ? '' : ` to ${finding.ended}`}: {finding.says}.
      </div>
      <div className="purse-buttons">
        <button
          type="button"
          className="nhsuk-button nhsuk-button--small"
          disabled={busy}
          onClick={accept}
        >
          Challenge as {finding.reason_in_words}
          {about}
        </button>
        <button
          type="button"
          className="nhsuk-button nhsuk-button--small nhsuk-button--secondary"
          disabled={busy}
          onClick={() => dismiss.mutate()}
        >
          No error
          {about}
        </button>
      </div>
      {mark.isError ? <Failed fault={mark.error} /> : null}
      {dismiss.isError ? <Failed fault={dismiss.error} /> : null}
    </>
  );
}

/** All HRGs of a provider together, and the roots that matter most to the practice. */
function Coding({ of }: { of: Schemas['CodingFinding'][] }) {
  const roots = of.filter((one) => one.hrg_root && one.own_stake_pence > 0);
  const most = [...roots].sort((a, b) => b.own_stake_pence - a.own_stake_pence).slice(0, 5);
  const shown = [...of.filter((one) => !one.hrg_root), ...most];
  return (
    <>
      <h3 className="nhsuk-heading-s">Providers that code otherwise than before</h3>
      <ul className="purse-records purse-findings">
        {shown.map((one) => (
          <li key={one.key}>
            {one.says}.
            <div className="purse-quiet">
              About {roughly(one.own_stake_pence)} of {roughly(one.at_stake_pence)} is this
              practice&rsquo;s: an estimate. It is for the commissioner to take up with the provider.
            </div>
          </li>
        ))}
      </ul>
      {of.length > shown.length ? (
        <p className="purse-quiet">
          {of.length - shown.length} more HRG roots, with less or nothing of this practice&rsquo;s.
        </p>
      ) : null}
    </>
  );
}
