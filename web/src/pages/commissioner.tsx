// The commissioner's month: whether the money adds up, how far the data have come, who must act, and
// every practice in one table.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Schemas } from '../api/client';
import * as questions from '../api/questions';
import { grouped, roughly, shareOverOrUnder, yearInAddress } from '../figures';
import { Allocation } from '../parts/allocation';
import { BeganAnywhere } from '../parts/began';
import { Contracts } from '../parts/contracts';
import { DataState } from '../parts/data_state';
import { ExactSwitch, Money, None, Variance } from '../parts/exact';
import { FigureTable, type Column } from '../parts/figure_table';
import { MonthChoice, useAddress } from '../parts/month_choice';
import { OutOfBudget } from '../parts/out_of_budget';
import { Downloads, Page, PrintButton, Section } from '../parts/page';
import { ProviderMonth } from '../parts/provider_month';
import { Repricing } from '../parts/repricing';
import { Asked } from '../parts/states';
import { DaysLeft, StateTag } from '../parts/turn';
import { YearEndCell } from '../parts/year_end';
import { WhoMustAct } from '../parts/who_must_act';
import { may } from '../session/rights';
import { useSession } from '../session/session';

type Summary = Schemas['Summary'];
type Row = Schemas['SummaryRow'];

export default function CommissionerPage() {
  const session = useSession();
  const [month, setMonth] = useAddress('month');
  const asked = useQuery(questions.summary(month));
  const shown = asked.data;
  return (
    <Page
      title="All practices"
      lede={
        shown
          ? `${shown.commissioner}, ${shown.financial_year}, year to ${shown.month_in_words}`
          : session.commissioner.name
      }
      tools={
        shown ? (
          <>
            <MonthChoice month={shown.month} onChoose={setMonth} />
            <ExactSwitch />
            <PrintButton />
          </>
        ) : null
      }
      indicative
    >
      <Asked of={asked} what="the summary">
        {(summary) => <Month summary={summary} />}
      </Asked>
    </Page>
  );
}

/** "To March 2018 the practices have used about £182.10m of £185.00m: £2.90m under." */
export function summaryInWords(summary: Summary): string {
  // Readers who may not see small numbers have the sum of everything alone.
  const { year_to_date_cost_pence: used, budget_to_date_pence, variance_pence } =
    summary.gate_says ? summary.total : summary.practices_total;
  if (used === null) return `The figures to ${summary.month_in_words} are too small to show.`;
  const who = summary.gate_says ? 'all patients together' : 'the practices';
  const begin = `To ${summary.month_in_words} ${who} have used about ${roughly(used)}`;
  if (budget_to_date_pence === null || variance_pence === null) {
    return `${begin}. No budgets are set yet.`;
  }
  const about = summary.gate_says ? 'about ' : '';
  const size = about + roughly(Math.abs(variance_pence));
  const over = variance_pence > 0 ? 'over' : 'under';
  return `${begin} of ${roughly(budget_to_date_pence)}: ${size} ${over}.`;
}

function Month({ summary }: { summary: Summary }) {
  const session = useSession();
  const year = yearInAddress(summary.financial_year);
  return (
    <>
      <div className="purse-answer">
        <p className="purse-answer-says">{summaryInWords(summary)}</p>
        {summary.unattributed_total.year_to_date_cost_pence ? (
          <p>
            Another <Money pence={summary.unattributed_total.year_to_date_cost_pence} /> belongs to
            no practice.
          </p>
        ) : null}
        <p>
          <Link href={`/measures?month=${summary.month}`}>Practices beside each other</Link>: which of
          them differ by more than chance and honest differences give.
        </p>
        {summary.gate_says ? <p>{summary.gate_says}</p> : null}
        <DataState says={summary.data_says} data={summary.data} />
      </div>
      <div className="purse-panels purse-halves">
        <WhoMustAct />
        <Allocation draft={summary.allocation} year={summary.financial_year} />
        <ProviderMonth month={summary.month} />
        <BeganAnywhere month={summary.month} />
      </div>
      <Practices summary={summary} year={year} />
      <Contracts says={summary.contracts_say ?? []} />
      <OutOfBudget rows={summary.not_in_budget ?? []} whose="practices" />
      {may(session, 'read_drafts') && !summary.gate_says ? (
        <Repricing
          month={summary.month}
          monthInWords={summary.month_in_words}
          care="all hospital care, with what belongs to no practice,"
        />
      ) : null}
    </>
  );
}

