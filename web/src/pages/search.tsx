// Practices by part of a name or code, and the lines of one's own statement.
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from 'wouter';
import * as questions from '../api/questions';
import { plural, yearInAddress } from '../figures';
import { Page, Section } from '../parts/page';
import { Asked } from '../parts/states';
import { useSession } from '../session/session';

const lines: [code: string, label: string, also: string][] = [
  ['pack_1', 'Elective inpatients and day cases', 'planned operation surgery'],
  ['day_case', 'Day cases', ''],
  ['elective', 'Elective inpatients', ''],
  ['pack_2', 'Non-elective inpatients', 'emergency admissions unplanned'],
  ['maternity', 'Maternity', 'births'],
  ['pack_3', 'Outpatients', 'clinic'],
  ['outpatient_first', 'Outpatients: first attendances', 'referrals'],
  ['outpatient_follow_up', 'Outpatients: follow-ups', ''],
  ['outpatient_procedure', 'Outpatients: procedures', ''],
  ['diagnostics', 'Diagnostics', 'tests scans imaging'],
  ['prescribing', 'Prescribing', 'drugs medicines'],
  ['community', 'Community services', 'nursing'],
  ['mental_health', 'Mental health', ''],
  ['ae', 'A&E attendances', 'emergency department accident casualty'],
];

export function linesLike(words: string) {
  const wanted = words.toLowerCase();
  return lines.filter(([, label, also]) => `${label} ${also}`.toLowerCase().includes(wanted));
}

export default function SearchPage() {
  const session = useSession();
  const words = (new URLSearchParams(useSearch()).get('q') ?? '').trim();
  const asked = useQuery({ ...questions.practices(words), enabled: words !== '' });
  const own = session.organisation.kind === 'practice' ? session.organisation.code : null;
  const found = own && words ? linesLike(words) : [];
  const year = session.budget_year ? yearInAddress(session.budget_year) : null;
  return (
    <Page title={words ? `Search: ${words}` : 'Search'}>
      {words === '' ? <p>Type part of a practice&rsquo;s name or code into the field above.</p> : null}
      {found.length ? (
        <Section heading="Lines of your month" id="found-lines">
          <ul className="purse-plain">
            {found.map(([code, label]) => (
              <li key={code}>
                <Link href={`/practices/${own}?why=${code}`}>{label}</Link>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {words ? (
        <Section heading="Practices" id="found-practices">
          <Asked of={asked} what="practices">
            {(practices) =>
              practices!.items.length ? (
                <ul className="purse-plain">
                  {practices!.items.map((practice) => (
                    <li key={practice.code}>
                      <Link href={`/practices/${practice.code}`}>{practice.name}</Link> (
                      {practice.code}
                      {practice.patients === null ? '' : `, ${plural(practice.patients, 'patient')}`})
                      {year ? (
                        <>
                          {' '}
                          <Link href={`/practices/${practice.code}/budgets/${year}`}>
                            budget<span className="nhsuk-u-visually-hidden"> of {practice.name}</span>
                          </Link>
                        </>
                      ) : null}
                    </li>
                  ))}
                </ul>
              ) : (
                <p>No practice that you may see has &ldquo;{words}&rdquo; in its name or code.</p>
              )
            }
          </Asked>
        </Section>
      ) : null}
    </Page>
  );
}
