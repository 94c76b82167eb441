// "How was this worked out?": the sentence, the steps with their sources, then the records for those
// entitled, in place below the figure.
import { useQuery } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import type { Schemas } from '../api/client';
import * as questions from '../api/questions';
import { grouped, inPounds, monthInWords, plural, roughly } from '../figures';
import { may } from '../session/rights';
import { useSession } from '../session/session';
import { ChallengeRecord } from './challenge_form';
import { Asked } from './states';

type Step = Schemas['WorkingStep'];

/** A button that opens what is below it. */
export function Disclosure({
  label,
  opened = false,
  children,
}: {
  label: ReactNode;
  /** At first. */
  opened?: boolean;
  children: () => ReactNode;
}) {
  const [open, setOpen] = useState(opened);
  const id = useId();
  return (
    <div className="purse-disclosure">
      <button
        type="button"
        className="purse-why"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {label}
      </button>
      <div id={id} hidden={!open}>
        {open ? children() : null}
      </div>
    </div>
  );
}

/** A year of many providers has hundreds of sums: the first ones, and the rest on demand. */
const shownFirst = 40;

export function Steps({ steps, result }: { steps: Step[]; result: number | null }) {
  const [all, setAll] = useState(steps.length <= shownFirst + 10);
  const shown = all ? steps : steps.slice(0, shownFirst);
  const rest = steps.slice(shown.length);
  return (
    <table className="nhsuk-table purse-steps">
      <caption className="nhsuk-u-visually-hidden">The steps and what each gives</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col" className="purse-number">
            Amount
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map((step, at) => (
          <tr key={at}>
            <td>
              {step.says}
              {step.arithmetic ? <div className="purse-arithmetic">{step.arithmetic}</div> : null}
              <SourceLine source={step.source} />
            </td>
            <td className="purse-number">
              {step.amount_pence === null ? '' : inPounds(step.amount_pence)}
            </td>
          </tr>
        ))}
        {rest.length ? (
          <tr>
            <td>
              <button type="button" className="purse-why" onClick={() => setAll(true)}>
                Show the other {grouped(rest.length)} steps
              </button>
            </td>
            <td className="purse-number">
              {inPounds(rest.reduce((sum, step) => sum + (step.amount_pence ?? 0), 0))}
            </td>
          </tr>
        ) : null}
        <tr className="purse-total">
          <th scope="row">Result</th>
          <td className="purse-number">
            {result === null ? 'too few to show' : inPounds(result)}
          </td>
        </tr>
      </tbody>
    </table>
  );
}

function SourceLine({ source }: { source: Schemas['Source'] }) {
  if (!source.document) return null;
  return (
    <div className="purse-source">
      Source: {source.document}
      {source.place ? `, ${source.place}` : ''}
    </div>
  );
}

interface Line {
  practice: string;
  line: string;
  month: string;
}

/** The working of a statement's line. */
export function LineWorking({ practice, line, month }: Line) {
  const asked = useQuery(questions.why(practice, line, month));
  return (
    <div className="purse-working">
      <Asked of={asked} what="the working">
        {(why) => (
          <>
            <p className="purse-working-title">{why.title}</p>
            <p>
              {why.result_pence === null ? (
                'What these cost together would give a small number away.'
              ) : why.result_rounded_to_pence ? (
                <>
                  Together about <strong>{roughly(why.result_pence)}</strong>, to the nearest{' '}
                  {roughly(why.result_rounded_to_pence)}: what is too few to show is in the sum.
                </>
              ) : (
                <>
                  {plural(why.steps.length, 'sum')} add up to{' '}
                  <strong>{inPounds(why.result_pence)}</strong>.
                </>
              )}
            </p>
            <Steps steps={why.steps} result={why.result_pence} />
            <Records why={why} practice={practice} line={line} month={month} />
          </>
        )}
      </Asked>
    </div>
  );
}

function Records({ why, practice, line, month }: Line & { why: Schemas['Why'] }) {
  if (why.records_hidden !== null) {
    return (
      <p className="purse-quiet">
        {why.records_in_all === null ? '' : `${plural(why.records_in_all, 'record')}. `}
        {why.records_hidden}
      </p>
    );
  }
  if (!why.records.length) return null;
  const files = `/api/v1/practices/${practice}/statement/${line}/why?month=${month}&records=1000`;
  return (
    <div>
      <div className="purse-heading">
        <p className="purse-working-title">
          {why.records_in_all !== null && why.records_in_all > why.records.length
            ? `The ${why.records.length} of ${grouped(why.records_in_all)} records that cost most`
            : 'The records'}
        </p>
        <div className="purse-tools">
          {['csv', 'xlsx'].map((format) => (
            <a className="purse-tool" key={format} href={`${files}&format=${format}`} download>
              <span className="nhsuk-u-visually-hidden">Download the records as </span>
              {format.toUpperCase()}
            </a>
          ))}
        </div>
      </div>
      <p className="purse-quiet">
        Patients are pseudonymised. That you looked at these records is written in the audit trail.
      </p>
      <ul className="purse-records">
        {why.records.map((record) => (
          <li key={`${record.batch}-${record.line}`}>
            <RecordLine record={record} practice={practice} month={month} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function RecordLine({
  record,
  practice,
  month,
}: {
  record: Schemas['Why']['records'][number];
  practice: string;
  month: string;
}) {
  const session = useSession();
  const set = (['apc', 'op', 'ae'] as const).find((one) => one === record.data_set);
  const says = (
    <>
      <span className="purse-record-what">{record.what || record.record_id}</span>{' '}
      <span className="purse-figure">{record.price_in_words}</span>{' '}
      <span className="purse-quiet">
        {monthInWords(record.month)}
        {record.provider ? `, provider ${record.provider}` : ''}, {record.outcome}
      </span>
    </>
  );
  if (!set || !record.record_id) return says;
  return (
    <>
      {says}
      <Disclosure
        label={
          <>
            Price of this record
            <span className="nhsuk-u-visually-hidden"> {record.record_id}</span>
          </>
        }
      >
        {() => (
          <RecordWorking practice={practice} record={record.record_id} set={set} month={month} />
        )}
      </Disclosure>
      {may(session, 'query_record') ? (
        <Disclosure
          label={
            <>
              Challenge this record
              <span className="nhsuk-u-visually-hidden"> {record.record_id}</span>
            </>
          }
        >
          {() => (
            <ChallengeRecord
              practice={practice}
              month={month}
              record={{ data_set: set, record_id: record.record_id, provider: record.provider }}
            />
          )}
        </Disclosure>
      ) : null}
    </>
  );
}

function RecordWorking(of: {
  practice: string;
  record: string;
  set: 'apc' | 'op' | 'ae';
  month: string;
}) {
  const asked = useQuery(questions.recordWorking(of.practice, of.record, of.set, of.month));
  return (
    <Asked of={asked} what="the price">
      {(working) => (
        <>
          <p className="purse-working-title">{working!.title}</p>
          <Steps steps={working!.steps} result={working!.result_pence} />
        </>
      )}
    </Asked>
  );
}
