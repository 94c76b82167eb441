// How the year's money adds up: what was allocated is what was given out, and it shows.
import type { Schemas } from '../api/client';
import { inPounds } from '../figures';
import { Money } from './exact';

type Draft = Schemas['Draft'];

const parts: [keyof Draft, string][] = [
  ['net_pence', 'practices’ net budgets'],
  ['risk_pool_pence', 'risk pool'],
  ['management_pence', 'management'],
  ['reserve_pence', 'reserves'],
  ['blocked_back_pence', 'blocked back'],
];

/** What is missing from the sum; zero when it adds up. */
export function missingFrom(draft: Draft): number {
  return draft.allocation_pence - parts.reduce((sum, [key]) => sum + (draft[key] as number), 0);
}

export function Allocation({ draft, year }: { draft: Draft | null; year: string }) {
  return (
    <section className="purse-panel" aria-labelledby="allocation">
      <h2 className="nhsuk-heading-s" id="allocation">
        The money of {year}
      </h2>
      {draft ? <Sum draft={draft} /> : <p>No draft of budgets has been made for {year}.</p>}
    </section>
  );
}

export function Sum({ draft }: { draft: Draft }) {
  const missing = missingFrom(draft);
  return (
    <>
      <table className="purse-reasons">
        <caption className="nhsuk-u-visually-hidden">
          How the allocation is given out in the draft {draft.name}
        </caption>
        <tbody>
          {parts.map(([key, says]) => (
            <tr key={key}>
              <td className="purse-number">
                <Money pence={draft[key] as number} />
              </td>
              <th scope="row">{says}</th>
            </tr>
          ))}
          <tr className="purse-total">
            <td className="purse-number">
              <Money pence={draft.allocation_pence} />
            </td>
            <th scope="row">allocated</th>
          </tr>
        </tbody>
      </table>
      <p className="purse-quiet">
        {missing === 0
          ? 'It adds up to the penny.'
          : `It does not add up: ${inPounds(Math.abs(missing))} ${missing > 0 ? 'is not given out' : 'more is given out than allocated'}.`}{' '}
        Draft &ldquo;{draft.name}&rdquo;, scheme {draft.scheme}.
      </p>
    </>
  );
}
