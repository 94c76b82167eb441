// Why: the three largest reasons, signed, and everything else, so that four numbers add up to the
// difference. Where the variance cannot be explained in parts (no plan to measure from, small numbers
// that are not for this reader) they are the three lines that differ most from their budgets. Which of
// the two is known only when the variance has answered: until then neither is shown.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Schemas } from '../api/client';
import * as questions from '../api/questions';
import { grouped, roughly, signedRoughly } from '../figures';
import { Money, useExact } from './exact';
import { leavesOf } from './nine_lines';
import { Loading } from './states';

type Row = Schemas['Row'];
type Statement = Schemas['Statement'];

export interface Reason {
  code: string | null;
  href?: string;
  label: string;
  pence: number;
  says: string | null;
}

/** Three reasons and the rest; they add up to the total's variance. */
export function reasonsOf(statement: Statement): Reason[] {
  const variance = statement.total.variance_pence;
  if (variance === null) return [];
  const most = leavesOf(statement.rows)
    .filter((row) => row.loaded && row.variance_pence)
    .sort((a, b) => Math.abs(b.variance_pence!) - Math.abs(a.variance_pence!))
    .slice(0, 3)
    .sort((a, b) => b.variance_pence! - a.variance_pence!);
  const rest = variance - most.reduce((sum, row) => sum + row.variance_pence!, 0);
  return [
    ...most.map((row) => ({
      code: row.code,
      label: row.label,
      pence: row.variance_pence!,
      says: activityInWords(row),
    })),
    { code: null, label: 'everything else', pence: rest, says: null },
  ];
}

/** The same of a variance in parts: what went with it, and where to look closer. */
export function explainedReasonsOf(explained: Schemas['PracticeVariance']): Reason[] {
  const at = `/practices/${explained.code}/variance?month=${explained.month}`;
  return [
    ...[...explained.reasons]
      .sort((a, b) => b.pence - a.pence)
      .map((reason) => ({
        code: `${reason.line}-${reason.part}`,
        href: `${at}&line=${reason.line}&part=${reason.part}`,
        label: reason.says,
        pence: reason.pence,
        says: null,
      })),
    { code: null, label: 'everything else', pence: explained.everything_else_pence, says: null },
  ];
}

/** Activity beside last year's same months. Costs are not compared: their prices differ. */
function activityInWords(row: Row): string | null {
  const now = row.year_to_date.activity;
  const then = row.last_year_to_date?.activity ?? null;
  if (now === null || then === null) return null;
  if (now === then) return `as many ${unitOf(row.code)} as in the same months last year`;
  const what = unitOf(row.code);
  return `${grouped(Math.abs(now - then))} ${now > then ? 'more' : 'fewer'} ${what} than in the same months last year`;
}

function unitOf(code: string): string {
  if (code === 'prescribing') return 'items';
  if (code === 'diagnostics') return 'tests';
  return code === 'ae' || code.startsWith('outpatient') ? 'attendances' : 'admissions';
}

export function Reasons({ statement, own }: { statement: Statement; own: boolean }) {
  const hasVariance = statement.total.variance_pence !== null && !statement.gate_says;
  const { data: explained, isLoading } = useQuery({
    ...questions.variance(statement.code, statement.month),
    enabled: hasVariance,
    retry: false,
  });
  const variance = explained ? explained.total.variance_pence : statement.total.variance_pence;
  const { exact } = useExact();
  // Rounded sums do not add up to a rounded difference: no reasons are better than wrong ones.
  if (statement.gate_says) return null;
  if (variance === null) {
    return (
      <section className="purse-panel purse-wide" aria-labelledby="reasons">
        <h2 className="nhsuk-heading-s" id="reasons">
          Why
        </h2>
        <p>
          {statement.total.annual_budget_pence === null
            ? `${own ? 'You have' : 'This practice has'} no budget for ${statement.financial_year} yet, so nothing is over or under.`
            : 'Nothing is loaded yet to set against the budget.'}
        </p>
      </section>
    );
  }
  return (
    <section className="purse-panel purse-wide" aria-labelledby="reasons">
      <h2 className="nhsuk-heading-s" id="reasons">
        Why {exact ? <Money pence={Math.abs(variance)} /> : roughly(Math.abs(variance))}{' '}
        {variance > 0 ? 'more' : 'less'} than budgeted
      </h2>
      {isLoading ? (
        <Loading what="the reasons" />
      ) : (
        <Found statement={statement} explained={explained} variance={variance} />
      )}
    </section>
  );
}

interface FoundReasons {
  statement: Statement;
  explained: Schemas['PracticeVariance'] | undefined;
  variance: number;
}

function Found({ statement, explained, variance }: FoundReasons) {
  const reasons = explained ? explainedReasonsOf(explained) : reasonsOf(statement);
  return (
    <>
      <table className="purse-reasons">
        <caption className="nhsuk-u-visually-hidden">
          {explained ? 'The largest reasons' : 'The lines that differ most from their budgets'};
          together with everything else they are{' '}
          {signedRoughly(variance)}
        </caption>
        <thead className="nhsuk-u-visually-hidden">
          <tr>
            <th scope="col">More or less than budgeted</th>
            <th scope="col">Where</th>
          </tr>
        </thead>
        <tbody>
          {reasons.map((reason) => (
            <tr key={reason.code ?? reason.label}>
              <td className="purse-number">
                <Money pence={reason.pence} signed />
              </td>
              <th scope="row">
                {reason.code === null ? (
                  reason.label
                ) : (
                  <Link
                    href={
                      reason.href ??
                      `/practices/${statement.code}?month=${statement.month}&why=${reason.code}#lines`
                    }
                  >
                    {reason.label}
                  </Link>
                )}
                {reason.says ? <span className="purse-quiet"> {reason.says}</span> : null}
              </th>
            </tr>
          ))}
          <tr className="purse-total">
            <td className="purse-number">
              <Money pence={variance} signed />
            </td>
            <th scope="row">together</th>
          </tr>
        </tbody>
      </table>
      {explained?.beyond_statement ? (
        <p className="purse-quiet">In none of them: {explained.beyond_statement}</p>
      ) : null}
      {explained ? (
        <p>
          <Link href={`/practices/${statement.code}/variance?month=${statement.month}`}>
            All the parts, line by line
          </Link>
        </p>
      ) : null}
    </>
  );
}
