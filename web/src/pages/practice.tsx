// A practice's month on one page: a sentence, the state of the data, the reasons, what waits, and the
// nine lines.
import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../api/client';
import * as questions from '../api/questions';
import { grouped, plural } from '../figures';
import { BudgetChanges } from '../parts/budget_changes';
import { Contracts } from '../parts/contracts';
import { DataState } from '../parts/data_state';
import { ExactSwitch } from '../parts/exact';
import { MonthChoice, useAddress } from '../parts/month_choice';
import { NineLines } from '../parts/nine_lines';
import { OutOfBudget } from '../parts/out_of_budget';
import { PeersPanel } from '../parts/peers_panel';
import { Downloads, Page, PrintButton, Section } from '../parts/page';
import { Asked } from '../parts/states';
import { SetAside } from '../parts/set_aside';
import { Tasks } from '../parts/tasks';
import { Disclosure, LineWorking } from '../parts/working';
import { RatesAndWaiting } from '../parts/rates';
import { Reasons } from '../parts/reasons';
import { YearEndPanel } from '../parts/year_end';
import { useSession } from '../session/session';

type Statement = Schemas['Statement'];

export default function PracticePage({ practice }: { practice: string }) {
  const session = useSession();
  const [month, setMonth] = useAddress('month');
  const asked = useQuery(questions.statement(practice, month));
  const own = session.organisation.code === practice;
  const crumbs = own ? [] : [{ href: '/commissioner', text: 'All practices' }];
  const statement = asked.data;
  const file = (report: string) =>
    `/api/v1/practices/${practice}/${report}?month=${statement?.month ?? ''}`;
  return (
    <Page
      title={statement?.name ?? (own ? session.organisation.name : practice)}
      lede={statement ? `${statement.financial_year}, year to ${statement.month_in_words}` : null}
      crumbs={crumbs}
      tools={
        statement ? (
          <>
            <MonthChoice month={statement.month} onChoose={setMonth} />
            <ExactSwitch />
            <PrintButton />
            <Downloads of={file('statement')} what="the statement" />
            {statement.is_practice && !statement.gate_says ? (
              <Downloads
                of={file('pack')}
                what="the monthly pack"
                name="Pack"
                formats={['pdf', 'xlsx']}
              />
            ) : null}
          </>
        ) : null
      }
      indicative
    >
      <Asked of={asked} what="the statement">
        {(shown) => <Month statement={shown} own={own} />}
      </Asked>
    </Page>
  );
}

function Month({ statement, own }: { statement: Statement; own: boolean }) {
  const session = useSession();
  const says = own
    ? statement.says
    : statement.says.replace(' you have used ', ' this practice has used ');
  return (
    <>
      <div className="purse-answer">
        <p className="purse-answer-says">
          {says || 'What was used to date is too small a number to show to your role.'}
        </p>
        {statement.total.loaded ? (
          <Disclosure label="How was this worked out?">
            {() => (
              <LineWorking practice={statement.code} line="total" month={statement.month} />
            )}
          </Disclosure>
        ) : null}
        <DataState says={statement.data_says} data={statement.data} />
        {statement.completion_says ? <p>{statement.completion_says}</p> : null}
      </div>
      {statement.is_practice ? (
        <div className="purse-panels">
          <Reasons statement={statement} own={own} />
          {own && session.budget_year ? (
            <Tasks
              practice={statement.code}
              year={session.budget_year}
              month={statement.month}
            />
          ) : null}
        </div>
      ) : null}
      {statement.is_practice ? (
        <div className="purse-panels">
          <YearEndPanel practice={statement.code} month={statement.month} />
          <PeersPanel practice={statement.code} month={statement.month} />
        </div>
      ) : null}
      <NineLines statement={statement} />
      {statement.is_practice && !statement.gate_says ? (
        <RatesAndWaiting practice={statement.code} month={statement.month} />
      ) : null}
      <Contracts says={statement.contracts_say ?? []} />
      <OutOfBudget rows={statement.not_in_budget ?? []} whose={own ? 'you' : 'this practice'} />
      <BudgetChanges changes={statement.budget_changes ?? []} />
      <About statement={statement} />
    </>
  );
}

function About({ statement }: { statement: Statement }) {
  return (
    <Section heading="About these figures" id="about">
      {statement.list_size === null ? null : (
        <p>Registered list: {plural(statement.list_size, 'patient')}.</p>
      )}
      {statement.merged.length ? (
        <p>
          This practice took over{' '}
          {statement.merged
            .map((part) => `${part.name} (${part.code})`)
            .join(', ')}
          : the figures are of all together.
        </p>
      ) : null}
      {statement.gate_says ? null : (
        <SetAside setAside={statement.set_aside} rejects={statement.rejects} />
      )}
      <p className="purse-quiet">
        Closing {grouped(statement.closing)} of the month.
        {statement.tariffs.map(
          (tariff) =>
            ` Priced by the tariff of ${tariff.year} (version ${tariff.version.slice(0, 8)}; ${tariff.label}).`,
        )}
      </p>
    </Section>
  );
}