function Practices({ summary, year }: { summary: Summary; year: string }) {
  const forecasts = useQuery(questions.allForecasts(summary.month)).data;
  const named = summary.practices.filter((row) => row.is_practice);
  const rest = summary.practices.filter((row) => !row.is_practice);
  return (
    <Section
      heading="Every practice"
      id="practices"
      tools={
        <Downloads of={`/api/v1/summary?month=${summary.month}`} what="all practices" />
      }
    >
      {named.length === 0 ? (
        <p>No practice has a record or a budget in this month.</p>
      ) : (
        <FigureTable
          caption={`Every practice, year to ${summary.month_in_words}`}
          columns={columnsOf(year, summary.month, forecasts)}
          rows={named}
          foot={[...rest, { ...summary.total, name: 'Together' }]}
          keyOf={(row) => row.code || row.name}
          sortedBy={{ id: 'name', desc: false }}
        />
      )}
    </Section>
  );
}

/** Where the practice's year may end; the table's last row is the commissioner's. */
function yearEndOf(row: Row, forecasts: Schemas['YearEnd'] | undefined) {
  if (row.name === 'Together') return forecasts?.total;
  return forecasts?.practices.find((one) => one.code === row.code);
}

function columnsOf(
  year: string,
  month: string,
  forecasts: Schemas['YearEnd'] | undefined,
): Column<Row>[] {
  return [
    {
      id: 'name',
      heading: 'Practice',
      by: (row) => row.name,
      cell: (row) =>
        row.is_practice && row.code && row.name !== 'Together' ? (
          <Link href={`/practices/${row.code}?month=${month}`}>{row.name}</Link>
        ) : (
          row.name
        ),
    },
    {
      id: 'list',
      heading: 'Patients',
      number: true,
      biggestFirst: true,
      by: (row) => row.list_size ?? undefined,
      cell: (row) => (row.list_size ? grouped(row.list_size) : <None />),
    },
    {
      id: 'used',
      heading: 'Used to date',
      number: true,
      biggestFirst: true,
      by: (row) => row.year_to_date_cost_pence ?? undefined,
      cell: (row) => <Money pence={row.year_to_date_cost_pence} />,
    },
    {
      id: 'budget',
      heading: 'Budget to date',
      number: true,
      biggestFirst: true,
      by: (row) => row.budget_to_date_pence ?? undefined,
      cell: (row) => <Money pence={row.budget_to_date_pence} />,
    },
    {
      id: 'variance',
      heading: 'Over or under',
      number: true,
      biggestFirst: true,
      by: (row) => row.variance_pence ?? undefined,
      cell: (row) => <Variance pence={row.variance_pence} />,
    },
    {
      id: 'share',
      heading: 'Share of budget',
      number: true,
      biggestFirst: true,
      by: (row) =>
        row.variance_pence === null || !row.budget_to_date_pence
          ? undefined
          : row.variance_pence / row.budget_to_date_pence,
      cell: (row) =>
        row.variance_pence === null || row.budget_to_date_pence === null ? (
          <None />
        ) : (
          (shareOverOrUnder(row.variance_pence, row.budget_to_date_pence) ?? <None />)
        ),
    },
    {
      id: 'year-end',
      heading: 'Year-end forecast',
      number: true,
      biggestFirst: true,
      by: (row) => yearEndOf(row, forecasts)?.over_pence ?? undefined,
      cell: (row) => <YearEndCell row={yearEndOf(row, forecasts)} />,
    },
    {
      id: 'data',
      heading: 'Its data',
      by: (row) => (row.data ? stateOrder[row.data.state] : undefined),
      cell: (row) => (row.data ? <OwnData data={row.data} /> : <None />),
    },
    {
      id: 'dialogue',
      heading: 'Its budget',
      by: (row) => row.budget?.state_in_words ?? undefined,
      cell: (row) =>
        row.budget ? (
          <>
            <Link href={`/practices/${row.code}/budgets/${year}`}>
              <StateTag state={row.budget.state} says={row.budget.state_in_words} />
              <span className="nhsuk-u-visually-hidden"> budget of {row.name}</span>
            </Link>{' '}
            <DaysLeft turn={row.budget.must_act} />
          </>
        ) : (
          <None says="no dialogue" />
        ),
    },
  ];
}

const stateOrder: Record<Schemas['DataState'], number> = {
  'not loaded': 0,
  early: 1,
  flex: 2,
  frozen: 3,
};

/** "flex; no prescribing; 15 rejected" */
function OwnData({ data }: { data: Schemas['PracticeDataState'] }) {
  const notes = [
    ...data.missing.map((set) => `no ${set}`),
    ...(data.rejected === null ? ['few rejected'] : data.rejected ? [`${grouped(data.rejected)} rejected`] : []),
  ];
  return (
    <span>
      {data.state}
      {notes.length ? <span className="purse-note">{notes.join('; ')}</span> : null}
    </span>
  );
}
