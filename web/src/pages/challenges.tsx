// A practice's challenges: what the rules found, what it challenged, what that makes of the figures,
// and what came of it.
import { useQuery } from '@tanstack/react-query';
import * as questions from '../api/questions';
import { ChallengeLine } from '../parts/challenge_form';
import { ChallengeList } from '../parts/challenge_list';
import { ChallengedFigures } from '../parts/challenged_figures';
import { ExactSwitch } from '../parts/exact';
import { LikelyErrors } from '../parts/likely_errors';
import { useAddress } from '../parts/month_choice';
import { Downloads, Page, Section } from '../parts/page';
import { RateOfReturn } from '../parts/rate_of_return';
import { Asked } from '../parts/states';
import { Disclosure } from '../parts/working';
import { may } from '../session/rights';
import { useSession } from '../session/session';

export default function ChallengesPage({ practice }: { practice: string }) {
  const session = useSession();
  const [month] = useAddress('month');
  const own = session.organisation.code === practice;
  const asked = useQuery(questions.practiceChallenges(practice));
  const crumbs = own
    ? [{ href: `/practices/${practice}`, text: 'Your month' }]
    : [{ href: '/challenges', text: 'Challenges' }];
  return (
    <Page
      title="Challenges"
      lede={own ? session.organisation.name : practice}
      crumbs={crumbs}
      tools={<ExactSwitch />}
    >
      <p>
        To challenge a record, open the working of a line on your month and choose it there, or
        begin with what the rules found.
      </p>
      {own && may(session, 'read_patient_rows') ? (
        <Section heading="Likely errors" id="likely">
          <LikelyErrors practice={practice} month={month} />
        </Section>
      ) : null}
      <Section
        heading="Challenged"
        id="challenged"
        tools={<Downloads of={`/api/v1/practices/${practice}/challenges`} what="the challenges" />}
      >
        {own && may(session, 'query_record') ? (
          <Disclosure label="Challenge a line of the month">
            {() => <OfLine practice={practice} month={month} />}
          </Disclosure>
        ) : null}
        <Asked of={asked} what="the challenges">
          {(found) => <ChallengeList items={[...found.items].reverse()} named={false} />}
        </Asked>
      </Section>
      <Section heading="In the figures" id="in-figures">
        <ChallengedFigures practice={practice} month={month} />
      </Section>
      <RateOfReturn practice={practice} />
    </Page>
  );
}

function OfLine({ practice, month }: { practice: string; month?: string }) {
  const asked = useQuery(questions.statement(practice, month));
  return (
    <Asked of={asked} what="the lines">
      {(statement) => (
        <ChallengeLine
          practice={practice}
          month={statement.month}
          lines={statement.rows.filter(
            (row) => row.loaded && row.month.cost_pence && !row.code.startsWith('pack_'),
          )}
        />
      )}
    </Asked>
  );
}
