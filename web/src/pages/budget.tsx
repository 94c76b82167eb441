// A practice's budget: what is on the table, how it was worked out, the dialogue about it, and the
// steps that the reader may take now.
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { Schemas } from '../api/client';
import * as questions from '../api/questions';
import { dayInWords, inPounds, instantInWords, roughly, yearFromAddress } from '../figures';
import {
  aboutWhich,
  CommentOnStep,
  DialogueSteps,
  type Dialogue,
} from '../parts/dialogue_steps';
import { ExactSwitch, Money } from '../parts/exact';
import { FigureTable, type Column } from '../parts/figure_table';
import { useAddress } from '../parts/month_choice';
import { Downloads, Page, PrintButton, Section } from '../parts/page';
import { Asked, Failed } from '../parts/states';
import { StateTag, TurnSentence } from '../parts/turn';
import { WaterfallChart } from '../parts/waterfall_chart';
import { Disclosure } from '../parts/working';
import { useSession } from '../session/session';

type Event = Schemas['DialogueEvent'];
type Amount = Dialogue['amounts'][number];

export default function BudgetPage({ practice, year }: { practice: string; year: string }) {
  const session = useSession();
  const asked = useQuery(questions.dialogue(practice, year));
  const own = session.organisation.code === practice;
  const name = asked.data?.name ?? (own ? session.organisation.name : practice);
  return (
    <Page
      title={`Budget ${yearFromAddress(year)}`}
      lede={name}
      crumbs={[
        ...(own ? [] : [{ href: '/budgets', text: 'Budgets' }]),
        { href: `/practices/${practice}`, text: own ? 'Your month' : name },
      ]}
      tools={
        <>
          <ExactSwitch />
          <PrintButton />
          <Downloads
            of={`/api/v1/practices/${practice}/budgets/${year}/waterfall`}
            what="the working of the budget"
          />
        </>
      }
      indicative
    >
      <Asked of={asked} what="the budget">
        {(dialogue) => <Whole dialogue={dialogue} year={yearFromAddress(year)} own={own} />}
      </Asked>
    </Page>
  );
}

function Whole({ dialogue, year, own }: { dialogue: Dialogue; year: string; own: boolean }) {
  const session = useSession();
  const mine = dialogue.must_act.side === session.side && dialogue.must_act.side !== 'reader';
  return (
    <>
      <div className="purse-answer">
        <p className="purse-answer-says">
          {dialogue.net_pence === null
            ? `No budget for ${year} has been offered yet.`
            : `${own ? 'Your' : 'The'} net budget for ${year} is ${roughly(dialogue.net_pence)}.`}{' '}
          <StateTag state={dialogue.state} says={dialogue.state_in_words} />
        </p>
        <TurnSentence turn={dialogue.must_act} mine={mine} />
      </div>
      <Section heading={own ? 'What you can do' : 'What can be done'} id="act">
        <DialogueSteps dialogue={dialogue} year={year} />
      </Section>
      <Worked dialogue={dialogue} year={year} />
      {dialogue.amounts.length ? <ByLine dialogue={dialogue} /> : null}
      <History dialogue={dialogue} />
    </>
  );
}

function Worked({ dialogue, year }: { dialogue: Dialogue; year: string }) {
  const [line, setLine] = useAddress('line');
  const choice = useId();
  const asked = useQuery(
    questions.waterfall(
      dialogue.practice,
      year.replace('/', '-'),
      dialogue.draft || undefined,
      line as Schemas['BudgetLine'] | undefined,
    ),
  );
  const canComment = dialogue.i_may.includes('comment');
  return (
    <Section
      heading="How it was worked out"
      id="worked"
      tools={
        dialogue.amounts.length ? (
          <span className="purse-choice">
            <label htmlFor={choice}>Of</label>
            <select
              className="nhsuk-select"
              id={choice}
              value={line ?? ''}
              onChange={(event) => setLine(event.target.value || null)}
            >
              <option value="">All lines</option>
              {dialogue.amounts.map((amount) => (
                <option key={amount.line} value={amount.line}>
                  {amount.label}
                </option>
              ))}
            </select>
          </span>
        ) : null
      }
    >
      {asked.isError ? (
        <Failed fault={asked.error} />
      ) : (
        <Asked of={asked} what="the working">
          {(waterfall) => (
            <>
              {waterfall.draft && waterfall.draft !== dialogue.draft ? (
                <p>
                  This is the draft &ldquo;{waterfall.draft}&rdquo;, which has not been offered.
                </p>
              ) : null}
              <WaterfallChart steps={waterfall.steps} />
              <ol className="purse-waterfall-steps">
                {waterfall.steps.map((step, at) => (
                  <li key={`${at} ${step.title}`} className={step.is_level ? 'purse-level' : undefined}>
                    <StepOfBudget
                      step={step}
                      dialogue={dialogue}
                      year={year}
                      canComment={canComment && !step.is_level}
                    />
                  </li>
                ))}
              </ol>
              {waterfall.notes.length ? (
                <>
                  <h3 className="nhsuk-heading-s">How far from the fair share</h3>
                  {waterfall.notes.map((note) => (
                    <p key={note}>{note}</p>
                  ))}
                </>
              ) : null}
            </>
          )}
        </Asked>
      )}
    </Section>
  );
}

