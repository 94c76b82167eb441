// The dialogue about a budget as the program keeps it (docs/dialogue.md), for as far as the pages
// need it: who may do what at which state, and events that name the one before.
import type { components } from '../src/api/schema.ts';
import { budgetYear, chance, indicative, known, labels, nameOf, practices, statement, today } from './made_up.ts';

type Schemas = components['schemas'];
type State = Schemas['DialogueState'];
type StepName = Schemas['DialogueStepName'];
type Role = Schemas['Role'];
type Event = Schemas['DialogueEvent'];

const practice: Role[] = ['practice_gp', 'practice_manager'];
const finance: Role[] = ['commissioner_finance', 'commissioner_pbc_lead'];
const staff: Role[] = [...finance, 'commissioner_information'];

const table: [State[], StepName, Role[], State][] = [
  [['nothing_shown', 'data_shown', 'answered'], 'show_data', staff, 'data_shown'],
  [['data_shown', 'commented', 'answered'], 'comment', practice, 'commented'],
  [['commented'], 'answer', staff, 'answered'],
  [['data_shown', 'answered', 'offered', 'disagreed'], 'offer', finance, 'offered'],
  [['offered', 'queried'], 'comment', practice, 'queried'],
  [['queried'], 'answer', staff, 'offered'],
  [['offered', 'queried', 'disagreed'], 'agree', ['practice_gp'], 'agreed'],
  [['offered', 'queried'], 'disagree', practice, 'disagreed'],
  [['disagreed'], 'refer', [...practice, 'commissioner_pbc_lead'], 'referred'],
  [['referred'], 'rule', ['arbiter'], 'ruled'],
  [['agreed'], 'reopen', ['practice_gp', 'commissioner_pbc_lead'], 'nothing_shown'],
  [['ruled'], 'reopen', ['arbiter'], 'nothing_shown'],
];

export const roleWords: Record<Role, string> = {
  practice_gp: 'practice GP',
  practice_manager: 'practice manager',
  commissioner_finance: "commissioner's finance officer",
  commissioner_information: "commissioner's information officer",
  commissioner_pbc_lead: "commissioner's PbC lead",
  panel_member: 'panel member',
  arbiter: 'arbiter',
  auditor: 'auditor',
  analyst: 'analyst',
  administrator: 'administrator',
};

export function sideOf(role: Role): Schemas['Side'] {
  if (practice.includes(role)) return 'practice';
  if (staff.includes(role)) return 'commissioner';
  return role === 'arbiter' ? 'arbiter' : 'reader';
}

const stateWords: Record<State, string> = {
  nothing_shown: 'nothing shown yet',
  data_shown: 'data shown',
  commented: 'comment waits for its answer',
  answered: 'comment answered',
  offered: 'offered',
  queried: 'question on the offer waits for its answer',
  disagreed: 'disagreed',
  referred: 'referred',
  agreed: 'agreed',
  ruled: 'ruled',
};

export const dates: Schemas['Dates'] = {
  data_by: '2018-02-01',
  offer_by: '2018-04-01',
  agreed_by: '2018-05-01',
  ruled_by: '2018-07-31',
};

const turns: Record<State, [Schemas['Side'], string, keyof Schemas['Dates']] | null> = {
  nothing_shown: ['commissioner', 'show the data', 'data_by'],
  data_shown: ['commissioner', 'make an offer', 'offer_by'],
  commented: ['commissioner', 'answer the comment', 'offer_by'],
  answered: ['commissioner', 'make an offer', 'offer_by'],
  offered: ['practice', 'agree or disagree', 'agreed_by'],
  queried: ['commissioner', 'answer the question', 'agreed_by'],
  disagreed: ['commissioner', 'revise the offer, or refer it', 'agreed_by'],
  referred: ['arbiter', 'rule', 'ruled_by'],
  agreed: null,
  ruled: null,
};

export const drafts: Schemas['Draft'][] = [
  ['first offer', 1],
  ['revised offer', 2],
].map(([name, number]) => {
  const net = practices.reduce((sum, one) => sum + netOf(one.code, name as string), 0);
  const gross = Math.round(net / 0.97);
  const pool = Math.round(gross * 0.02);
  return {
    number: number as number,
    name: name as string,
    scheme: 'pbc-2009',
    made_at: '2018-03-20T09:00:00Z',
    made_by: 'f.moss',
    note: '',
    digest: `41f0${number}`,
    net_pence: net,
    risk_pool_pence: pool,
    management_pence: gross - net - pool,
    reserve_pence: 9_000_000,
    blocked_back_pence: 0,
    allocation_pence: gross + 9_000_000,
  };
});

function grossOf(code: string, draft: string): number {
  const base = known(statement(code, '2018-03')!.total.year_to_date.cost_pence);
  return Math.round(base * (draft === 'revised offer' ? 1.031 : 1.018));
}

