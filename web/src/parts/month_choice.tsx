// Which closed month a page shows. It stands in the address, so that a link means the same to its reader.
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useLocation, useSearch } from 'wouter';
import * as questions from '../api/questions';

/** The value of a name in the address, and how to change it in place. */
export function useAddress(name: string): [string | undefined, (to: string | null) => void] {
  const search = useSearch();
  const [path, go] = useLocation();
  const now = new URLSearchParams(search).get(name) ?? undefined;
  const set = (to: string | null) => {
    const next = new URLSearchParams(window.location.search);
    if (to === null) next.delete(name);
    else next.set(name, to);
    const text = next.toString();
    go(text ? `${path}?${text}` : path, { replace: true });
  };
  return [now, set];
}

const states: Record<string, string> = {
  early: 'early',
  flex: 'provisional (flex)',
  frozen: 'frozen',
  'not loaded': 'incomplete',
};

export function MonthChoice({ month, onChoose }: { month: string; onChoose: (to: string) => void }) {
  const { data } = useQuery(questions.months());
  const id = useId();
  if (!data || data.items.length < 2) return null;
  return (
    <span className="purse-choice">
      <label htmlFor={id}>Year to</label>
      <select
        className="nhsuk-select"
        id={id}
        value={month}
        onChange={(event) => onChoose(event.target.value)}
      >
        {data.items.map((one) => (
          <option key={one.month} value={one.month}>
            {one.in_words}, {states[one.state] ?? one.state}
          </option>
        ))}
      </select>
    </span>
  );
}
