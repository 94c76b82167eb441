// The year's budgets: where every practice stands, who must act by when, and the drafts.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Select, Textarea } from 'nhsuk-react-components';
import { useState, type FormEvent } from 'react';
import { Link } from 'wouter';
import { call, client, newKey, withToken, type Schemas } from '../api/client';
import * as questions from '../api/questions';
import { dayInWords, plural, yearFromAddress, yearInAddress } from '../figures';
import { Sum } from '../parts/allocation';
import { ExactSwitch, Money } from '../parts/exact';
import { FigureTable, type Column } from '../parts/figure_table';
import { Downloads, Page, PrintButton, Section } from '../parts/page';
import { Asked, Empty, Failed } from '../parts/states';
import { DaysLeft, StateTag } from '../parts/turn';
import { may } from '../session/rights';
import { useSession } from '../session/session';

type Standing = Schemas['Standing'];
type BudgetYear = Schemas['BudgetYear'];

export default function BudgetsPage({ year: asked }: { year?: string }) {
  const session = useSession();
  const year = asked ? yearFromAddress(asked) : session.budget_year;
  if (!year) {
    return (
      <Page title="Budgets">
        <Empty heading="No budgets yet">
          <p>No draft of budgets has been made. The commissioner makes the first.</p>
        </Empty>
      </Page>
    );
  }
  return <OfYear year={year} />;
}

function OfYear({ year }: { year: string }) {
  const asked = useQuery(questions.budgetYear(yearInAddress(year)));
  return (
    <Page
      title={`Budgets ${year}`}
      tools={
        <>
          <ExactSwitch />
          <PrintButton />
          <Downloads of={`/api/v1/budgets/${yearInAddress(year)}`} what="where every budget stands" />
        </>
      }
      indicative
    >
      <Asked of={asked} what="the budgets">
        {(budgets) => <Whole budgets={budgets} />}
      </Asked>
    </Page>
  );
}