function netOf(code: string, draft: string): number {
  const gross = grossOf(code, draft);
  return gross - Math.round(gross * 0.02) - Math.round(gross * 0.01);
}

export function waterfall(
  code: string,
  draft: string,
  line?: Schemas['BudgetLine'],
): Schemas['Waterfall'] {
  const part = line
    ? (statement(code, '2018-03')!.rows.find((row) => row.code === line)?.year_to_date.cost_pence ?? 0) /
      known(statement(code, '2018-03')!.total.year_to_date.cost_pence)
    : 1;
  const base = Math.round(known(statement(code, '2018-03')!.total.year_to_date.cost_pence) * part);
  const gross = Math.round(grossOf(code, draft) * part);
  const list = Math.round(base * 0.012);
  const price = Math.round(base * 0.004);
  const growth = Math.round(base * 0.009);
  const fitted = -Math.round(base * 0.011);
  const opening = base + price + list + growth;
  const pace = gross - opening - fitted;
  const pool = Math.round(gross * 0.02);
  const management = Math.round(gross * 0.01);
  const pounds = (pence: number) => `£${(pence / 100).toLocaleString('en-GB', { minimumFractionDigits: 2 })}`;
  const steps: [string, string, string, number, string, boolean][] = [
    ['Care of the baseline year', `From April 2017 to March 2018 your patients' care cost ${pounds(base)}.`, '', base, 'records at freeze, closing 2 of 2018-03', true],
    ['Prices', `The same care at the prices of ${budgetYear} costs 0.4% more, which added ${pounds(price)}.`, `${pounds(base + price)} − ${pounds(base)}`, price, '2018/19 tariff', false],
    ['Your list', `Your list went from 6,551 to 6,630 (1.2%), which added ${pounds(list)}.`, `${pounds(base)} × 6,630 ÷ 6,551, line by line`, list, 'lists of 2018-01-01', false],
    ['Growth that was granted', `The commissioner granted growth, which added ${pounds(growth)}.`, 'Non-elective inpatients +1.5%', growth, 'scheme pbc-2009, uplifts', false],
    ['Opening budget', 'What your own history comes to before it is fitted to the money.', '', opening, '', true],
    ['Fitting to the money', `Everybody's share is fitted to the money, which took away ${pounds(-fitted)}.`, '', fitted, 'allocation of the draft', false],
    ['Towards your fair share', `The move of the year towards your fair share, which ${pace < 0 ? 'took away' : 'added'} ${pounds(Math.abs(pace))}.`, 'the pace of change, block by block: see the notes', pace, 'scheme pbc-2009, pace.rate', false],
    ['Gross budget', '100% of the money is given out; then you hand back what was agreed.', '', gross, '', true],
    ['To the risk pool', 'You hand back 2.0% of the gross budget to the risk pool.', `${pounds(gross)} × 0.02, line by line`, -pool, 'scheme pbc-2009, shares.risk_pool', false],
    ['To management', "You hand back 1.0% of the gross budget for the commissioner's management.", `${pounds(gross)} × 0.01, line by line`, -management, 'scheme pbc-2009, shares.management', false],
    ['Net budget', `Your budget for ${budgetYear}.`, '', gross - pool - management, '', true],
  ];
  return {
    practice: code,
    name: nameOf(code),
    year: budgetYear,
    draft,
    lines: line ? labels[line] : 'All lines',
    net_pence: gross - pool - management,
    steps: steps.map(([title, says, arithmetic, pence, source, is_level]) => ({
      title,
      says,
      arithmetic,
      pence,
      all_practices_pence: pence * 11,
      source,
      is_level,
    })),
    notes: [
      `acute: your share of last year's money is ${pounds(base)} in this year's; your fair share by need is ${pounds(Math.round(base * 1.04))}. You are 3.8% below it; after this year 2.9%. Years until you are within the tolerance: 0.`,
    ],
    says: indicative,
  };
}

export interface Actor {
  name: string;
  role: Role;
}

/** Everything that is said and done about the budgets of one year. */
export class Dialogues {
  private events: Event[] = [];
  private clock = Date.parse('2018-04-10T09:00:00Z');

  constructor() {
    const finance_: Actor = { name: 'F Moss', role: 'commissioner_finance' };
    practices.forEach(({ code }, at) => {
      const gp: Actor = { name: 'Dr P Finch', role: 'practice_gp' };
      if (at === 11) return;
      this.act(code, finance_, { step: 'show_data', says: shownData(code) });
      if (at === 10) return;
      this.act(code, finance_, { step: 'offer', draft: 'first offer' });
      if (at === 9) this.act(code, gp, { step: 'comment', says: 'Which list is this?' });
      if (at === 8) this.act(code, gp, { step: 'disagree', says: 'The list is of before the merger.' });
      if (at > 3 && at < 8) this.act(code, gp, { step: 'agree', offer: this.of(code).on_table });
    });
  }

