// What was used and is in no budget: beside the lines and totals above, never in them.
import type { Schemas } from '../api/client';
import { grouped } from '../figures';
import { Money } from './exact';
import { FigureTable, type Column } from './figure_table';
import { Section } from './page';

type Row = Schemas['OutsideRow'];

export function OutOfBudget({ rows, whose }: { rows: Row[]; whose: string }) {
  if (rows.length === 0) return null;
  return (
    <Section heading="In no budget" id="no-budget">
      <p>
        Care that {whose} used and that no practice&rsquo;s budget is for. What it cost is in none of the
        lines and totals above.
      </p>
      <FigureTable
        caption="What was used and is in no budget"
        columns={columns}
        rows={rows}
        keyOf={(row) => row.code}
      />
    </Section>
  );
}

const count = (figures: Schemas['Figures']) =>
  figures.activity === null ? '' : grouped(figures.activity);

const columns: Column<Row>[] = [
  { id: 'line', heading: 'Line', cell: (row) => row.label },
  { id: 'why', heading: 'Why', cell: (row) => row.why },
  { id: 'month', heading: 'In the month', number: true, cell: (row) => count(row.month) },
  { id: 'date', heading: 'To date', number: true, cell: (row) => count(row.year_to_date) },
  {
    id: 'cost',
    heading: 'Cost to date',
    number: true,
    cell: (row) => <Money pence={row.year_to_date.cost_pence} />,
  },
];
