// What waits for the person who reads: the one thing to do next, first.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import * as questions from '../api/questions';
import { yearInAddress } from '../figures';
import { useSession } from '../session/session';
import { BeganHere } from './began';
import { Asked } from './states';
import { DaysLeft, StateTag } from './turn';

export function Tasks({
  practice,
  year,
  month,
}: {
  practice: string;
  year: string;
  month: string;
}) {
  const session = useSession();
  const asked = useQuery(questions.dialogue(practice, yearInAddress(year)));
  const budget = `/practices/${practice}/budgets/${yearInAddress(year)}`;
  return (
    <section className="purse-panel" aria-labelledby="tasks">
      <h2 className="nhsuk-heading-s" id="tasks">
        For you to do
      </h2>
      <Asked of={asked} what="what waits for you">
        {({ must_act, state, state_in_words }) =>
          must_act.side === session.side ? (
            <>
              <p>
                Your budget for {year}: {must_act.what} (<DaysLeft turn={must_act} />)
              </p>
              <p>
                <Link className="purse-action" href={budget}>
                  {state === 'offered' ? 'Review the offer' : 'Open your budget'}
                </Link>
              </p>
            </>
          ) : (
            <>
              <p>Nothing waits for you.</p>
              <p>
                <Link href={budget}>Your budget for {year}</Link>{' '}
                <StateTag state={state} says={state_in_words} />
              </p>
            </>
          )
        }
      </Asked>
      <BeganHere practice={practice} month={month} />
    </section>
  );
}
