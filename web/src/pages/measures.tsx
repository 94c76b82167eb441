// What practices are compared on, and one measure over all of them: those outside by name, and that
// all others are within.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Schemas } from '../api/client';
import * as questions from '../api/questions';
import { grouped, monthInWords } from '../figures';
import { FigureTable } from '../parts/figure_table';
import { FunnelChart } from '../parts/funnel_chart';
import { MonthChoice, useAddress } from '../parts/month_choice';
import { Downloads, Page, PrintButton, Section } from '../parts/page';
import { StandingMark } from '../parts/standing';
import { Asked } from '../parts/states';
import { Disclosure } from '../parts/working';

export default function MeasuresPage({ measure }: { measure?: string }) {
  return measure ? <OneMeasure code={measure} /> : <AllMeasures />;
}

function AllMeasures() {
  const [month, setMonth] = useAddress('month');
  const asked = useQuery(questions.measures(month));
  const list = asked.data;
  return (
    <Page
      title="Practices beside each other"
      lede={list ? `${list.commissioner}, ${monthInWords(list.from)} to ${list.month_in_words}` : null}
      crumbs={[{ href: '/commissioner', text: 'All practices' }]}
      tools={list ? <MonthChoice month={list.month} onChoose={setMonth} /> : null}
    >
      <p>
        Practices differ: by chance, and for reasons that are nobody&rsquo;s fault. Only what lies
        outside both is named here, and it is a question, not an answer.
      </p>
      <Asked of={asked} what="the measures">
        {(shown) => (
          <FigureTable
            caption="What practices are compared on"
            columns={[
              {
                id: 'name',
                heading: 'Measure',
                cell: (row) => (
                  <Link href={`/measures/${row.code}?month=${shown.month}`}>{row.name}</Link>
                ),
              },
              { id: 'within', heading: 'Within', number: true, cell: (row) => grouped(row.within) },
              {
                id: 'outside',
                heading: 'Outside',
                number: true,
                cell: (row) => grouped(row.above + row.below),
              },
              { id: 'says', heading: 'In words', cell: (row) => row.says },
            ]}
            rows={shown.items}
            keyOf={(row) => row.code}
          />
        )}
      </Asked>
    </Page>
  );
}

function OneMeasure({ code }: { code: string }) {
  const [month, setMonth] = useAddress('month');
  const asked = useQuery(questions.measure(code, month));
  const report = asked.data;
  return (
    <Page
      title={report?.name ?? 'A measure'}
      lede={
        report ? `${report.commissioner}, ${monthInWords(report.from)} to ${report.month_in_words}` : null
      }
      crumbs={[
        { href: '/commissioner', text: 'All practices' },
        { href: '/measures', text: 'All measures' },
      ]}
      tools={
        report ? (
          <>
            <MonthChoice month={report.month} onChoose={setMonth} />
            <PrintButton />
            {report.gate_says ? null : (
              <Downloads of={`/api/v1/measures/${code}?month=${report.month}`} what="all practices" />
            )}
          </>
        ) : null
      }
    >
      <Asked of={asked} what="the measure">
        {(shown) => <Comparison report={shown} />}
      </Asked>
    </Page>
  );
}

function Comparison({ report }: { report: Schemas['MeasureComparison'] }) {
  const outside = (standing: Schemas['PeerStanding']) => standing === 'above' || standing === 'below';
  return (
    <>
      <div className="purse-answer">
        <p className="purse-answer-says">{report.says}</p>
        <p className="purse-quiet">{report.means}</p>
        {report.gate_says ? <p>{report.gate_says}</p> : null}
      </div>
      <Section heading="The funnel" id="funnel">
        <FunnelChart
          points={report.practices.map((practice) => ({
            ...practice,
            name: outside(practice.standing) ? practice.name : undefined,
          }))}
          reference={report.reference_rate}
          why={report.why}
          counts={report.counts}
        />
        {report.allows_for_dispersion && !report.why ? (
          <p className="purse-quiet">
            Practices differ by more than chance for reasons that are nobody&rsquo;s fault (phi{' '}
            {report.phi.toFixed(2)}); the limits are wider by as much.
          </p>
        ) : null}
        <Disclosure label="The same as a table">
          {() => (
            <FigureTable
              caption={`${report.name}, by practice code`}
              columns={[
                {
                  id: 'name',
                  heading: 'Practice',
                  cell: (row) => (
                    <Link href={`/practices/${row.code}/measures/${report.measure}?month=${report.month}`}>
                      {row.name}
                    </Link>
                  ),
                },
                {
                  id: 'observed',
                  heading: 'Counted',
                  number: true,
                  cell: (row) => (row.observed === null ? 'not shown' : grouped(row.observed)),
                },
                {
                  id: 'expected',
                  heading: 'Expected',
                  number: true,
                  cell: (row) =>
                    row.expected === null ? 'not shown' : grouped(Math.round(row.expected)),
                },
                {
                  id: 'rate',
                  heading: 'For 1,000 a year',
                  number: true,
                  cell: (row) => (row.rate === null ? 'not shown' : row.rate.toFixed(1)),
                },
                {
                  id: 'standing',
                  heading: 'Stands',
                  cell: (row) => <StandingMark standing={row.standing} />,
                },
              ]}
              rows={report.practices}
              keyOf={(row) => row.code}
            />
          )}
        </Disclosure>
      </Section>
    </>
  );
}
