// What the monthly pack has beside the nine lines: rates for 1,000 patients beside all practices and the
// country, length of stay, waiting lists, challenges. Asked for only when it is opened.
import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../api/client';
import * as questions from '../api/questions';
import { toOneDecimal } from '../figures';
import { None } from './exact';
import { FigureTable, type Column } from './figure_table';
import { isPackLine } from './nine_lines';
import { Section } from './page';
import { Asked } from './states';
import { Disclosure } from './working';

type Pack = Schemas['Pack'];
type Line = Schemas['PackLine'];
type Standardised = Schemas['PackRate'];

export function RatesAndWaiting({ practice, month }: { practice: string; month: string }) {
  return (
    <Section heading="Rates, waiting and length of stay" id="rates">
      <Disclosure label="For 1,000 patients, beside all practices and the country">
        {() => <Opened practice={practice} month={month} />}
      </Disclosure>
    </Section>
  );
}

function Opened({ practice, month }: { practice: string; month: string }) {
  const asked = useQuery(questions.pack(practice, month));
  return (
    <Asked of={asked} what="the rates">
      {(pack) => <Rates pack={pack} />}
    </Asked>
  );
}

export function Rates({ pack }: { pack: Pack }) {
  return (
    <>
      <h3 className="nhsuk-heading-s">Each line, for 1,000 patients a year</h3>
      <FigureTable
        caption="Each line, for 1,000 patients a year"
        columns={lineColumns}
        rows={pack.lines.filter((line) => line.code !== 'total')}
        keyOf={(line) => line.code}
        classOf={(line) => (isPackLine(line) ? undefined : 'purse-part')}
      />
      <p className="purse-quiet">As if the year went on like its months so far. Ages are not allowed for.</p>
      <p>{pack.national}</p>
      <h3 className="nhsuk-heading-s">The last twelve months, with age and sex allowed for</h3>
      {pack.standardised.length ? (
        <FigureTable
          caption="For 1,000 patients a year, with age and sex allowed for"
          columns={standardisedColumns}
          rows={pack.standardised}
          keyOf={(one) => one.code}
        />
      ) : (
        <p>{pack.not_standardised}</p>
      )}
      <h3 className="nhsuk-heading-s">Length of stay, waiting lists, challenges</h3>
      {[pack.stay, pack.waiting?.says, pack.challenges].filter(Boolean).map((says) => (
        <p key={says}>{says}</p>
      ))}
    </>
  );
}

function Rate({ of }: { of: number | null }) {
  return of === null ? <None says="not known" /> : <span className="purse-figure">{toOneDecimal(of)}</span>;
}

const lineColumns: Column<Line>[] = [
  {
    id: 'line',
    heading: 'Line',
    cell: (line) => (isPackLine(line) ? `${line.pack_line}. ${line.label}` : line.label),
  },
  {
    id: 'practice',
    heading: 'The practice',
    number: true,
    cell: (line) =>
      line.loaded ? (
        <Rate of={line.for_1000_patients_a_year.practice} />
      ) : (
        <span className="purse-quiet">no data loaded</span>
      ),
  },
  {
    id: 'all',
    heading: 'All practices',
    number: true,
    cell: (line) => <Rate of={line.for_1000_patients_a_year.all_practices} />,
  },
  {
    id: 'national',
    heading: 'National',
    number: true,
    cell: (line) => <Rate of={line.for_1000_patients_a_year.national} />,
  },
];

const standardisedColumns: Column<Standardised>[] = [
  {
    id: 'name',
    heading: 'What',
    cell: (one) => (
      <>
        {one.name}
        <span className="purse-note">{one.means}</span>
      </>
    ),
  },
  {
    id: 'practice',
    heading: 'The practice',
    number: true,
    cell: (one) => (
      <span>
        <Rate of={one.rate} />
        {one.rate_95 ? (
          <span className="purse-note">
            95%: {one.rate_95.map(toOneDecimal).join(' to ')}
          </span>
        ) : null}
      </span>
    ),
  },
  { id: 'all', heading: 'All practices', number: true, cell: (one) => <Rate of={one.all_practices} /> },
  { id: 'national', heading: 'National', number: true, cell: (one) => <Rate of={one.national} /> },
  { id: 'standing', heading: 'What it says', cell: (one) => one.standing },
];
