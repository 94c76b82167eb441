// Which provider's data of one month are there, and how final they are.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Schemas } from '../api/client';
import * as questions from '../api/questions';
import { monthInWords, yearInAddress } from '../figures';
import { may } from '../session/rights';
import { useSession } from '../session/session';
import { dataSets, StateCell } from './data_state';
import { Asked } from './states';

type Item = Schemas['DataStatusTable']['items'][number];

export function financialYearOf(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const first = number >= 4 ? year : year - 1;
  return `${first}/${String((first + 1) % 100).padStart(2, '0')}`;
}

export function ProviderMonth({ month }: { month: string }) {
  const session = useSession();
  if (!may(session, 'read_loads')) return null;
  return <Shown month={month} />;
}

function Shown({ month }: { month: string }) {
  const asked = useQuery(questions.dataStatus(yearInAddress(financialYearOf(month))));
  return (
    <section className="purse-panel purse-whole" aria-labelledby="providers">
      <h2 className="nhsuk-heading-s" id="providers">
        Data of {monthInWords(month)}
      </h2>
      <Asked of={asked} what="the state of the data">
        {(data) => {
          const items = data.items.filter((item) => item.month === month);
          return items.length ? (
            <ProviderTable items={items} caption={`Data of ${monthInWords(month)} by provider`} />
          ) : (
            <p>Nothing is loaded for {monthInWords(month)}.</p>
          );
        }}
      </Asked>
      <p>
        <Link href="/data">Load data, or close a month</Link>
      </p>
    </section>
  );
}

export function ProviderTable({ items, caption }: { items: Item[]; caption: string }) {
  const sets = (Object.keys(dataSets) as Schemas['DataSet'][]).filter(
    (set) => set !== 'prescribing' && items.some((item) => item.data_set === set),
  );
  const providers = [...new Map(items.map((item) => [item.provider, item.provider_name]))]
    .filter(([code]) => code)
    .sort(([, a], [, b]) => a.localeCompare(b));
  const prescribing = items.find((item) => item.data_set === 'prescribing');
  return (
    <>
      <div className="purse-scroll" tabIndex={0} role="group" aria-label={caption}>
        <table className="nhsuk-table purse-grid">
          <caption className="nhsuk-u-visually-hidden">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">Provider</th>
              {sets.map((set) => (
                <th scope="col" key={set}>
                  {dataSets[set]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {providers.map(([code, name]) => (
              <tr key={code}>
                <th scope="row">{name || code}</th>
                {sets.map((set) => {
                  const found = items.find(
                    (item) => item.provider === code && item.data_set === set,
                  );
                  return <StateCell key={set} state={found?.state ?? 'not loaded'} />;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>Prescribing: {prescribing?.state ?? 'not loaded'}.</p>
    </>
  );
}
