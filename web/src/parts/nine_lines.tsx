// The nine lines of the monthly pack, with the budget lines below them on demand.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Schemas } from '../api/client';
import * as questions from '../api/questions';
import { grouped } from '../figures';
import { Money, None, Variance } from './exact';
import { FigureTable, type Column } from './figure_table';
import { useAddress } from './month_choice';
import { Section } from './page';
import { BesideRow } from './standing';
import { Sparkline } from './sparkline';
import { LineWorking } from './working';

type Row = Schemas['Row'];
type Statement = Schemas['Statement'];

const referrals = 'consultant_referrals';

/** One of the nine, not a budget line below one of them. */
export const isPackLine = (row: Pick<Row, 'counts_in_total' | 'code'>) =>
  row.counts_in_total || row.code === referrals;

/** The lines that have money and nothing below them: they add up to the total. */
export function leavesOf(rows: Row[]): Row[] {
  return rows.filter((row) =>
    isPackLine(row)
      ? row.code !== referrals && !rows.some((other) => isBelow(other, row))
      : true,
  );
}

const isBelow = (row: Row, pack: Row) => !isPackLine(row) && row.pack_line === pack.pack_line;

export function NineLines({ statement }: { statement: Statement }) {
  // The opened line stands in the address: a link can point to the working of one figure.
  const [open, setOpen] = useAddress('why');
  const [toggled, setToggled] = useState<string>();
  const below = statement.rows.some((row) => !isPackLine(row) && row.code === open);
  const [wanted, setAll] = useState(false);
  // Readers who may not see small numbers have budget lines only.
  const gated = Boolean(statement.gate_says);
  const all = wanted || below || gated;
  const rows = all ? statement.rows : statement.rows.filter(isPackLine);
  // The comparison comes later than the figures, and the table does not wait for it.
  const peers = useQuery({
    ...questions.peers(statement.code, statement.month),
    enabled: statement.is_practice,
    retry: false,
  });
  const columns = columnsOf(statement, open, peers.data?.measures ?? [], (code) => {
    setToggled(code);
    setOpen(code === open ? null : code);
  });
  useEffect(() => {
    if (!open || open === toggled) return;
    const button = document.getElementById(`ask-${open}`);
    button?.scrollIntoView({ block: 'center' });
    button?.focus({ preventScroll: true });
  }, [open, toggled]);
  return (
    <Section
      heading={gated ? 'The budget lines' : 'The nine lines'}
      id="lines"
      tools={
        gated ? null : (
          <button
            type="button"
            className="purse-tool"
            aria-pressed={all}
            onClick={() => setAll(!all)}
          >
            Every budget line
          </button>
        )
      }
    >
      <FigureTable
        caption={`The nine lines, year to ${statement.month_in_words}`}
        columns={columns}
        rows={rows}
        foot={[statement.total]}
        keyOf={(row) => row.code}
        classOf={(row) => (row.code !== 'total' && !isPackLine(row) ? 'purse-part' : undefined)}
        below={(row) =>
          row.code === open ? (
            <div id={`why-${row.code}`}>
              <LineWorking practice={statement.code} line={row.code} month={statement.month} />
            </div>
          ) : null
        }
      />
      {gated ? <p>{statement.gate_says}</p> : null}
      {gated ? null : (
        <p className="purse-quiet">
          Small pictures show activity in each of the last months; an open end is provisional.
        </p>
      )}
    </Section>
  );
}

function columnsOf(
  statement: Statement,
  open: string | undefined,
  measures: Schemas['ComparedMeasure'][],
  toggle: (code: string) => void,
): Column<Row>[] {
  const money = (row: Row) => row.loaded && row.code !== referrals;
  return [
    { id: 'line', heading: 'Line', cell: (row) => <LineName row={row} /> },
    {
      id: 'month',
      heading: `In ${statement.month_in_words.split(' ')[0]}`,
      number: true,
      cell: (row) => <Activity row={row} count={row.month.activity} />,
    },
    {
      id: 'used',
      heading: 'Used to date',
      number: true,
      cell: (row) =>
        row.in_no_budget ? (
          <span className="purse-quiet">in no budget</span>
        ) : !row.loaded ? (
          <span className="purse-quiet">no data loaded</span>
        ) : row.code === referrals ? (
          <span className="purse-quiet">within outpatients</span>
        ) : row.year_to_date.cost_pence === null ? (
          <span className="purse-quiet">too few to show</span>
        ) : (
          <Money pence={row.year_to_date.cost_pence} />
        ),
    },
    {
      id: 'budget',
      heading: 'Budget to date',
      number: true,
      cell: (row) => <Money pence={row.budget_to_date_pence} />,
    },
    {
      id: 'variance',
      heading: 'Over or under',
      number: true,
      cell: (row) => <Variance pence={money(row) ? row.variance_pence : null} />,
    },
    ...(measures.length
      ? [
          {
            id: 'peers',
            heading: 'Beside others',
            cell: (row: Row) => (
              <BesideRow
                measures={measures}
                row={row.code}
                practice={statement.code}
                month={statement.month}
              />
            ),
          },
        ]
      : []),
    {
      id: 'series',
      heading: `Last ${monthsShown(statement)} months`,
      // What is not counted (block contracts, all lines together) has no picture.
      cell: (row) =>
        row.loaded && row.year_to_date.activity !== null && row.series?.length ? (
          <Sparkline series={row.series} />
        ) : (
          <None />
        ),
    },
    {
      id: 'why',
      heading: 'Working',
      screenOnly: true,
      cell: (row) =>
        money(row) && !row.in_no_budget ? (
          <button
            type="button"
            className="purse-why"
            id={`ask-${row.code}`}
            aria-expanded={open === row.code}
            aria-controls={open === row.code ? `why-${row.code}` : undefined}
            onClick={() => toggle(row.code)}
          >
            Why?
            <span className="nhsuk-u-visually-hidden"> How {row.label} was worked out</span>
          </button>
        ) : (
          <None says="no working" />
        ),
    },
  ];
}

const monthsShown = (statement: Statement) =>
  Math.max(...statement.rows.map((row) => row.series?.length ?? 0), 0) || 24;

function LineName({ row }: { row: Row }) {
  if (row.code === 'total') return <>Total</>;
  return (
    <>
      {isPackLine(row) ? `${row.pack_line}. ` : ''}
      {row.label}
    </>
  );
}

function Activity({ row, count }: { row: Row; count: number | null }) {
  if (!row.loaded || count === null) return <None says="no single count" />;
  return <span className="purse-figure">{grouped(count)}</span>;
}
