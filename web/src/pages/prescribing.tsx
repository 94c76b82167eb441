// A practice's prescribing: what it cost against its budget, for each prescribing unit, what the same
// medicines cost others, and by section. The saving is one figure, the server's, wherever it stands.
import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../api/client';
import * as questions from '../api/questions';
import { grouped, inPounds, monthInWords } from '../figures';
import { ExactSwitch, Money } from '../parts/exact';
import { FigureTable } from '../parts/figure_table';
import { MonthChoice, useAddress } from '../parts/month_choice';
import { Downloads, Page, PrintButton, Section } from '../parts/page';
import { Picture } from '../parts/picture';
import { Asked } from '../parts/states';
import { Disclosure } from '../parts/working';
import { useSession } from '../session/session';

type Prescribing = Schemas['Prescribing'];
type Measure = Prescribing['measures'][number];
type Saving = Prescribing['savings'][number];

export default function PrescribingPage({ practice }: { practice: string }) {
  const session = useSession();
  const [month, setMonth] = useAddress('month');
  const asked = useQuery(questions.prescribing(practice, month));
  const report = asked.data;
  const own = session.organisation.code === practice;
  return (
    <Page
      title="Prescribing"
      lede={report ? `${report.name}, ${monthInWords(report.from)} to ${report.month_in_words}` : null}
      crumbs={[
        ...(own ? [] : [{ href: '/commissioner', text: 'All practices' }]),
        { href: `/practices/${practice}`, text: report?.name ?? practice },
      ]}
      tools={
        report ? (
          <>
            <MonthChoice month={report.month} onChoose={setMonth} />
            <ExactSwitch />
            <PrintButton />
            <Downloads
              of={`/api/v1/practices/${practice}/prescribing?month=${report.month}`}
              what="the savings"
            />
          </>
        ) : null
      }
      indicative
    >
      <Asked of={asked} what="the prescribing">
        {(shown) => <Shown report={shown} />}
      </Asked>
    </Page>
  );
}

function Shown({ report }: { report: Prescribing }) {
  return (
    <>
      <div className="purse-answer">
        <p className="purse-answer-says">{report.says}</p>
      </div>
      <Savings report={report} />
      <Section heading="For each prescribing unit" id="units">
        {report.measures.length ? null : (
          <p>No list by age and sex is known: nothing can be compared by unit.</p>
        )}
        {report.measures.map((measure) => (
          <div key={measure.code}>
            <h3 className="nhsuk-heading-s">{measure.name}</h3>
            <p>{measure.says}</p>
            <Disclosure label="Month by month">{() => <Months measure={measure} />}</Disclosure>
          </div>
        ))}
      </Section>
      <Section heading="By section of the BNF" id="sections">
        <FigureTable
          caption="By section of the British National Formulary"
          columns={[
            { id: 'section', heading: 'Section', by: (row) => row.section, cell: (row) => row.section_in_words },
            { id: 'chapter', heading: 'Chapter', cell: (row) => row.chapter },
            { id: 'items', heading: 'Items', number: true, by: (row) => row.items, cell: (row) => grouped(row.items) },
            {
              id: 'cost',
              heading: 'Cost',
              number: true,
              biggestFirst: true,
              by: (row) => row.cost_pence,
              cell: (row) => <Money pence={row.cost_pence} />,
            },
            {
              id: 'all',
              heading: 'All practices',
              number: true,
              by: (row) => row.all_cost_pence,
              cell: (row) => <Money pence={row.all_cost_pence} />,
            },
          ]}
          rows={report.sections}
          keyOf={(row) => row.section}
          sortedBy={{ id: 'cost', desc: true }}
        />
      </Section>
    </>
  );
}

/** The savings in the picture add up to the one figure: the largest, and all others together. */
export function barsOfSavings(report: Prescribing, most = 10): { name: string; pence: number }[] {
  const first = report.savings.slice(0, most);
  const rest = report.savings_pence - first.reduce((sum, one) => sum + one.saving_pence, 0);
  const bars = first.map((one) => ({ name: one.name, pence: one.saving_pence }));
  const others = report.savings.length - first.length;
  return others > 0 ? [...bars, { name: `${others} others`, pence: rest }] : bars;
}

