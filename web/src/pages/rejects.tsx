// The rejected records of a load: what a provider is sent, each with its line, reason and remedy.
import { useQuery } from '@tanstack/react-query';
import * as questions from '../api/questions';
import { grouped, plural } from '../figures';
import { rowsOf } from '../parts/comma_separated';
import { FigureTable, type Column } from '../parts/figure_table';
import { Page } from '../parts/page';
import { Asked } from '../parts/states';

const shown = 200;

const sentence = (name: string) => {
  const words = name.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export default function RejectsPage({ batch }: { batch: number }) {
  const asked = useQuery(questions.rejects(batch));
  return (
    <Page
      title={`Rejected records of load ${batch}`}
      crumbs={[{ href: '/data', text: 'Data' }]}
      tools={
        <a className="purse-tool" href={`/api/v1/batches/${batch}/rejects`} download>
          <span className="nhsuk-u-visually-hidden">Download the rejected records as </span>CSV
        </a>
      }
    >
      <Asked of={asked} what="the rejected records">
        {(text) => {
          const [heading = [], ...rows] = rowsOf(text as string);
          if (!rows.length) return <p>No record of this load was rejected.</p>;
          const columns: Column<string[]>[] = heading.map((name, at) => ({
            id: `c${at}`,
            heading: sentence(name),
            cell: (row) => row[at] ?? '',
          }));
          return (
            <>
              <p>
                {plural(rows.length, 'finding')}. Send the list to the provider: each says what is
                wrong and how to mend it.
                {rows.length > shown
                  ? ` The first ${grouped(shown)} are below; the file has them all.`
                  : ''}
              </p>
              <FigureTable
                caption={`Rejected records of load ${batch}`}
                columns={columns}
                rows={rows.slice(0, shown)}
                keyOf={(row) => row.join('|')}
              />
            </>
          );
        }}
      </Asked>
    </Page>
  );
}