  private mine(code: string) {
    return this.events.filter((event) => event.practice === code);
  }

  private position(code: string) {
    let state: State = 'nothing_shown';
    let version = 1;
    let offers = 0;
    for (const { step } of this.mine(code)) {
      if (step === 'reopen') version += 1;
      if (step === 'offer') offers += 1;
      state = table.find(([from, name]) => from.includes(state) && name === step)![3];
    }
    const offer = this.mine(code).findLast((event) => event.step === 'offer');
    const last = this.mine(code).at(-1);
    return { state, version, offers, offer, last };
  }

  may(code: string, role: Role): StepName[] {
    const { state } = this.position(code);
    return table.filter(([from, , roles]) => from.includes(state) && roles.includes(role)).map(([, step]) => step);
  }

  standing(code: string): Schemas['Standing'] {
    const { state, version, offers, offer, last } = this.position(code);
    const turn = turns[state];
    const by = turn ? dates[turn[2]] : null;
    const days = by ? Math.round((Date.parse(by) - Date.parse(today)) / 86_400_000) : null;
    const who = turn ? `the ${turn[0]}` : null;
    return {
      practice: code,
      name: nameOf(code),
      state,
      state_in_words: stateWords[state],
      version,
      offers,
      draft: offer?.draft ?? '',
      on_table: offer?.on_table ?? last?.on_table ?? '',
      net_pence: offer ? netOf(code, offer.draft) : null,
      last_at: last?.at ?? '',
      must_act: {
        side: turn?.[0] ?? 'reader',
        who,
        what: turn?.[1] ?? null,
        by,
        days_left: days,
        late: days !== null && days < 0,
        says: turn ? `${who}: ${turn[1]}` : 'nobody has to act',
      },
    };
  }

  of(code: string, role: Role = 'auditor'): Schemas['Dialogue'] {
    const standing = this.standing(code);
    const { offer, last } = this.position(code);
    const rows = statement(code, '2018-03')!.rows.filter((row) => row.code in labels && row.loaded);
    const all = rows.reduce((sum, row) => sum + known(row.year_to_date.cost_pence), 0);
    return {
      ...standing,
      dates,
      amounts: offer
        ? rows.map((row) => {
            const gross = Math.round((grossOf(code, offer.draft) * known(row.year_to_date.cost_pence)) / all);
            const pool = Math.round(gross * 0.02);
            const management = Math.round(gross * 0.01);
            return {
              line: row.code as Schemas['BudgetLine'],
              label: row.label,
              gross_pence: gross,
              risk_pool_pence: pool,
              management_pence: management,
              net_pence: gross - pool - management,
            };
          })
        : [],
      events: this.mine(code),
      i_may: this.may(code, role),
      last_event: last?.hash ?? 'none',
      indicative,
    };
  }

  /** The event, or why not. */
  act(code: string, actor: Actor, step: Schemas['Step']): Event | string {
    if (!this.may(code, actor.role).includes(step.step)) {
      return `This step cannot be taken now: ${this.standing(code).must_act.says}.`;
    }
    if (['comment', 'answer', 'disagree', 'refer', 'rule', 'reopen'].includes(step.step) && !step.says) {
      return 'Say why.';
    }
    if (step.step === 'agree' && step.offer !== this.standing(code).on_table) {
      return 'Agree to the offer that is on the table.';
    }
    const number = this.events.length + 1;
    const hash = `${hexOf(number)}${hexOf(number + 7_919)}`;
    this.clock += 3_600_000;
    const puts = step.step === 'offer' || step.step === 'show_data';
    const event: Event = {
      number,
      practice: code,
      year: budgetYear,
      version: this.position(code).version,
      step: step.step,
      step_in_words: step.step.replace('_', ' '),
      role: actor.role,
      role_in_words: roleWords[actor.role],
      side: sideOf(actor.role),
      author: actor.name,
      at: new Date(this.clock).toISOString(),
      says: step.says ?? '',
      draft: step.draft ?? this.standing(code).draft,
      on_table: puts ? hexOf(number + 104_729) : this.standing(code).on_table,
      previous: this.position(code).last?.hash ?? '',
      hash,
    };
    this.events.push(event);
    return event;
  }
}

function shownData(code: string): string {
  const { list_size, rows } = statement(code, '2018-03')!;
  return [
    'Here is what we know of your practice. Please comment where it is wrong.',
    `Registered list: ${list_size} patients`,
    ...rows.filter((row) => row.loaded).map((row) => `${row.label}: ${known(row.year_to_date.cost_pence) / 100} pounds used`),
  ].join('\n');
}

const hexOf = (seed: number) =>
  Math.floor(chance(seed)() * 0xffffffff).toString(16).padStart(8, '0');
