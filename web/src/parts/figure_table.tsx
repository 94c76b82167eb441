// A table of figures: every column can be sorted, a row can open below itself, and on narrow screens
// each row becomes a card that names its figures.
import {
  createSortedRowModel,
  rowSortingFeature,
  sortFn_basic,
  tableFeatures,
  useTable,
  type ColumnDef,
  type SortingState,
} from '@tanstack/react-table';
import { Fragment, useId, useMemo, useState, type ReactNode } from 'react';

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { basic: sortFn_basic },
});

export interface Column<Row> {
  id: string;
  heading: string;
  /** What is sorted by; a column without it is not sortable. Undefined sorts last. */
  by?: (row: Row) => number | string | undefined;
  cell: (row: Row) => ReactNode;
  number?: boolean;
  /** Biggest first at the first press. */
  biggestFirst?: boolean;
  /** Not on paper. */
  screenOnly?: boolean;
}

interface Props<Row> {
  caption: string;
  captionShown?: boolean;
  columns: Column<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string;
  classOf?: (row: Row) => string | undefined;
  /** What stands below a row, over its whole width. */
  below?: (row: Row) => ReactNode;
  sortedBy?: { id: string; desc: boolean };
  /** Rows that stay at the end however the rest is sorted. */
  foot?: Row[];
}

export function FigureTable<Row>(props: Props<Row>) {
  const { columns, rows, keyOf, sortedBy, foot = [] } = props;
  const [sorting, setSorting] = useState<SortingState>(sortedBy ? [sortedBy] : []);
  const sortable = columns.some((column) => column.by);
  const definitions = useMemo(
    () =>
      columns.map(
        (column): ColumnDef<typeof features, { row: Row }> => ({
          id: column.id,
          accessorFn: ({ row }) => column.by?.(row),
          enableSorting: Boolean(column.by),
          sortDescFirst: column.biggestFirst ?? false,
          sortUndefined: 'last',
          sortFn: 'basic',
        }),
      ),
    [columns],
  );
  const data = useMemo(() => rows.map((row) => ({ row })), [rows]);
  const table = useTable({
    features,
    columns: definitions,
    data,
    state: { sorting },
    onSortingChange: setSorting,
    enableSortingRemoval: false,
    getRowId: ({ row }: { row: Row }) => keyOf(row),
  });
  const sorted = sortable ? table.getSortedRowModel().rows.map(({ original }) => original.row) : rows;
  return (
    <>
      {sortable ? <SortChoice columns={columns} sorting={sorting} onSort={setSorting} /> : null}
      <div className="purse-scroll" role="group" aria-label={props.caption} tabIndex={0}>
        <table className="nhsuk-table-responsive purse-table" role="table">
          <caption
            className={props.captionShown ? 'nhsuk-table__caption' : 'nhsuk-u-visually-hidden'}
          >
            {props.caption}
          </caption>
          <thead className="nhsuk-table__head" role="rowgroup">
            <tr role="row">
              {columns.map((column) => (
                <Heading
                  key={column.id}
                  column={column}
                  sorted={table.getColumn(column.id)?.getIsSorted() ?? false}
                  onSort={() => table.getColumn(column.id)?.toggleSorting()}
                />
              ))}
            </tr>
          </thead>
          <tbody className="nhsuk-table__body" role="rowgroup">
            {sorted.map((row) => (
              <Line key={keyOf(row)} row={row} of={props} />
            ))}
            {foot.map((row) => (
              <Line key={keyOf(row)} row={row} of={props} total />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Heading<Row>({
  column,
  sorted,
  onSort,
}: {
  column: Column<Row>;
  sorted: false | 'asc' | 'desc';
  onSort: () => void;
}) {
  const name = classes(column.number && 'purse-number', column.screenOnly && 'purse-screen-only');
  if (!column.by) {
    return (
      <th role="columnheader" scope="col" className={name}>
        {column.heading}
      </th>
    );
  }
  const direction = sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none';
  return (
    <th role="columnheader" scope="col" className={name} aria-sort={direction}>
      <button type="button" className="purse-sort" onClick={onSort}>
        {column.heading}
        <span aria-hidden="true" className="purse-sort-mark">
          {sorted === 'asc' ? '▲' : sorted === 'desc' ? '▼' : '↕'}
        </span>
      </button>
    </th>
  );
}

function Line<Row>({ row, of, total = false }: { row: Row; of: Props<Row>; total?: boolean }) {
  const below = of.below?.(row);
  return (
    <Fragment>
      <tr
        role="row"
        className={classes(
          'nhsuk-table__row',
          total && 'purse-total',
          of.classOf?.(row),
          below && 'purse-opened',
        )}
      >
        {of.columns.map((column, at) => {
          const name = classes(
            column.number && 'purse-number',
            column.screenOnly && 'purse-screen-only',
          );
          return at === 0 ? (
            <th role="rowheader" scope="row" key={column.id} className={name}>
              {column.cell(row)}
            </th>
          ) : (
            <td role="cell" key={column.id} className={name}>
              {column.heading ? (
                <span className="nhsuk-table-responsive__heading" aria-hidden="true">
                  {column.heading}{' '}
                </span>
              ) : null}
              {column.cell(row)}
            </td>
          );
        })}
      </tr>
      {below ? (
        <tr role="row" className="purse-below">
          <td role="cell" colSpan={of.columns.length}>
            {below}
          </td>
        </tr>
      ) : null}
    </Fragment>
  );
}

/** On narrow screens there are no headings to press. */
function SortChoice<Row>({
  columns,
  sorting,
  onSort,
}: {
  columns: Column<Row>[];
  sorting: SortingState;
  onSort: (sorting: SortingState) => void;
}) {
  const id = useId();
  const now = sorting[0];
  return (
    <div className="purse-sort-choice">
      <label className="nhsuk-label" htmlFor={id}>
        Sort by
      </label>
      <select
        className="nhsuk-select"
        id={id}
        value={now ? `${now.id} ${now.desc}` : ''}
        onChange={(event) => {
          const [column, desc] = event.target.value.split(' ');
          onSort([{ id: column!, desc: desc === 'true' }]);
        }}
      >
        {now ? null : <option value="">as listed</option>}
        {columns
          .filter((column) => column.by)
          .flatMap((column) => [
            <option key={`${column.id}+`} value={`${column.id} true`}>
              {column.heading}, {column.number ? 'most first' : 'Z to A'}
            </option>,
            <option key={`${column.id}-`} value={`${column.id} false`}>
              {column.heading}, {column.number ? 'least first' : 'A to Z'}
            </option>,
          ])}
      </select>
    </div>
  );
}

function classes(...names: (string | false | undefined | null | ReactNode)[]): string | undefined {
  const kept = names.filter((name): name is string => typeof name === 'string' && name !== '');
  return kept.length ? kept.join(' ') : undefined;
}
