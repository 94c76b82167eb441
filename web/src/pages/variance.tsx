// Why a practice is over or under its budget, in all its parts: of every line, or of one line by
// specialty, condition, provider and referrer; each part with its working, and the patients behind it
// for those entitled.
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { Schemas } from '../api/client';
import * as questions from '../api/questions';
import { capitalised, grouped, inPounds, plural } from '../figures';
import { ExactSwitch, Money } from '../parts/exact';
import { FigureTable, type Column } from '../parts/figure_table';
import { MonthChoice, useAddress } from '../parts/month_choice';
import { Downloads, Page, PrintButton, Section } from '../parts/page';
import { Repricing } from '../parts/repricing';
import { Asked } from '../parts/states';
import { PartsTable } from '../parts/variance_parts';
import { Disclosure } from '../parts/working';
import { may } from '../session/rights';
import { useSession } from '../session/session';

type Explained = Schemas['PracticeVariance'];
type Parts = Schemas['VarianceParts'];
type Row = Schemas['VarianceRow'];
type Detail = Schemas['VarianceDetail'];

const ways: [questions.VarianceBy, string][] = [
  ['line', 'Line'],
  ['specialty', 'Specialty'],
  ['hrg', 'Condition (HRG root)'],
  ['provider', 'Provider'],
  ['referrer', 'Referrer'],
];

export default function VariancePage({ practice }: { practice: string }) {
  const session = useSession();
  const [month, setMonth] = useAddress('month');
  const [line, setLine] = useAddress('line');
  const [by, setBy] = useAddress('by');
  const way = ways.find(([one]) => one === by)?.[0] ?? (line ? 'specialty' : 'line');
  const asked = useQuery(questions.variance(practice, month, way, line));
  const explained = asked.data;
  const own = session.organisation.code === practice;
  const address = `/practices/${practice}?month=${explained?.month ?? month ?? ''}`;
  const file =
    `/api/v1/practices/${practice}/variance?month=${explained?.month ?? ''}&by=${way}` +
    (line ? `&line=${line}` : '');
  return (
    <Page
      title="Why: the variance explained"
      lede={explained ? `${explained.name}, year to ${explained.month_in_words}` : null}
      crumbs={[{ href: address, text: explained?.name ?? practice }]}
      tools={
        explained ? (
          <>
            <MonthChoice month={explained.month} onChoose={setMonth} />
            <ExactSwitch />
            <PrintButton />
            <Downloads of={file} what="these rows" />
          </>
        ) : null
      }
      indicative
    >
      <Asked of={asked} what="the variance">
        {(shown) => (
          <>
            <Choices shown={shown} line={line} way={way} onLine={setLine} onWay={setBy} />
            <PartsTable shown={shown} line={line} />
            <Apart shown={shown} />
            {own && may(session, 'read_patient_rows') ? (
              <Patients practice={practice} month={shown.month} />
            ) : null}
            <Repricing
              practice={practice}
              month={shown.month}
              monthInWords={shown.month_in_words}
              care={own ? 'your hospital care' : 'this practice’s hospital care'}
            />
            <Section heading="About these figures" id="about">
              <p>{sentence(shown.plan)}</p>
              {shown.notes.map((note) => (
                <p className="purse-quiet" key={note}>
                  {sentence(note)}
                </p>
              ))}
            </Section>
          </>
        )}
      </Asked>
    </Page>
  );
}

const sentence = (words: string) => `${capitalised(words)}.`;

interface Chosen {
  shown: Explained;
  line: string | undefined;
  way: questions.VarianceBy;
  onLine: (to: string | null) => void;
  onWay: (to: string | null) => void;
}

function Choices({ shown, line, way, onLine, onWay }: Chosen) {
  const lineId = useId();
  const wayId = useId();
  return (
    <p className="purse-tools">
      <span className="purse-choice">
        <label htmlFor={lineId}>Line</label>
        <select
          className="nhsuk-select"
          id={lineId}
          value={line ?? ''}
          onChange={(event) => onLine(event.target.value || null)}
        >
          <option value="">All lines</option>
          {shown.lines.map((one) => (
            <option key={one.line} value={one.line}>
              {one.label}
            </option>
          ))}
        </select>
      </span>
      <span className="purse-choice">
        <label htmlFor={wayId}>Taken apart by</label>
        <select
          className="nhsuk-select"
          id={wayId}
          value={way}
          onChange={(event) => onWay(event.target.value)}
        >
          {ways.map(([one, words]) => (
            <option key={one} value={one}>
              {words}
            </option>
          ))}
        </select>
      </span>
    </p>
  );
}

const amountOf = (row: Parts, part: string) =>
  row.parts.find((one) => one.part === part)?.pence ?? 0;

const sumOf = (row: Parts, ...parts: string[]) =>
  parts.reduce((sum, part) => sum + amountOf(row, part), 0);

/** The twelve parts in nine columns: the first seven add up to the variance. The download has all. */
const columnsOfParts: [string, string, string[]][] = [
  ['gap', 'Budget and plan', ['plan_gap']],
  ['list', 'List and ages', ['list', 'need']],
  ['volume', 'More or fewer', ['volume']],
  ['mix', 'Mix and codes', ['case_mix', 'severity']],
  ['price', 'Prices', ['price']],
  ['since', 'Since the close', ['late', 'corrected']],
  ['else', 'Else', ['other']],
  ['expected', 'Not yet reported', ['expected']],
  ['disputed', 'Held out', ['disputed']],
];

