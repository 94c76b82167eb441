// Challenges as the program keeps them (docs/challenges.md), for as far as the pages need them: likely
// errors, the mark, the steps by the table, the provider's answers, the figures and the rate of return.
import type { components } from '../src/api/schema.ts';
import { nameOf, statement, today } from './made_up.ts';

type Schemas = components['schemas'];
type Full = Schemas['Challenge'];
type State = Schemas['ChallengeState'];
type StepName = Schemas['ChallengeStepName'];
type Role = Schemas['Role'];

interface Who {
  name: string;
  role: Role;
}

const practices: Role[] = ['practice_gp', 'practice_manager'];
const answerers: Role[] = ['commissioner_finance', 'commissioner_information'];

const table: [State[], StepName, Role[], State][] = [
  [['marked', 'provider_answered'], 'pass', answerers, 'with_provider'],
  [['marked', 'provider_answered'], 'uphold', answerers, 'upheld'],
  [['marked', 'provider_answered'], 'reject', answerers, 'rejected'],
  [['marked', 'with_provider', 'provider_answered'], 'withdraw', practices, 'withdrawn'],
];

const stateWords: Record<State, string> = {
  marked: 'waits for the commissioner',
  with_provider: 'waits for the provider',
  provider_answered: 'provider has answered',
  upheld: 'upheld',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
};
const stepWords: Record<StepName, string> = {
  mark: 'mark it',
  pass: 'pass it to the provider',
  provider_answer: "put the provider's answer on record",
  uphold: 'uphold it',
  reject: 'reject it',
  withdraw: 'withdraw it',
};
const reasonWords: Record<Schemas['ChallengeReason'], string> = {
  not_my_patient: 'not my patient',
  did_not_happen: 'did not happen',
  wrong_hrg: 'wrong HRG',
  duplicate: 'duplicate',
  wrong_date: 'wrong date',
  wrong_price: "not our provider's price",
};
const roleWords: Partial<Record<Role, string>> = {
  practice_gp: 'practice GP',
  practice_manager: 'practice manager',
  commissioner_finance: "commissioner's finance officer",
  commissioner_information: "commissioner's information officer",
};

const turns: Record<State, Schemas['ChallengeTurn']> = {
  marked: { side: 'commissioner', by: '2018-05-03', working_days_left: 10, late: false, says: 'the commissioner: answer it or pass it to the provider, by 3 May 2018 (10 working days left)' },
  with_provider: { side: 'provider', by: '2018-05-11', working_days_left: 15, late: false, says: 'the provider: answer, by 11 May 2018 (15 working days left)' },
  provider_answered: { side: 'commissioner', by: '2018-04-26', working_days_left: 5, late: false, says: 'the commissioner: decide, by 26 April 2018 (5 working days left)' },
  upheld: { side: 'nobody', by: null, working_days_left: null, late: false, says: 'nobody has to act' },
  rejected: { side: 'nobody', by: null, working_days_left: null, late: false, says: 'nobody has to act' },
  withdrawn: { side: 'nobody', by: null, working_days_left: null, late: false, says: 'nobody has to act' },
};

const finding = (
  rule: string,
  title: string,
  says: string,
  reason: Schemas['ChallengeReason'],
  record: string,
  beside: string,
  pence: number,
): Schemas['Finding'] => ({
  key: `${rule} apc RZZ ${record}`,
  rule,
  title,
  says,
  reason,
  reason_in_words: reasonWords[reason],
  data_set: 'apc',
  record_id: record,
  provider: 'RZZ',
  month: '2018-03',
  line: 'non_elective',
  what: 'EB03D',
  began: '2018-03-02',
  ended: '2018-03-09',
  price_pence: pence,
  at_stake_pence: pence,
  beside,
  beside_provider: 'RZZ',
});

const findings = [
  finding('duplicate', 'The same event twice', 'the same patient, provider, days, function and HRG as record A41', 'duplicate', 'A42', 'A41', 222_495),
  finding('after_death', 'After the patient died', 'later than the stay in which the patient died: record A17 of Fictional General Hospital (RZZ)', 'did_not_happen', 'A63', 'A17', 66_780),
];

const coding: Schemas['CodingFinding'] = {
  key: 'coding_shift day_case_as_ordinary RZZ ',
  title: 'A provider codes otherwise than before',
  says: 'Fictional General Hospital (RZZ) codes 100% of elective stays without a night as ordinary admissions since September 2017, 3% before; other providers 3%, 3% before',
  reason: 'wrong_hrg',
  provider: 'RZZ',
  hrg_root: '',
  since: '2017-09',
  at_stake_pence: 4_512_300,
  own_stake_pence: 312_700,
};

