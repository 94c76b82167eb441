// How far the data of the year have come: a sentence, and on demand a row a kind of record.
import type { Schemas } from '../api/client';
import { shortMonth } from '../figures';
import { Disclosure } from './working';

type MonthOfData = Schemas['MonthOfData'];

export const dataSets: Record<Schemas['DataSet'], string> = {
  apc: 'Admitted care',
  op: 'Outpatients',
  ae: 'A&E',
  prescribing: 'Prescribing',
};

const words: Record<Schemas['DataState'], string> = {
  'not loaded': 'not loaded',
  early: 'early',
  flex: 'flex',
  frozen: 'frozen',
};

export function DataState({ says, data }: { says: string; data: MonthOfData[] }) {
  return (
    <div className="purse-data-state">
      <p>{says}</p>
      {data.length ? (
        <Disclosure label="What has arrived, month by month">
          {() => <DataGrid data={data} />}
        </Disclosure>
      ) : null}
    </div>
  );
}

export function DataGrid({ data }: { data: MonthOfData[] }) {
  const months = [...new Set(data.map((one) => one.month))].sort();
  const sets = (Object.keys(dataSets) as Schemas['DataSet'][]).filter((set) =>
    data.some((one) => one.data_set === set),
  );
  return (
    <>
      <p className="purse-quiet">
        Frozen figures no longer change. Flex (provisional) and early figures will still be corrected
        by the providers.
      </p>
      <div className="purse-scroll" tabIndex={0} role="group" aria-label="What has arrived">
        <table className="nhsuk-table purse-grid">
          <caption className="nhsuk-u-visually-hidden">
            State of the data by month and kind of record
          </caption>
          <thead>
            <tr>
              <th scope="col">Month</th>
              {sets.map((set) => (
                <th scope="col" key={set}>
                  {dataSets[set]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {months.map((month) => (
              <tr key={month}>
                <th scope="row">{shortMonth(month)}</th>
                {sets.map((set) => {
                  const found = data.find((one) => one.month === month && one.data_set === set);
                  return <StateCell key={set} state={found?.state ?? 'not loaded'} />;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

export function StateCell({ state }: { state: Schemas['DataState'] }) {
  return (
    <td className={`purse-state-${state.replace(' ', '-')}`}>{words[state]}</td>
  );
}
