// Where the year may end: the forecast in a sentence, its range as a bar with the budget on it, each
// line in a table, and how earlier years' forecasts did.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Schemas } from '../api/client';
import * as questions from '../api/questions';
import { inPounds, writerOf } from '../figures';
import { Money, None, useExact, Variance } from './exact';
import { FigureTable, type Column } from './figure_table';
import { Downloads } from './page';
import { Asked } from './states';
import { Disclosure, Steps } from './working';

type YearEnd = Schemas['YearEnd'];
type Row = Schemas['YearEndRow'];

export function YearEndPanel({ practice, month }: { practice: string; month: string }) {
  const asked = useQuery(questions.forecast(practice, month));
  return (
    <section className="purse-panel" aria-labelledby="forecast">
      <h2 className="nhsuk-heading-s" id="forecast">
        Where the year may end
      </h2>
      <Asked of={asked} what="the forecast">
        {(shown) => <Shown yearEnd={shown} practice={practice} />}
      </Asked>
    </section>
  );
}

function Shown({ yearEnd, practice }: { yearEnd: YearEnd; practice: string }) {
  return (
    <>
      <p>{yearEnd.says}</p>
      <RangeBar row={yearEnd.total} />
      {yearEnd.score_says ? <p className="purse-quiet">{yearEnd.score_says}</p> : null}
      <Disclosure label="Each line, and how it was worked out">
        {() => <Lines yearEnd={yearEnd} practice={practice} />}
      </Disclosure>
    </>
  );
}

/** "£9.02m to £9.47m is likely (80 times in 100), £8.90m to £9.59m nearly sure (95); the budget of £9.05m lies in the likely range." */
export function rangeInWords(row: Row): string | null {
  const { range_80: likely, range_95: sure, budget_pence: budget } = row;
  if (!likely || !sure) return null;
  const write = writerOf(likely, sure);
  const between = (range: Schemas['ForecastRange']) =>
    `${write(range.low_pence)} to ${write(range.high_pence)}`;
  const ranges = `${between(likely)} is likely (80 times in 100), ${between(sure)} nearly sure (95)`;
  if (budget === null) return `${ranges}.`;
  const where =
    budget < likely.low_pence
      ? 'lies below the likely range'
      : budget > likely.high_pence
        ? 'lies above the likely range'
        : 'lies in the likely range';
  return `${ranges}; the budget of ${write(budget)} ${where}.`;
}

const width = 320;
const height = 44;

/** The ranges as two bars on each other, the forecast and the budget as marks. */
export function RangeBar({ row }: { row: Row }) {
  const says = rangeInWords(row);
  const { range_80: likely, range_95: sure, budget_pence: budget, year_end_pence: end } = row;
  if (!says || !likely || !sure || end === null) return null;
  const least = Math.min(sure.low_pence, budget ?? sure.low_pence);
  const most = Math.max(sure.high_pence, budget ?? sure.high_pence);
  const span = most - least || 1;
  const x = (pence: number) => 8 + ((pence - least) / span) * (width - 16);
  return (
    <figure className="purse-range">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={says}>
        <rect
          className="purse-range-sure"
          x={x(sure.low_pence)}
          width={x(sure.high_pence) - x(sure.low_pence)}
          y={16}
          height={12}
        />
        <rect
          className="purse-range-likely"
          x={x(likely.low_pence)}
          width={x(likely.high_pence) - x(likely.low_pence)}
          y={12}
          height={20}
        />
        <line className="purse-range-end" x1={x(end)} x2={x(end)} y1={8} y2={36} />
        {budget === null ? null : (
          <path
            className="purse-range-budget"
            d={`M${x(budget)} 10l-6 -9h12zM${x(budget)} 10V${height - 4}`}
          />
        )}
      </svg>
      <figcaption>
        {says}
        {budget === null ? null : ' The triangle marks the budget.'}
      </figcaption>
    </figure>
  );
}

function Lines({ yearEnd, practice }: { yearEnd: YearEnd; practice: string }) {
  const [open, setOpen] = useState('');
  return (
    <>
      <Downloads
        of={`/api/v1/practices/${practice}/forecast?month=${yearEnd.month}`}
        what="the forecast"
      />
      <FigureTable
        caption="Where the year may end, by line"
        columns={lineColumns(open, setOpen)}
        rows={yearEnd.lines}
        foot={[yearEnd.total]}
        keyOf={(row) => row.code}
        below={(row) =>
          row.code === open ? (
            <LineWhy practice={practice} line={row.code} month={yearEnd.month} />
          ) : null
        }
      />
      <p className="purse-quiet">{yearEnd.about_ranges}</p>
    </>
  );
}

function LineWhy({ practice, line, month }: { practice: string; line: string; month: string }) {
  const asked = useQuery(questions.whyForecast(practice, line, month));
  return (
    <Asked of={asked} what="the working">
      {(working) => (
        <>
          <p className="purse-working-title">{working.title}</p>
          <Steps steps={working.steps} result={working.result_pence} />
        </>
      )}
    </Asked>
  );
}

function lineColumns(open: string, setOpen: (line: string) => void): Column<Row>[] {
  return [
    { id: 'line', heading: 'Line', cell: (row) => row.label },
    {
      id: 'reported',
      heading: 'Reported',
      number: true,
      cell: (row) => <Money pence={row.reported_pence} />,
    },
    {
      id: 'more',
      heading: 'Still to come',
      number: true,
      cell: (row) => <Money pence={row.still_to_come_pence} />,
    },
    {
      id: 'rest',
      heading: 'Rest of year',
      number: true,
      cell: (row) => <Money pence={row.rest_of_year_pence} />,
    },
    {
      id: 'end',
      heading: 'Year-end',
      number: true,
      cell: (row) => <Money pence={row.year_end_pence} />,
    },
    { id: 'range', heading: 'Likely range (80%)', cell: (row) => <Range range={row.range_80} /> },
    {
      id: 'budget',
      heading: 'Budget',
      number: true,
      cell: (row) => <Money pence={row.budget_pence} />,
    },
    {
      id: 'over',
      heading: 'Over or under',
      number: true,
      cell: (row) => <Variance pence={row.over_pence} />,
    },
    {
      id: 'why',
      heading: 'Working',
      screenOnly: true,
      cell: (row) => (
        <button
          type="button"
          className="purse-why"
          aria-expanded={open === row.code}
          onClick={() => setOpen(open === row.code ? '' : row.code)}
        >
          Why?<span className="nhsuk-u-visually-hidden"> {row.label}</span>
        </button>
      ),
    },
  ];
}

function Range({ range }: { range: Schemas['ForecastRange'] | null }) {
  const { exact } = useExact();
  if (!range) return <None says="no range" />;
  const write = exact ? inPounds : writerOf(range);
  return (
    <>
      <span className="purse-figure">{write(range.low_pence)}</span> to{' '}
      <span className="purse-figure">{write(range.high_pence)}</span>
    </>
  );
}

/** For a table of practices: the forecast and how it stands to the budget. */
export function YearEndCell({ row }: { row: Row | undefined }) {
  if (!row || row.year_end_pence === null) return <None says="no forecast" />;
  return (
    <>
      <Money pence={row.year_end_pence} />{' '}
      {row.over_pence === null ? null : (
        <span className="purse-quiet">
          <Variance pence={row.over_pence} />
        </span>
      )}
    </>
  );
}
