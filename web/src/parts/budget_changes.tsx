// What changed in the budget since it was agreed: the budgets above have it in them.
import type { Schemas } from '../api/client';
import { monthInWords } from '../figures';
import { Money } from './exact';
import { FigureTable, type Column } from './figure_table';
import { Section } from './page';

type Change = Schemas['BudgetChange'];

export function BudgetChanges({ changes }: { changes: Change[] }) {
  if (changes.length === 0) return null;
  return (
    <Section heading="Changes of the budget in the year" id="changes">
      <p>What was agreed stays on record as it was agreed. These changes were made since.</p>
      <FigureTable
        caption="How the budget was changed since it was agreed"
        columns={columns}
        rows={changes}
        keyOf={(row) => `${row.number} ${row.account} ${row.line} ${row.from}`}
      />
    </Section>
  );
}

const columns: Column<Change>[] = [
  { id: 'from', heading: 'From', cell: (row) => monthInWords(row.from) },
  { id: 'line', heading: 'Line', cell: (row) => row.label },
  { id: 'says', heading: 'Why', cell: (row) => row.says },
  {
    id: 'annual',
    heading: 'In the year',
    number: true,
    cell: (row) => <Money pence={row.annual_pence} signed />,
  },
  {
    id: 'date',
    heading: 'To date',
    number: true,
    cell: (row) => <Money pence={row.to_date_pence} signed />,
  },
];
