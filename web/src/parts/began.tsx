// What began in a month that chance seldom gives: few, neutral, each with the way to its chart.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Schemas } from '../api/client';
import * as questions from '../api/questions';
import { may } from '../session/rights';
import { useSession } from '../session/session';
import { Asked } from './states';

type Alert = Schemas['Alert'];

const chartOf = (alert: Alert, month: string) =>
  `/practices/${alert.practice}/measures/${alert.measure}?month=${month}`;

/** Of one practice, among what waits for its people: nothing where nothing began. */
export function BeganHere({ practice, month }: { practice: string; month: string }) {
  const asked = useQuery(questions.practiceAlerts(practice, month));
  if (asked.data?.alerts.length === 0) return null;
  return (
    <Asked of={asked} what="what began">
      {({ alerts, month_in_words }) => (
        <>
          <p>Began in {month_in_words}, and worth a look:</p>
          <ul className="purse-plain">
            {alerts.map((alert) => (
              <li key={alert.number}>
                <Link href={chartOf(alert, month)}>{alert.measure_name}</Link>: {alert.side} than chance
                gives{alert.seen_by === 'chart' ? `, since ${alert.since_in_words}` : ''}
              </li>
            ))}
          </ul>
        </>
      )}
    </Asked>
  );
}

/** Of all practices, for the commissioner. */
export function BeganAnywhere({ month }: { month: string }) {
  const session = useSession();
  const allowed = may(session, 'compare_practices');
  const asked = useQuery({ ...questions.alerts(month), enabled: allowed });
  if (!allowed) return null;
  return (
    <section className="purse-panel" aria-labelledby="began">
      <h2 className="nhsuk-heading-s" id="began">
        What began
      </h2>
      <Asked of={asked} what="what began">
        {({ alerts, month_in_words }) =>
          alerts.length === 0 ? (
            <p>Nothing began in {month_in_words} that chance seldom gives.</p>
          ) : (
            <ul className="purse-plain">
              {alerts.map((alert) => (
                <li key={alert.number}>
                  <Link href={chartOf(alert, month)}>{alert.name}</Link>: {alert.says}
                </li>
              ))}
            </ul>
          )
        }
      </Asked>
    </section>
  );
}
