// Amounts are rounded for reading; one switch a page shows every one of them to the penny.
import { createContext, use, useMemo, useState, type ReactNode } from 'react';
import { inPounds, roughly, signedPounds, signedRoughly } from '../figures';

interface Exactness {
  exact: boolean;
  setExact: (exact: boolean) => void;
}

const Context = createContext<Exactness>({ exact: false, setExact: () => {} });
const kept = 'purse.exact';

export function ExactFigures({ children }: { children: ReactNode }) {
  const [exact, set] = useState(() => sessionStorage.getItem(kept) === 'yes');
  const value = useMemo(
    () => ({
      exact,
      setExact: (to: boolean) => {
        sessionStorage.setItem(kept, to ? 'yes' : 'no');
        set(to);
      },
    }),
    [exact],
  );
  return <Context value={value}>{children}</Context>;
}

export const useExact = () => use(Context);

export function ExactSwitch() {
  const { exact, setExact } = useExact();
  return (
    <button
      type="button"
      className="purse-tool"
      aria-pressed={exact}
      onClick={() => setExact(!exact)}
    >
      Figures to the penny
    </button>
  );
}

/** An amount in whole pence, or a dash where there is none. */
export function Money({ pence, signed = false }: { pence: number | null; signed?: boolean }) {
  const { exact } = useExact();
  if (pence === null) return <None />;
  const write = exact
    ? signed
      ? signedPounds
      : inPounds
    : signed
      ? signedRoughly
      : roughly;
  return <span className="purse-figure">{write(pence)}</span>;
}

/** "£48,000 over" */
export function Variance({ pence }: { pence: number | null }) {
  const { exact } = useExact();
  if (pence === null) return <None />;
  if (pence === 0) return <span className="purse-figure">as budgeted</span>;
  const size = exact ? inPounds(Math.abs(pence)) : roughly(Math.abs(pence));
  return (
    <span className="purse-figure">
      {size} {pence > 0 ? 'over' : 'under'}
    </span>
  );
}

export function None({ says = 'none' }: { says?: string }) {
  return (
    <span className="purse-none">
      <span aria-hidden="true">–</span>
      <span className="nhsuk-u-visually-hidden">{says}</span>
    </span>
  );
}
