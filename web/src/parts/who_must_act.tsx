// Who must act on budgets, the commissioner's own part first.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Schemas } from '../api/client';
import * as questions from '../api/questions';
import { plural, yearInAddress } from '../figures';
import { may } from '../session/rights';
import { useSession } from '../session/session';
import { Asked } from './states';
import { DaysLeft } from './turn';

type Standing = Schemas['Standing'];

const shown = 5;

export function WhoMustAct() {
  const session = useSession();
  if (!may(session, 'read_drafts')) return null;
  if (!session.budget_year) {
    return (
      <section className="purse-panel" aria-labelledby="act">
        <h2 className="nhsuk-heading-s" id="act">
          Who must act
        </h2>
        <p>No budgets are being discussed.</p>
      </section>
    );
  }
  return <OfYear year={session.budget_year} side={session.side} />;
}

function OfYear({ year, side }: { year: string; side: Schemas['Side'] }) {
  const asked = useQuery(questions.budgetYear(yearInAddress(year)));
  return (
    <section className="purse-panel" aria-labelledby="act">
      <h2 className="nhsuk-heading-s" id="act">
        Who must act on budgets of {year}
      </h2>
      <Asked of={asked} what="who must act">
        {(budgets) => {
          const waiting = (of: Schemas['Side']) =>
            budgets.practices
              .filter((one) => one.must_act.side === of)
              .sort((a, b) => (a.must_act.days_left ?? 0) - (b.must_act.days_left ?? 0));
          return (
            <>
              <Waiting for_="you" of={waiting(side)} year={year} open />
              {(['commissioner', 'practice', 'arbiter'] as const)
                .filter((other) => other !== side)
                .map((other) => (
                  <Waiting key={other} for_={names[other]} of={waiting(other)} year={year} />
                ))}
            </>
          );
        }}
      </Asked>
    </section>
  );
}

const names = {
  commissioner: 'the commissioner',
  practice: 'practices',
  arbiter: 'the arbiter',
} as const;

function Waiting({
  for_,
  of,
  year,
  open = false,
}: {
  for_: string;
  of: Standing[];
  year: string;
  open?: boolean;
}) {
  if (of.length === 0) return open ? <p>Nothing waits for {for_}.</p> : null;
  const late = of.filter((one) => one.must_act.late).length;
  return (
    <>
      <p>
        <strong>{plural(of.length, 'budget')}</strong>{' '}
        {of.length === 1 ? 'waits' : 'wait'} for {for_}
        {late ? `, ${late} late` : ''}.
      </p>
      {open ? (
        <ul className="purse-plain">
          {of.slice(0, shown).map((one) => (
            <li key={one.practice}>
              <Link href={`/practices/${one.practice}/budgets/${yearInAddress(year)}`}>
                {one.name}
              </Link>
              : {one.must_act.what} (<DaysLeft turn={one.must_act} />)
            </li>
          ))}
          {of.length > shown ? (
            <li>
              <Link href="/budgets">and {of.length - shown} more</Link>
            </li>
          ) : null}
        </ul>
      ) : null}
    </>
  );
}
