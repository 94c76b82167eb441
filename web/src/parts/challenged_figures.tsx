// What challenges make of a month's figures: reported, disputed, corrected. In no other figure.
import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../api/client';
import * as questions from '../api/questions';
import { inPounds, monthInWords } from '../figures';
import { Money } from './exact';
import { FigureTable, type Column } from './figure_table';
import { Asked } from './states';

type Row = Schemas['ChallengedRow'];

const money = (id: keyof Row, heading: string): Column<Row> => ({
  id,
  heading,
  number: true,
  by: (row) => row[id] as number,
  cell: (row) => <Money pence={row[id] as number} signed={id.startsWith('corrected')} />,
});

const columns: Column<Row>[] = [
  { id: 'label', heading: 'Line', by: (row) => row.label, cell: (row) => row.label },
  money('disputed_month_pence', 'Disputed in the month'),
  money('disputed_to_date_pence', 'Disputed to date'),
  money('corrected_month_pence', 'Corrected in the month'),
  money('corrected_to_date_pence', 'Corrected to date'),
];

export function figuresInWords(of: Schemas['ChallengeFigures']): string {
  const month = monthInWords(of.month);
  if (!of.total) return `Nothing is disputed or corrected in the year to ${month}.`;
  const corrected = of.total.corrected_to_date_pence;
  return (
    `In the year to ${month} ${inPounds(of.reported_to_date_pence)} is reported; corrections of ` +
    `${inPounds(corrected)} make it ${inPounds(of.reported_to_date_pence + corrected)}, of which ` +
    `${inPounds(of.total.disputed_to_date_pence)} is disputed.`
  );
}

export function ChallengedFigures({ practice, month }: { practice: string; month?: string }) {
  const asked = useQuery(questions.challengeFigures(practice, month));
  return (
    <Asked of={asked} what="what is disputed and corrected">
      {(figures) => (
        <>
          <p>{figuresInWords(figures)}</p>
          {figures.total ? (
            <FigureTable
              caption={`Disputed and corrected, year to ${monthInWords(figures.month)}`}
              columns={columns}
              rows={figures.rows}
              foot={[figures.total]}
              keyOf={(row) => row.code}
            />
          ) : null}
          {figures.corrections.length ? (
            <ul>
              {figures.corrections.map((one) => (
                <li key={`${one.challenge}-${one.label}`}>
                  {monthInWords(one.falls_on)}: {inPounds(one.amount_pence)} by challenge{' '}
                  {one.challenge} ({one.reason}, {one.about})
                </li>
              ))}
            </ul>
          ) : null}
          {figures.to_come_pence ? (
            <p>
              Upheld, and in the figures of a later month: {inPounds(figures.to_come_pence)}.
            </p>
          ) : null}
        </>
      )}
    </Asked>
  );
}
