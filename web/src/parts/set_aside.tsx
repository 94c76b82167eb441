// Records that are not in the figures, and why.
import type { Schemas } from '../api/client';
import { grouped } from '../figures';
import { Disclosure } from './working';

interface Props {
  setAside: Schemas['SetAside'][];
  rejects: { reason: string; records: number }[];
}

const inWords = (reason: string) => reason.replaceAll('_', ' ');

export function SetAside({ setAside, rejects }: Props) {
  const count = [...setAside, ...rejects].reduce((sum, one) => sum + one.records, 0);
  if (count === 0) return <p>Every record of the year to date is in these figures.</p>;
  return (
    <Disclosure label={`Records that are not in these figures: ${grouped(count)}`}>
      {() => (
        <>
          {setAside.length ? (
            <table className="nhsuk-table">
              <caption className="nhsuk-table__caption">Not priced, year to date</caption>
              <thead>
                <tr>
                  <th scope="col">Why</th>
                  <th scope="col">What became of them</th>
                  <th scope="col" className="purse-number">
                    Records
                  </th>
                </tr>
              </thead>
              <tbody>
                {setAside.map((one) => (
                  <tr key={one.outcome + one.reason}>
                    <td>{one.says}</td>
                    <td>{one.outcome}</td>
                    <td className="purse-number">{grouped(one.records)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : null}
          {rejects.length ? (
            <table className="nhsuk-table">
              <caption className="nhsuk-table__caption">
                Sent back to their providers with a reason, year to date
              </caption>
              <thead>
                <tr>
                  <th scope="col">Reason</th>
                  <th scope="col" className="purse-number">
                    Records
                  </th>
                </tr>
              </thead>
              <tbody>
                {rejects.map((one) => (
                  <tr key={one.reason}>
                    <td>{inWords(one.reason)}</td>
                    <td className="purse-number">{grouped(one.records)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : null}
        </>
      )}
    </Disclosure>
  );
}