export class Challenges {
  private all: Full[] = [];
  private events = 0;
  private dismissed = new Set<string>();

  findings(): Schemas['Findings'] {
    const challenged = new Set(this.all.map((one) => one.record?.record_id));
    const records = findings.filter(
      (one) => !this.dismissed.has(one.key) && !challenged.has(one.record_id),
    );
    return {
      month: '2018-03',
      records,
      coding: [coding],
      at_stake_pence: records.reduce((sum, one) => sum + one.at_stake_pence, 0),
      dismissed: this.dismissed.size,
      challenged: findings.filter((one) => challenged.has(one.record_id)).length,
    };
  }

  dismiss(key: string) {
    this.dismissed.add(key);
  }

  list(practice: string | null, state: string | null): Schemas['Challenges'] {
    const items = this.all
      .filter((one) => !practice || one.practice === practice)
      .filter((one) => !state || (state === 'open' ? one.must_act.side !== 'nobody' : one.state === state))
      .map(({ events: _events, i_may: _may, last_event: _last, ...standing }) => standing);
    return { items };
  }

  find(practice: string, number: number, role: Role): Full | undefined {
    const found = this.all.find((one) => one.number === number && one.practice === practice);
    return found && { ...found, i_may: stepsFor(found.state, role) };
  }

  mark(practice: string, who: Who, given: Schemas['ChallengeMark']): Full | string {
    if (this.all.some((one) => given.record_id && one.record?.record_id === given.record_id && one.state !== 'withdrawn')) {
      return `record '${given.record_id}' is in a challenge already`;
    }
    const known = findings.find((one) => one.record_id === given.record_id);
    const pence = known?.price_pence ?? (given.pounds ? Math.round(Number(given.pounds) * 100) : 123_456);
    const challenge: Full = {
      number: this.all.length + 1,
      practice,
      practice_name: nameOf(practice),
      provider: given.provider ?? 'RZZ',
      provider_name: 'Fictional General Hospital',
      month: '2018-03',
      reason: given.reason,
      reason_in_words: reasonWords[given.reason],
      note: given.note ?? '',
      rule: given.rule ?? '',
      beside: given.beside ?? '',
      state: 'marked',
      state_in_words: stateWords.marked,
      marked_on: today,
      ended_on: null,
      disputed_pence: pence,
      accepted_pence: null,
      credit_pence: 0,
      borne_by: '',
      falls_on: null,
      record: given.record_id
        ? { data_set: given.data_set ?? 'apc', data_set_in_words: 'admitted care', record_id: given.record_id, what: 'EB03D', began: '2018-03-02', ended: '2018-03-09' }
        : null,
      amounts: [{ line: given.line ?? 'non_elective', label: 'Non-elective inpatients', pence }],
      must_act: turns.marked,
      events: [],
      i_may: [],
      last_event: '',
    };
    this.put(challenge, 'mark', who, given.note ?? '', pence);
    this.all.push(challenge);
    return { ...challenge, i_may: stepsFor('marked', who.role) };
  }

  act(challenge: Full, who: Who, step: Schemas['ChallengeStep']): Schemas['ChallengeEvent'] | string {
    const kept = this.all.find((one) => one.number === challenge.number)!;
    const row = table.find(([from, name, roles]) => name === step.step && from.includes(kept.state) && roles.includes(who.role));
    if (!row) return `the challenge stands at '${kept.state_in_words}'`;
    const credit = step.step === 'uphold' ? Math.round(Number(step.pounds ?? kept.disputed_pence / 100) * 100) : 0;
    if (credit > kept.disputed_pence) return 'the credit is more than what is disputed';
    const event = this.put(kept, step.step, who, step.says ?? '', credit);
    this.move(kept, row[3]);
    if (step.step === 'uphold') {
      Object.assign(kept, { credit_pence: credit, borne_by: 'provider', falls_on: '2018-04' });
      Object.assign(event, { borne_by: 'provider', falls_on: '2018-04' });
    }
    return event;
  }

  answers(who: Who, text: string): Schemas['ProviderAnswers'] {
    const answer: Schemas['ProviderAnswers'] = { taken: [], unchanged: 0, refused: [] };
    for (const [at, line] of text.trim().split(/\r?\n/).slice(1).entries()) {
      const [number = '', said = '', pounds = '', words = ''] = line.split(',');
      const found = this.all.find((one) => one.number === Number(number));
      if (found?.state !== 'with_provider') {
        answer.refused.push({ line: at + 2, column: 'challenge', value: number, reason: 'does not wait for the provider', remedy: 'leave the number as it is in the file you were sent' });
        continue;
      }
      const accepted = said === 'accept' ? found.disputed_pence : said === 'part' ? Math.round(Number(pounds) * 100) : 0;
      answer.taken.push(this.put(found, 'provider_answer', who, words || said, accepted));
      found.accepted_pence = accepted;
      this.move(found, 'provider_answered');
    }
    return answer;
  }