function Savings({ report }: { report: Prescribing }) {
  const bars = barsOfSavings(report);
  return (
    <Section heading="At the prices that others pay" id="savings">
      <p>{report.savings_says}</p>
      {bars.length ? (
        <>
          <Picture
            says={`Together ${inPounds(report.savings_pence)}, the largest first.`}
            of={report}
            draw={(Plot, width) =>
              Plot.plot({
                className: 'purse-plot',
                width,
                height: bars.length * 34 + 40,
                marginLeft: Math.min(280, width * 0.45),
                marginRight: 90,
                x: { axis: null },
                y: { label: null, domain: bars.map((bar) => bar.name), tickSize: 0 },
                marks: [
                  Plot.barX(bars, { x: 'pence', y: 'name', fill: '#005eb8' }),
                  Plot.text(bars, {
                    x: 'pence',
                    y: 'name',
                    text: (bar: { pence: number }) => inPounds(bar.pence),
                    textAnchor: 'start',
                    dx: 6,
                  }),
                ],
              })
            }
          />
          <SavingsTable report={report} />
        </>
      ) : null}
    </Section>
  );
}

interface SavingRow extends Partial<Saving> {
  name: string;
  saving_pence: number;
}

function SavingsTable({ report }: { report: Prescribing }) {
  const total: SavingRow = { name: 'Together', saving_pence: report.savings_pence };
  return (
    <FigureTable<SavingRow>
      caption="Medicines that others pay less for"
      columns={[
        { id: 'name', heading: 'Medicine', cell: (row) => row.name },
        { id: 'quantity', heading: 'Quantity', number: true, cell: (row) => row.quantity ?? '' },
        { id: 'price', heading: 'A thousand', number: true, cell: (row) => row.price_of_thousand ?? '' },
        {
          id: 'target',
          heading: 'Cheapest tenth pay',
          number: true,
          cell: (row) => row.target_of_thousand ?? '',
        },
        {
          id: 'saving',
          heading: 'Saving',
          number: true,
          // To the penny, always: the sum is the figure in the sentence and in the file.
          cell: (row) => <span className="purse-figure">{inPounds(row.saving_pence)}</span>,
        },
      ]}
      rows={report.savings}
      keyOf={(row) => row.group ?? 'total'}
      foot={[total]}
    />
  );
}

function Months({ measure }: { measure: Measure }) {
  const points = measure.months.map((month) => ({
    at: new Date(`${month.month}-01T00:00:00Z`),
    value: month.value,
    low: month.deciles?.[0] ?? null,
    middle: month.deciles?.[4] ?? null,
    high: month.deciles?.[8] ?? null,
  }));
  return (
    <>
      <Picture
        says={`${measure.per}, month by month. Eight practices in ten lie in the grey band, half of them above the thin line.`}
        of={measure}
        draw={(Plot, width) =>
          Plot.plot({
            className: 'purse-plot',
            width,
            height: 240,
            marginLeft: 60,
            marginBottom: 44,
            x: { label: null, type: 'utc', ticks: width < 520 ? 4 : 8 },
            y: { label: null, grid: true, nice: true },
            marks: [
              Plot.areaY(points, { x: 'at', y1: 'low', y2: 'high', fill: '#e8edee' }),
              Plot.line(points, { x: 'at', y: 'middle', stroke: '#4c6272', strokeWidth: 1 }),
              Plot.line(points, { x: 'at', y: 'value', stroke: '#005eb8', strokeWidth: 2.5 }),
            ],
          })
        }
      />
      <FigureTable
        caption={`${measure.name}, month by month`}
        columns={[
          { id: 'month', heading: 'Month', cell: (row) => monthInWords(row.month) },
          { id: 'value', heading: 'This practice', number: true, cell: (row) => row.value.toFixed(2) },
          { id: 'low', heading: 'One in ten below', number: true, cell: (row) => row.deciles?.[0]?.toFixed(2) ?? '–' },
          { id: 'middle', heading: 'Half below', number: true, cell: (row) => row.deciles?.[4]?.toFixed(2) ?? '–' },
          { id: 'high', heading: 'One in ten above', number: true, cell: (row) => row.deciles?.[8]?.toFixed(2) ?? '–' },
        ]}
        rows={measure.months}
        keyOf={(row) => row.month}
      />
    </>
  );
}
