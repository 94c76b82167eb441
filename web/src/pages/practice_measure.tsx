// One measure of a practice: how it stands, the funnel, the months, and how the rate was worked out.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { call, client, newKey, withToken, type Schemas } from '../api/client';
import * as questions from '../api/questions';
import { grouped, monthInWords } from '../figures';
import { ControlChart, ruleInWords } from '../parts/control_chart';
import { FigureTable, type Column } from '../parts/figure_table';
import { FunnelChart } from '../parts/funnel_chart';
import { MonthChoice, useAddress } from '../parts/month_choice';
import { Downloads, Page, PrintButton, Section } from '../parts/page';
import { StandingMark, VariationIcon } from '../parts/standing';
import { Asked, Failed } from '../parts/states';
import { Disclosure } from '../parts/working';
import { may } from '../session/rights';
import { useSession } from '../session/session';

type Report = Schemas['PracticeMeasure'];
type Month = Schemas['ChartMonth'];

export default function PracticeMeasurePage({ practice, measure }: { practice: string; measure: string }) {
  const session = useSession();
  const [month, setMonth] = useAddress('month');
  const asked = useQuery(questions.practiceMeasure(practice, measure, month));
  const report = asked.data;
  const own = session.organisation.code === practice;
  return (
    <Page
      title={report?.measure.name ?? 'A measure'}
      lede={report ? `${report.name}, ${monthInWords(report.from)} to ${report.month_in_words}` : null}
      crumbs={[
        ...(own ? [] : [{ href: '/measures', text: 'All measures' }]),
        { href: `/practices/${practice}`, text: report?.name ?? practice },
      ]}
      tools={
        report ? (
          <>
            <MonthChoice month={report.month} onChoose={setMonth} />
            <PrintButton />
            {report.gate_says ? null : (
              <Downloads
                of={`/api/v1/practices/${practice}/measures/${measure}?month=${report.month}`}
                what="the months"
              />
            )}
          </>
        ) : null
      }
    >
      <Asked of={asked} what="the measure">
        {(shown) => <Shown report={shown} />}
      </Asked>
    </Page>
  );
}

function Shown({ report }: { report: Report }) {
  const { measure } = report;
  const { peers_quartiles: peers } = measure;
  return (
    <>
      <div className="purse-answer">
        <p className="purse-answer-says">{measure.says}</p>
        <p>
          <StandingMark standing={measure.position.standing} />
        </p>
        {peers ? (
          <p>
            Half of its peers have between {peers[0]!.toFixed(1)} and {peers[2]!.toFixed(1)} for 1,000 patients a year.{' '}
            {report.peers_says}
          </p>
        ) : null}
        <p className="purse-quiet">{measure.means}</p>
        {report.gate_says ? <p>{report.gate_says}</p> : null}
        {report.working ? (
          <Disclosure label="How was this worked out?">
            {() => <RateWorking working={report.working!} />}
          </Disclosure>
        ) : null}
      </div>
      <Section heading="Beside all other practices" id="funnel">
        <FunnelChart
          points={report.funnel.map((point) => ({
            ...point,
            ...(point.own ? { name: 'this practice' } : {}),
          }))}
          reference={measure.reference_rate}
          why={report.funnel_why}
          counts={measure.counts}
        />
        {report.allows_for_dispersion ? (
          <p className="purse-quiet">
            Practices differ by more than chance for reasons that are nobody&rsquo;s fault; the limits
            are wider by as much.
          </p>
        ) : null}
        <Disclosure label="The same as a table">
          {() => <FunnelTable report={report} />}
        </Disclosure>
      </Section>
      {report.chart ? <Months report={report} chart={report.chart} /> : null}
    </>
  );
}

function FunnelTable({ report }: { report: Report }) {
  const rows = [...report.funnel]
    .sort((a, b) => a.expected - b.expected)
    .map((point, at) => ({ ...point, at }));
  return (
    <FigureTable
      caption="All practices, from few expected to many"
      columns={[
        { id: 'who', heading: 'Practice', cell: (row) => (row.own ? 'this practice' : 'another practice') },
        { id: 'expected', heading: 'Expected', number: true, cell: (row) => grouped(Math.round(row.expected)) },
        {
          id: 'rate',
          heading: 'For 1,000 a year',
          number: true,
          cell: (row) => (row.rate === null ? 'too few to show' : row.rate.toFixed(1)),
        },
        { id: 'standing', heading: 'Stands', cell: (row) => <StandingMark standing={row.standing} /> },
      ]}
      rows={rows}
      keyOf={(row) => String(row.at)}
    />
  );
}