function Whole({ budgets }: { budgets: BudgetYear }) {
  const session = useSession();
  const settled = (budgets.counts.agreed ?? 0) + (budgets.counts.ruled ?? 0);
  const { dates } = budgets;
  return (
    <>
      <div className="purse-answer">
        <p className="purse-answer-says">
          {settled} of {plural(budgets.practices.length, 'budget')} agreed or ruled
          {budgets.late ? `, ${budgets.late} late` : ''}.
        </p>
        <p>
          Data shown by {dayInWords(dates.data_by)}, offer by {dayInWords(dates.offer_by)}, agreed by{' '}
          {dayInWords(dates.agreed_by)}, ruled by {dayInWords(dates.ruled_by)} (scheme{' '}
          {budgets.scheme}).
        </p>
        {budgets.notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </div>
      <Section heading="Where every practice stands" id="standing">
        {budgets.practices.length ? (
          <FigureTable
            caption={`Where every practice’s budget of ${budgets.year} stands`}
            columns={columnsOf(budgets.year)}
            rows={budgets.practices}
            keyOf={(row) => row.practice}
            sortedBy={{ id: 'days', desc: false }}
          />
        ) : (
          <p>No practice has a budget of {budgets.year}.</p>
        )}
      </Section>
      {may(session, 'read_drafts') ? <Drafts year={budgets.year} /> : null}
      {may(session, 'offer_budget') || may(session, 'show_budget_data') ? (
        <ForAll year={budgets.year} />
      ) : null}
    </>
  );
}

function columnsOf(year: string): Column<Standing>[] {
  return [
    {
      id: 'name',
      heading: 'Practice',
      by: (row) => row.name,
      cell: (row) => (
        <Link href={`/practices/${row.practice}/budgets/${yearInAddress(year)}`}>{row.name}</Link>
      ),
    },
    {
      id: 'state',
      heading: 'State',
      by: (row) => row.state_in_words,
      cell: (row) => <StateTag state={row.state} says={row.state_in_words} />,
    },
    {
      id: 'net',
      heading: 'Net budget',
      number: true,
      biggestFirst: true,
      by: (row) => row.net_pence ?? undefined,
      cell: (row) => <Money pence={row.net_pence} />,
    },
    {
      id: 'who',
      heading: 'Who must act',
      by: (row) => row.must_act.who ?? '~',
      cell: (row) =>
        row.must_act.who ? `${row.must_act.who}: ${row.must_act.what}` : 'nobody',
    },
    {
      id: 'days',
      heading: 'Time left',
      by: (row) => row.must_act.days_left ?? undefined,
      cell: (row) =>
        row.must_act.by ? (
          <>
            {dayInWords(row.must_act.by)} (<DaysLeft turn={row.must_act} />)
          </>
        ) : (
          'settled'
        ),
    },
  ];
}

function Drafts({ year }: { year: string }) {
  const asked = useQuery(questions.drafts(yearInAddress(year)));
  return (
    <Section heading="Drafts" id="drafts">
      <Asked of={asked} what="the drafts">
        {(drafts) =>
          drafts!.items.length ? (
            <div className="purse-panels">
              {drafts!.items.map((draft) => (
                <section className="purse-panel" key={draft.number} aria-labelledby={`d${draft.number}`}>
                  <h3 className="nhsuk-heading-s" id={`d${draft.number}`}>
                    {draft.name}
                  </h3>
                  <Sum draft={draft} />
                  {draft.note ? <p>{draft.note}</p> : null}
                </section>
              ))}
            </div>
          ) : (
            <p>There is no draft yet.</p>
          )
        }
      </Asked>
    </Section>
  );
}

/** One step for every practice at once; those it cannot be taken for are named, with the reason. */
function ForAll({ year }: { year: string }) {
  const session = useSession();
  const queries = useQueryClient();
  const { data } = useQuery(questions.drafts(yearInAddress(year)));
  const [draft, setDraft] = useState('');
  const [says, setSays] = useState('');
  const take = useMutation({
    mutationFn: (body: Schemas['StepForAll']) =>
      call(() =>
        client.POST('/api/v1/budgets/{year}/steps', {
          params: {
            path: { year: yearInAddress(year) },
            header: { ...withToken(), 'Idempotency-Key': newKey() },
          },
          body,
        }),
      ) as Promise<Schemas['StepsTaken']>,
    onSuccess: () => void queries.invalidateQueries(),
  });
  const words = says.trim() ? { says: says.trim() } : {};
  const offer = (event: FormEvent) => {
    event.preventDefault();
    if (draft) take.mutate({ step: 'offer', draft, ...words });
  };
  return (
    <Section heading="One step for every practice" id="all">
      <Form onSubmit={offer}>
        <Textarea
          id="all-says"
          name="says"
          label="A word with it (optional)"
          rows={2}
          value={says}
          onChange={(event) => setSays(event.currentTarget.value)}
        />
        {may(session, 'offer_budget') ? (
          <Select
            id="all-draft"
            name="draft"
            label="Draft to offer"
            value={draft}
            onChange={(event) => setDraft(event.currentTarget.value)}
          >
            <Select.Option value="">Choose</Select.Option>
            {(data?.items ?? []).map((one) => (
              <Select.Option key={one.number} value={one.name}>
                {one.name}
              </Select.Option>
            ))}
          </Select>
        ) : null}
        <div className="purse-buttons">
          {may(session, 'show_budget_data') ? (
            <Button
              type="button"
              secondary
              disabled={take.isPending}
              onClick={() => take.mutate({ step: 'show_data', ...words })}
            >
              Show the data to all
            </Button>
          ) : null}
          {may(session, 'offer_budget') ? (
            <Button type="submit" disabled={!draft || take.isPending}>
              Offer to all
            </Button>
          ) : null}
        </div>
      </Form>
      <div role="status">
        {take.data ? (
          <>
            <p className="purse-done">Done for {plural(take.data.taken.length, 'practice')}.</p>
            {take.data.left_out.length ? (
              <ul>
                {take.data.left_out.map((one) => (
                  <li key={one.practice}>
                    {one.practice}: {one.why}
                  </li>
                ))}
              </ul>
            ) : null}
          </>
        ) : null}
      </div>
      {take.isError ? <Failed fault={take.error} /> : null}
    </Section>
  );
}