  figures(code: string): Schemas['ChallengeFigures'] {
    const shown = statement(code, '2018-03')!.total;
    const disputed = this.all
      .filter((one) => one.practice === code && one.must_act.side !== 'nobody')
      .reduce((sum, one) => sum + one.disputed_pence, 0);
    const to_come = this.all.filter((one) => one.practice === code).reduce((sum, one) => sum - one.credit_pence, 0);
    const row = { code: 'non_elective', label: 'Non-elective inpatients', disputed_month_pence: disputed, disputed_to_date_pence: disputed, corrected_month_pence: 0, corrected_to_date_pence: 0 };
    return {
      code,
      month: '2018-03',
      as_at: today,
      reported_month_pence: shown.month.cost_pence ?? 0,
      reported_to_date_pence: shown.year_to_date.cost_pence ?? 0,
      rows: disputed ? [row] : [],
      total: disputed ? { ...row, code: 'total', label: 'Total' } : null,
      corrections: [],
      to_come_pence: to_come,
    };
  }

  returned(practice: string | null): Schemas['ChallengeReturn'] {
    const all = this.all.filter((one) => !practice || one.practice === practice);
    const row = (code: string, name: string, of: Full[]): Schemas['ReturnRow'] => {
      const count = (...states: State[]) => of.filter((one) => states.includes(one.state)).length;
      const decided = of.filter((one) => one.state === 'upheld' || one.state === 'rejected');
      const decided_pence = decided.reduce((sum, one) => sum + one.disputed_pence, 0);
      const recovered_pence = of.reduce((sum, one) => sum + one.credit_pence, 0);
      const open = of.filter((one) => one.must_act.side !== 'nobody');
      return {
        code, name, marked: of.length, open: open.length, late: 0, upheld: count('upheld'), rejected: count('rejected'), withdrawn: count('withdrawn'),
        disputed_pence: open.reduce((sum, one) => sum + one.disputed_pence, 0), decided_pence, recovered_pence,
        recovered_per_thousand: decided_pence ? Math.round((recovered_pence * 1000) / decided_pence) : null,
        median_days: decided.length ? 0 : null, longest_days: decided.length ? 0 : null,
      };
    };
    const groups = (key: 'practice' | 'provider' | 'reason', name: 'practice_name' | 'provider_name' | 'reason_in_words') =>
      [...new Set(all.map((one) => one[key]))].map((code) => {
        const of = all.filter((one) => one[key] === code);
        return row(code, of[0]![name], of);
      });
    return {
      today,
      practices: groups('practice', 'practice_name'),
      providers: groups('provider', 'provider_name'),
      reasons: groups('reason', 'reason_in_words'),
      total: row('total', 'Total', all),
    };
  }

  file(): string {
    const lines = ['challenge,data_set,record,pounds,reason,answer,accepted_pounds,words'];
    for (const one of this.all.filter(({ state }) => state === 'with_provider')) {
      lines.push(`${one.number},apc,${one.record?.record_id ?? ''},${(one.disputed_pence / 100).toFixed(2)},${one.reason_in_words},,,`);
    }
    return `${lines.join('\r\n')}\r\n`;
  }

  private put(challenge: Full, step: StepName, who: Who, says: string, pence: number): Schemas['ChallengeEvent'] {
    this.events += 1;
    const event: Schemas['ChallengeEvent'] = {
      number: this.events,
      challenge: challenge.number,
      step,
      step_in_words: stepWords[step],
      role: who.role,
      role_in_words: roleWords[who.role] ?? who.role,
      author: who.name,
      at: `${today}T09:00:00Z`,
      says,
      amount_pence: pence,
      borne_by: '',
      falls_on: null,
      hash: `c${this.events}`,
    };
    challenge.events.push(event);
    challenge.last_event = event.hash;
    return event;
  }

  private move(challenge: Full, to: State) {
    challenge.state = to;
    challenge.state_in_words = stateWords[to];
    challenge.must_act = turns[to];
    if (challenge.must_act.side === 'nobody') challenge.ended_on = today;
  }
}

function stepsFor(state: State, role: Role): StepName[] {
  return table.filter(([from, , roles]) => from.includes(state) && roles.includes(role)).map(([, step]) => step);
}