function Months({ report, chart }: { report: Report; chart: Schemas['MeasureChart'] }) {
  return (
    <Section heading="Month by month" id="months">
      <p>{chart.says}</p>
      <p>
        <VariationIcon icon={chart.icon} />
      </p>
      <ControlChart chart={chart} />
      <Disclosure label="The months as a table">
        {() => (
          <FigureTable
            caption={`${chart.measure_name}, month by month`}
            columns={monthColumns}
            rows={chart.months}
            keyOf={(row) => row.month}
          />
        )}
      </Disclosure>
      <Rebase report={report} months={chart.months} />
    </Section>
  );
}

const monthColumns: Column<Month>[] = [
  { id: 'month', heading: 'Month', cell: (row) => monthInWords(row.month) },
  { id: 'observed', heading: 'Counted', number: true, cell: (row) => grouped(row.observed) },
  { id: 'expected', heading: 'Expected', number: true, cell: (row) => row.expected.toFixed(1) },
  { id: 'index', heading: 'For every 100', number: true, cell: (row) => row.index.toFixed(0) },
  {
    id: 'limits',
    heading: 'Limits',
    cell: (row) => (row.limits ? `${row.limits.lower.toFixed(0)} to ${row.limits.upper.toFixed(0)}` : '–'),
  },
  { id: 'cause', heading: 'Stands out', cell: (row) => ruleInWords[row.cause] || '–' },
];

function RateWorking({ working }: { working: Schemas['RateWorking'] }) {
  return (
    <>
      <p className="purse-working-title">{working.title}</p>
      <ol className="purse-rate-steps">
        {working.steps.map((step, at) => (
          <li key={at}>
            {step.says}
            {step.arithmetic ? <span className="purse-quiet"> = {step.arithmetic}</span> : null}
            {step.source ? <span className="purse-quiet"> [{step.source}]</span> : null}
          </li>
        ))}
      </ol>
      <FigureTable
        caption="Expected by age and sex"
        columns={[
          { id: 'who', heading: 'Sex and age', cell: (row) => `${row.sex}, ${row.ages}` },
          { id: 'years', heading: 'Patient years', number: true, cell: (row) => row.patient_years.toFixed(1) },
          {
            id: 'rate',
            heading: 'Commissioner, for 1,000',
            number: true,
            cell: (row) => row.reference_rate.toFixed(1),
          },
          { id: 'expected', heading: 'Expected', number: true, cell: (row) => row.expected.toFixed(2) },
          { id: 'observed', heading: 'Counted', number: true, cell: (row) => grouped(row.observed) },
        ]}
        rows={working.bands}
        keyOf={(row) => `${row.sex} ${row.ages}`}
      />
    </>
  );
}

function Rebase({ report, months }: { report: Report; months: Month[] }) {
  const session = useSession();
  const queries = useQueryClient();
  const id = useId();
  const [from, setFrom] = useState('');
  const [reason, setReason] = useState('');
  const moved = useMutation({
    mutationFn: () =>
      call(() =>
        client.POST('/api/v1/practices/{practice}/measures/{measure}/rebases', {
          params: {
            path: { practice: report.code, measure: report.measure.code },
            header: { ...withToken(), 'Idempotency-Key': newKey() },
          },
          body: { from, reason },
        }),
      ),
    onSuccess: () => {
      setReason('');
      void queries.invalidateQueries({ queryKey: ['practice-measure'] });
      void queries.invalidateQueries({ queryKey: ['peers'] });
    },
  });
  if (!may(session, 'rebase_chart') || months.length < 3) return null;
  const send = (event: FormEvent) => {
    event.preventDefault();
    moved.mutate();
  };
  return (
    <Disclosure label="Start the limits anew">
      {() => (
        <form onSubmit={send} className="purse-rebase">
          <p>
            Only where something is known to have changed. Your name and the reason stand on the chart
            and in the audit trail.
          </p>
          <label className="nhsuk-label" htmlFor={`${id}-from`}>
            From
          </label>
          <select
            className="nhsuk-select"
            id={`${id}-from`}
            required
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          >
            <option value="">choose a month</option>
            {months.slice(1).map((month) => (
              <option key={month.month} value={month.month}>
                {monthInWords(month.month)}
              </option>
            ))}
          </select>
          <label className="nhsuk-label" htmlFor={`${id}-reason`}>
            What changed
          </label>
          <input
            className="nhsuk-input"
            id={`${id}-reason`}
            required
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          {moved.isError ? <Failed fault={moved.error} /> : null}
          <button className="nhsuk-button nhsuk-button--secondary" disabled={moved.isPending}>
            Start anew
          </button>
        </form>
      )}
    </Disclosure>
  );
}