function StepOfBudget({
  step,
  dialogue,
  year,
  canComment,
}: {
  step: Schemas['Waterfall']['steps'][number];
  dialogue: Dialogue;
  year: string;
  canComment: boolean;
}) {
  const talk = talkAbout(step.title, dialogue.events);
  return (
    <>
      <div className="purse-waterfall-step">
        <h3 className="nhsuk-heading-xs">{step.title}</h3>
        <span className="purse-waterfall-amount">
          <Money pence={step.pence} signed={!step.is_level} />
        </span>
      </div>
      <p>{step.says}</p>
      {talk.map((event) => (
        <blockquote key={event.number} className="purse-comment">
          <p>{aboutWhich(event.says).text}</p>
          <p className="purse-quiet">
            {event.author}, {event.role_in_words}, {instantInWords(event.at)}
          </p>
        </blockquote>
      ))}
      <div className="purse-row">
        <Disclosure
          label={
            <>
              How was this worked out?
              <span className="nhsuk-u-visually-hidden"> {step.title}</span>
            </>
          }
        >
          {() => (
            <dl className="purse-facts">
              {step.arithmetic ? (
                <>
                  <dt>Arithmetic</dt>
                  <dd className="purse-arithmetic">{step.arithmetic}</dd>
                </>
              ) : null}
              <dt>{step.is_level ? 'To the penny' : 'It changes the budget by'}</dt>
              <dd>{inPounds(step.pence)}</dd>
              <dt>All practices together</dt>
              <dd>{inPounds(step.all_practices_pence)}</dd>
              {step.source ? (
                <>
                  <dt>Source</dt>
                  <dd>{step.source}</dd>
                </>
              ) : null}
            </dl>
          )}
        </Disclosure>
        {canComment ? <CommentOnStep title={step.title} dialogue={dialogue} year={year} /> : null}
      </div>
    </>
  );
}

/** The comments about one step, each with the answer that followed it. */
export function talkAbout(title: string, events: Event[]): Event[] {
  return events.flatMap((event, at) => {
    if (event.step !== 'comment' || aboutWhich(event.says).title !== title) return [];
    const answer = events.slice(at + 1).find((later) => later.step === 'answer');
    return answer ? [event, answer] : [event];
  });
}

function ByLine({ dialogue }: { dialogue: Dialogue }) {
  const columns: Column<Amount>[] = [
    { id: 'line', heading: 'Line', by: (row) => row.label, cell: (row) => row.label },
    column('gross', 'Gross', (row) => row.gross_pence),
    column('pool', 'To the risk pool', (row) => -row.risk_pool_pence),
    column('management', 'To management', (row) => -row.management_pence),
    column('net', 'Net', (row) => row.net_pence),
  ];
  const sum = (of: (row: Amount) => number) =>
    dialogue.amounts.reduce((total, row) => total + of(row), 0);
  const total: Amount = {
    line: 'day_case',
    label: 'Total',
    gross_pence: sum((row) => row.gross_pence),
    risk_pool_pence: sum((row) => row.risk_pool_pence),
    management_pence: sum((row) => row.management_pence),
    net_pence: sum((row) => row.net_pence),
  };
  return (
    <Section heading="Line by line" id="by-line">
      <FigureTable
        caption="The budget by line: gross, what is handed back, and net"
        columns={columns}
        rows={dialogue.amounts}
        foot={[total]}
        keyOf={(row) => (row === total ? 'total' : row.line)}
      />
    </Section>
  );
}

function column(id: string, heading: string, of: (row: Amount) => number): Column<Amount> {
  return {
    id,
    heading,
    number: true,
    biggestFirst: true,
    by: of,
    cell: (row) => <Money pence={of(row)} />,
  };
}

const past: Record<Schemas['DialogueStepName'], string> = {
  show_data: 'The data were shown',
  comment: 'Comment',
  answer: 'Answer',
  offer: 'Offer',
  agree: 'Agreed',
  disagree: 'Disagreed',
  refer: 'Referred to the arbiter',
  rule: 'Ruling',
  reopen: 'Opened again',
};

function History({ dialogue }: { dialogue: Dialogue }) {
  const { dates } = dialogue;
  return (
    <Section heading="What has happened" id="history">
      <p>
        Data shown by {dayInWords(dates.data_by)}, offer by {dayInWords(dates.offer_by)}, agreed by{' '}
        {dayInWords(dates.agreed_by)}, ruled by {dayInWords(dates.ruled_by)}.
      </p>
      {dialogue.events.length === 0 ? <p>Nothing yet.</p> : null}
      <ol className="purse-timeline">
        {dialogue.events.map((event) => (
          <li key={event.number} className={`purse-from-${event.side}`}>
            <h3 className="nhsuk-heading-xs">
              {past[event.step]}
              {event.version > 1 ? ` (version ${event.version})` : ''}
            </h3>
            <p className="purse-quiet">
              {event.author}, {event.role_in_words}, {instantInWords(event.at)}
            </p>
            <Says event={event} />
          </li>
        ))}
      </ol>
      {dialogue.last_event !== 'none' ? (
        <p className="purse-quiet">
          Keep this on paper: the last step has the seal{' '}
          <code className="purse-seal">{dialogue.last_event}</code>. If anybody alters what has
          happened, it no longer fits.
        </p>
      ) : null}
    </Section>
  );
}

/** What was shown is long: its first line, and the rest on demand. */
function Says({ event }: { event: Event }) {
  if (!event.says) return null;
  const lines = event.says.split('\n');
  if (lines.length < 5) return <p className="purse-said">{event.says}</p>;
  return (
    <>
      <p className="purse-said">{lines[0]}</p>
      <Disclosure label={event.step === 'show_data' ? 'What was shown' : 'All of it'}>
        {() => (
          <pre className="purse-shown" tabIndex={0}>
            {event.says}
          </pre>
        )}
      </Disclosure>
    </>
  );
}
