// What a load changed beside the one before it: records and pounds, by reason.
import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../api/client';
import * as questions from '../api/questions';
import { grouped } from '../figures';
import { Money } from './exact';
import { Downloads } from './page';
import { Asked } from './states';
import { Disclosure } from './working';

export function LoadChanges({ batch }: { batch: number }) {
  return (
    <Disclosure
      label={
        <>
          What changed<span className="nhsuk-u-visually-hidden"> with load {batch}</span>
        </>
      }
    >
      {() => <Changes batch={batch} />}
    </Disclosure>
  );
}

function Changes({ batch }: { batch: number }) {
  const asked = useQuery(questions.loadChanges(batch));
  return (
    <Asked of={asked} what="what changed">
      {(changes) => (
        <>
          <p>{changes.says}</p>
          <ChangeTable changes={changes} />
          <Downloads of={`/api/v1/batches/${batch}/changes`} what="the changes" />
        </>
      )}
    </Asked>
  );
}

export function ChangeTable({ changes }: { changes: Schemas['LoadChanges'] }) {
  const rows = [...changes.reasons, { ...changes.all, reason: 'all', says: 'all' }];
  return (
    <table className="nhsuk-table">
      <caption className="nhsuk-u-visually-hidden">What became of the records</caption>
      <thead>
        <tr>
          <th scope="col">What became of the records</th>
          <th scope="col" className="purse-number">
            Records
          </th>
          <th scope="col" className="purse-number">
            Change
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.reason} className={row.reason === 'all' ? 'purse-total' : undefined}>
            <th scope="row">{row.says}</th>
            <td className="purse-number">{grouped(row.records)}</td>
            <td className="purse-number">
              <Money pence={row.after_pence - row.before_pence} signed />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
