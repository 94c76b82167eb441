// What came of challenges: pounds recovered, days to answer. The same figures for both sides.
import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../api/client';
import * as questions from '../api/questions';
import { inPounds, plural } from '../figures';
import { Money, None } from './exact';
import { FigureTable, type Column } from './figure_table';
import { Downloads, Section } from './page';
import { Asked } from './states';

type Row = Schemas['ReturnRow'];

export function returnInWords(total: Row): string {
  const decided = total.upheld + total.rejected;
  if (!decided) return `${plural(total.marked, 'challenge')}, none of them decided yet.`;
  const share = `${((total.recovered_per_thousand ?? 0) / 10).toFixed(1)}%`;
  return (
    `${plural(decided, 'challenge')} decided: ${inPounds(total.recovered_pence)} came back of ` +
    `${inPounds(total.decided_pence)} (${share}). Half were answered within ${plural(total.median_days ?? 0, 'day')}, the slowest in ${total.longest_days}.`
  );
}

const whole = (id: keyof Row, heading: string): Column<Row> => ({
  id,
  heading,
  number: true,
  biggestFirst: true,
  by: (row) => (row[id] as number | null) ?? undefined,
  cell: (row) => (row[id] === null ? <None /> : String(row[id])),
});
const money = (id: keyof Row, heading: string): Column<Row> => ({
  id,
  heading,
  number: true,
  biggestFirst: true,
  by: (row) => row[id] as number,
  cell: (row) => <Money pence={row[id] as number} />,
});

const columns: Column<Row>[] = [
  { id: 'name', heading: 'Of', by: (row) => row.name, cell: (row) => row.name },
  whole('marked', 'Marked'),
  whole('open', 'Open'),
  whole('late', 'Late'),
  whole('upheld', 'Upheld'),
  whole('rejected', 'Rejected'),
  money('disputed_pence', 'Disputed'),
  money('decided_pence', 'Decided'),
  money('recovered_pence', 'Recovered'),
  whole('median_days', 'Days'),
];

export function RateOfReturn({ practice }: { practice?: string }) {
  const asked = useQuery(questions.rateOfReturn(practice));
  const file = practice
    ? `/api/v1/practices/${practice}/challenge-return`
    : '/api/v1/challenge-return';
  return (
    <Section
      heading="What came of them"
      id="return"
      tools={<Downloads of={file} what="what came of challenges" />}
    >
      <Asked of={asked} what="what came of them">
        {(report) => (
          <>
            <p>{returnInWords(report.total)}</p>
            {report.total.marked ? (
              <FigureTable
                caption={practice ? 'By provider' : 'By practice'}
                columns={columns}
                rows={practice ? report.providers : report.practices}
                foot={[report.total]}
                keyOf={(row) => row.code || row.name}
              />
            ) : null}
          </>
        )}
      </Asked>
    </Section>
  );
}