const rowColumns: Column<Row>[] = [
  { id: 'name', heading: 'What', by: (row) => row.name, cell: (row) => row.name },
  {
    id: 'variance',
    heading: 'Variance',
    number: true,
    biggestFirst: true,
    by: (row) => Math.abs(row.variance_pence),
    cell: (row) => <Money pence={row.variance_pence} signed />,
  },
  ...columnsOfParts.map(
    ([id, heading, parts]): Column<Row> => ({
      id,
      heading,
      number: true,
      biggestFirst: true,
      by: (row) => sumOf(row, ...parts),
      cell: (row) => <Money pence={sumOf(row, ...parts)} signed />,
    }),
  ),
];

const detailColumns: Column<Detail>[] = [
  {
    id: 'name',
    heading: 'Who',
    by: (row) => row.name,
    cell: (row) => (row.name === row.code ? row.code : `${row.name} ${row.code}`),
  },
  {
    id: 'planned',
    heading: 'Planned',
    number: true,
    by: (row) => row.planned,
    cell: (row) => grouped(row.planned),
  },
  {
    id: 'recorded',
    heading: 'Recorded',
    number: true,
    by: (row) => row.recorded,
    cell: (row) => grouped(row.recorded),
  },
  {
    id: 'planned_cost',
    heading: 'At plan prices',
    number: true,
    by: (row) => row.planned_cost_pence,
    cell: (row) => <Money pence={row.planned_cost_pence} />,
  },
  {
    id: 'cost',
    heading: 'Cost',
    number: true,
    by: (row) => row.cost_pence,
    cell: (row) => <Money pence={row.cost_pence} />,
  },
  {
    id: 'difference',
    heading: 'Difference',
    number: true,
    biggestFirst: true,
    by: (row) => Math.abs(row.difference_pence),
    cell: (row) => <Money pence={row.difference_pence} signed />,
  },
  {
    id: 'codes',
    heading: 'Of it codes',
    number: true,
    biggestFirst: true,
    by: (row) => Math.abs(row.severity_pence),
    cell: (row) => <Money pence={row.severity_pence} signed />,
  },
  {
    id: 'prices',
    heading: 'Of it prices',
    number: true,
    biggestFirst: true,
    by: (row) => Math.abs(row.price_pence),
    cell: (row) => <Money pence={row.price_pence} signed />,
  },
];

const shownAtMost = 60;

function Apart({ shown }: { shown: Explained }) {
  const words = ways.find(([one]) => one === shown.by)?.[1] ?? shown.by;
  const count = shown.rows.length + shown.details.length;
  return (
    <Section heading={`By ${words.toLowerCase()}`} id="apart">
      {shown.rows.length ? (
        <FigureTable
          caption={shown.title}
          columns={rowColumns}
          rows={shown.rows.slice(0, shownAtMost)}
          keyOf={(row) => `${row.name} ${row.code}`}
          sortedBy={{ id: 'variance', desc: true }}
        />
      ) : null}
      {shown.details.length ? (
        <>
          <FigureTable
            caption={shown.title}
            columns={detailColumns}
            rows={shown.details.slice(0, shownAtMost)}
            keyOf={(row) => row.code}
            sortedBy={{ id: 'difference', desc: true }}
          />
          <p className="purse-quiet">
            The differences, and <Money pence={shown.of_no_detail_pence} signed /> between the budget
            and the plan on this list, add up to the variance.
          </p>
        </>
      ) : null}
      {count > shownAtMost ? (
        <p className="purse-quiet">
          The {shownAtMost} largest of {grouped(count)}; the download has all.
        </p>
      ) : null}
    </Section>
  );
}

const lists: [questions.PatientListKind, string][] = [
  ['high_users', 'Patients whose hospital care cost most'],
  ['readmissions', 'Emergency admissions soon after a discharge'],
  ['ambulatory_care_sensitive', 'Emergencies that care outside hospital may prevent'],
  ['long_stays', 'Stays with days beyond the trim point'],
];

function Patients({ practice, month }: { practice: string; month: string }) {
  return (
    <Section heading="Patients behind it" id="patients">
      <p className="purse-quiet">
        Patients are pseudonymised. That you look at a list is written in the audit trail.
      </p>
      {lists.map(([kind, words]) => (
        <Disclosure key={kind} label={words}>
          {() => <PatientsOf practice={practice} kind={kind} month={month} />}
        </Disclosure>
      ))}
    </Section>
  );
}

function PatientsOf(of: { practice: string; kind: questions.PatientListKind; month: string }) {
  const asked = useQuery(questions.patients(of.practice, of.kind, of.month));
  return (
    <div className="purse-working">
      <Asked of={asked} what="the patients">
        {(list) => (
          <>
            <p className="purse-working-title">
              {plural(list.patients, 'patient')}, {inPounds(list.total_pence)}
            </p>
            <table className="nhsuk-table purse-steps">
              <caption className="nhsuk-u-visually-hidden">{list.title}</caption>
              <thead>
                <tr>
                  <th scope="col">Patient</th>
                  <th scope="col">What</th>
                  <th scope="col" className="purse-number">
                    Cost
                  </th>
                </tr>
              </thead>
              <tbody>
                {list.rows.slice(0, shownAtMost).map((row, at) => (
                  <tr key={at}>
                    <td>{row.patient.slice(0, 8)}</td>
                    <td>
                      {row.admitted ? `${row.admitted} to ${row.discharged}, ${row.hrg}: ` : ''}
                      {row.says}
                    </td>
                    <td className="purse-number">{inPounds(row.cost_pence)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <p className="purse-source">Source: {list.source}</p>
          </>
        )}
      </Asked>
    </div>
  );
}
