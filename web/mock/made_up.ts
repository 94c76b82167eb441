// A made-up commissioner, the same at every start: what the pages are shown while no server runs.
import type { components } from '../src/api/schema.ts';

type Schemas = components['schemas'];
type Row = Schemas['Row'];
type Line = Schemas['BudgetLine'];

export const year = '2017/18';
export const budgetYear = '2018/19';
export const latest = '2018-03';
export const today = '2018-04-19';
export const indicative =
  'This budget is indicative: it never limits the care a patient may be given.';
export const commissioner = { code: '9ZZ', name: 'Fictional Valley Commissioner' };

export const health: Schemas['Health'] = {
  status: 'ok',
  version: 'mock',
  demonstration_day: today,
  jobs_waiting: 0,
  requests_waiting: 0,
};

/** The same numbers from the same seed. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const towns = [
  'Alderbrook', 'Beechcroft', 'Coldharbour', 'Dunmere', 'Elmsworth', 'Fernhill', 'Granby Street',
  'Hollins', 'Ivybridge Road', 'Kingsway', 'Larkfield', 'Millrace',
];

export const practices = towns.map((town, at) => ({
  code: `X9${String(at + 1).padStart(4, '0')}`,
  name: `Fictional ${town} Surgery`,
  network: at < 6 ? 'U00001' : 'U00002',
  patients: 3_900 + ((at * 2_617) % 8_200),
  list_of: '2018-01-01',
}));

export const nameOf = (code: string) => practices.find((one) => one.code === code)?.name ?? code;

const packs: [number, string, Line[]][] = [
  [1, 'Elective inpatients and day cases', ['day_case', 'elective']],
  [2, 'Non-elective inpatients', ['non_elective', 'maternity']],
  [3, 'Outpatients', ['outpatient_first', 'outpatient_follow_up', 'outpatient_procedure']],
  [4, 'Diagnostics', ['diagnostics']],
  [5, 'Consultant-to-consultant referrals', []],
  [6, 'Prescribing', ['prescribing']],
  [7, 'Community and mental health', ['community', 'mental_health']],
  [8, 'Primary care', ['primary_care']],
  [9, 'A&E attendances', ['ae']],
];

export const labels: Record<Line, string> = {
  day_case: 'Day cases',
  elective: 'Elective inpatients',
  non_elective: 'Non-elective inpatients',
  maternity: 'Maternity',
  outpatient_first: 'Outpatients: first attendances',
  outpatient_follow_up: 'Outpatients: follow-ups',
  outpatient_procedure: 'Outpatients: procedures',
  diagnostics: 'Diagnostics',
  ae: 'A&E attendances',
  prescribing: 'Prescribing',
  community: 'Community services',
  mental_health: 'Mental health',
  primary_care: 'Primary care',
};

/** Price in pence and yearly rate a thousand patients. */
const rates: Record<Line, [number, number]> = {
  day_case: [54_130, 78],
  elective: [277_200, 27],
  non_elective: [230_400, 83],
  maternity: [275_400, 11],
  outpatient_first: [17_400, 242],
  outpatient_follow_up: [7_900, 585],
  outpatient_procedure: [13_700, 142],
  diagnostics: [11_030, 65],
  ae: [12_900, 290],
  prescribing: [830, 19_700],
  community: [0, 0],
  mental_health: [0, 0],
  primary_care: [0, 0],
};

const months = Array.from({ length: 24 }, (_, at) => {
  const month = 2016 * 12 + 3 + at;
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
});

export const stateOf = (month: string): Schemas['DataState'] =>
  month === '2018-03' ? 'flex' : 'frozen';

interface MonthCount {
  month: string;
  count: number;
  pence: number;
}

function countsOf(practice: number, line: Line): MonthCount[] {
  const [price, rate] = rates[line];
  const random = chance(practice * 1_000 + Object.keys(rates).indexOf(line) * 17 + 5);
  const mean = ((practices[practice]?.patients ?? 5_000) / 1_000) * (rate / 12);
  return months.map((month, at) => {
    const swing = 1 + 0.25 * Math.sin(at / 1.9 + practice) * (line === 'non_elective' ? 0.8 : 0.3);
    const noise = (random() + random() + random() - 1.5) * Math.sqrt(Math.max(mean, 1)) * 1.1;
    const count = Math.max(0, Math.round(mean * swing + noise));
    return { month, count, pence: Math.round(count * price * (0.97 + random() * 0.06)) };
  });
}

const sum = (counts: MonthCount[]) => ({
  activity: counts.reduce((all, one) => all + one.count, 0),
  bed_days: 0,
  cost_pence: counts.reduce((all, one) => all + one.pence, 0),
});

const added = (a: Schemas['Figures'], b: Schemas['Figures']): Schemas['Figures'] => ({
  activity: a.activity === null || b.activity === null ? null : a.activity + b.activity,
  bed_days: known(a.bed_days) + known(b.bed_days),
  cost_pence: known(a.cost_pence) + known(b.cost_pence),
});

const nothing: Schemas['Figures'] = { activity: 0, bed_days: 0, cost_pence: 0 };

function leaf(practice: number, line: Line, pack: number, month: string): Row {
  const counts = countsOf(practice, line);
  const loaded = rates[line][0] > 0;
  const now = months.indexOf(month);
  const toDate = sum(counts.slice(12, now + 1));
  const random = chance(practice * 77 + pack * 13 + line.length);
  const annual = loaded ? Math.round((known(sum(counts.slice(12)).cost_pence) * (0.93 + random() * 0.13)) / 10_000) * 10_000 : null;
  const budget = annual === null ? null : Math.round((annual * (now - 11)) / 12);
  return {
    pack_line: pack,
    code: line,
    label: labels[line],
    loaded,
    counts_in_total: true,
    month: loaded ? sum(counts.slice(now, now + 1)) : nothing,
    year_to_date: loaded ? toDate : nothing,
    last_year_to_date: loaded ? sum(counts.slice(0, now - 11)) : null,
    annual_budget_pence: annual,
    budget_to_date_pence: budget,
    variance_pence: budget === null || !loaded ? null : known(toDate.cost_pence) - budget,
    series: loaded
      ? counts.slice(0, now + 1).map(({ month: of, count, pence }) => ({
          month: of,
          activity: count,
          cost_pence: pence,
          state: stateOf(of),
        }))
      : [],
  };
}

/** Made-up figures are never too small to show. */
export const known = (amount: number | null) => amount ?? 0;

const plus = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : a + b);

function together(rows: Row[], pack: number, code: string, label: string): Row {
  const whole = rows.reduce((all, row) => ({
    ...all,
    loaded: all.loaded || row.loaded,
    month: added(all.month, row.month),
    year_to_date: added(all.year_to_date, row.year_to_date),
    last_year_to_date:
      all.last_year_to_date && row.last_year_to_date
        ? added(all.last_year_to_date, row.last_year_to_date)
        : (all.last_year_to_date ?? row.last_year_to_date),
    annual_budget_pence: plus(all.annual_budget_pence, row.annual_budget_pence),
    budget_to_date_pence: plus(all.budget_to_date_pence, row.budget_to_date_pence),
    variance_pence: plus(all.variance_pence, row.variance_pence),
    series: (all.series ?? []).map((point, at) => ({
      ...point,
      activity: plus(point.activity, row.series?.[at]?.activity ?? null),
      cost_pence: plus(point.cost_pence, row.series?.[at]?.cost_pence ?? null),
    })),
  }));
  return { ...whole, pack_line: pack, code, label };
}

function referrals(practice: number, month: string): Row {
  const firsts = leaf(practice, 'outpatient_first', 5, month);
  const few = (figures: Schemas['Figures']) => ({
    ...figures,
    activity: Math.round((figures.activity ?? 0) / 4),
  });
  return {
    ...firsts,
    code: 'consultant_referrals',
    label: 'Consultant-to-consultant referrals',
    counts_in_total: false,
    month: few(firsts.month),
    year_to_date: few(firsts.year_to_date),
    last_year_to_date: firsts.last_year_to_date && few(firsts.last_year_to_date),
    annual_budget_pence: null,
    budget_to_date_pence: null,
    variance_pence: null,
    series: (firsts.series ?? []).map((point) => ({
      ...point,
      activity: Math.round((point.activity ?? 0) / 4),
    })),
  };
}

function rowsOf(practice: number, month: string): Row[] {
  return packs.flatMap(([pack, label, lines]) => {
    if (pack === 5) return [referrals(practice, month)];
    const rows = lines.map((line) => leaf(practice, line, pack, month));
    if (rows.length === 1) return [{ ...rows[0]!, label }];
    return [
      together(rows, pack, `pack_${pack}`, label),
      ...rows.map((row) => ({ ...row, counts_in_total: false })),
    ];
  });
}

const roughly = (pence: number) => {
  const pounds = Math.round(Math.abs(pence) / 100);
  return pounds >= 999_500
    ? `£${(Math.round(pounds / 10_000) / 100).toFixed(2)}m`
    : `£${(Math.round(pounds / 1_000) * 1_000).toLocaleString('en-GB')}`;
};

const inWords: Record<string, string> = { '2018-02': 'February 2018', '2018-03': 'March 2018' };

const dataOf = (month: string): Schemas['MonthOfData'][] =>
  months
    .filter((one) => one >= '2017-04' && one <= month)
    .flatMap((one) =>
      (['apc', 'op', 'ae', 'prescribing'] as const).map((data_set) => ({
        data_set,
        month: one,
        state: stateOf(one),
      })),
    );

const dataSays = (month: string) =>
  month === '2018-03'
    ? 'Provisional: March 2018 (flex). Frozen to February 2018.'
    : 'Frozen to February 2018.';

export const closings: Schemas['Months']['items'] = ['2018-03', '2018-02'].map((month) => ({
  month,
  in_words: inWords[month]!,
  financial_year: year,
  closing: month === '2018-03' ? 2 : 1,
  closed_at: '2018-04-18T08:00:00Z',
  state: stateOf(month),
  data: dataOf(month).filter((one) => one.month === month),
}));

const tariffs = [{ year, version: 'f26f0e80', label: 'Fictional demo tariff 2017/18 (made-up prices)' }];

export function statement(code: string, month: string): Schemas['Statement'] | null {
  const at = practices.findIndex((one) => one.code === code);
  if (at < 0) return null;
  const rows = rowsOf(at, month);
  const total = {
    ...together(rows.filter((row) => row.counts_in_total), 0, 'total', 'Total'),
  };
  total.month = { ...total.month, activity: null };
  total.year_to_date = { ...total.year_to_date, activity: null };
  total.last_year_to_date = null;
  total.series = [];
  const variance = total.variance_pence ?? 0;
  return {
    commissioner: commissioner.name,
    code,
    name: practices[at]!.name,
    is_practice: true,
    month,
    month_in_words: inWords[month]!,
    financial_year: year,
    closing: month === '2018-03' ? 2 : 1,
    closed_at: '2018-04-18T08:00:00Z',
    says: `To ${inWords[month]} you have used about ${roughly(known(total.year_to_date.cost_pence))} of ${roughly(total.budget_to_date_pence ?? 0)}: ${roughly(variance)} ${variance > 0 ? 'over' : 'under'}.`,
    data_says: dataSays(month),
    completion_says: `Reported to ${inWords[month]}: ${roughly(known(total.year_to_date.cost_pence))}. Expected when complete: ${roughly(Math.round(known(total.year_to_date.cost_pence) * 1.01))}.`,
    list_size: practices[at]!.patients,
    rows,
    total,
    payable_year_to_date_pence: null,
    data: dataOf(month),
    set_aside: [
      { outcome: 'excluded', reason: 'private', says: 'The patient was private', records: 7 },
      {
        outcome: 'unpriced',
        reason: 'hrg_not_in_tariff',
        says: "The HRG is not in this year's tariff: the record was grouped by another version",
        records: 3,
      },
    ],
    rejects: [
      { reason: 'bad_date', records: 10 },
      { reason: 'duplicate_record', records: 33 },
    ],
    merged: [],
    contracts_say: [
      'Community services, ZX2: block, apportioned by registered lists: £1,200,000.00 × 7,012 ÷ 49,800 = £168,963.86 a year; £98,000.00 to date, £14,350.00 of it in the month.',
    ],
    not_in_budget: [
      {
        code: 'mental_health',
        label: labels.mental_health,
        why: 'out of the budgets',
        month: { activity: 41, bed_days: 0, cost_pence: 912_300 },
        year_to_date: { activity: 498, bed_days: 0, cost_pence: 11_204_500 },
      },
    ],
    budget_changes: [
      {
        account: code,
        line: 'prescribing',
        label: labels.prescribing,
        from: '2017-10',
        number: 1,
        annual_pence: 412_000,
        to_date_pence: 206_000,
        says: '38 patients came from other practices in the quarter',
      },
    ],
    tariffs,
    indicative,
  };
}

const partWords: [string, string][] = [
  ['plan_gap', 'budget and planned activity differ'],
  ['list', 'more or fewer patients on the list'],
  ['need', 'an older or younger list'],
  ['volume', 'more or fewer than the plan has for such a list'],
  ['case_mix', 'a different mix of conditions'],
  ['severity', 'same conditions, at dearer or cheaper codes'],
  ['price', 'same codes, at other prices'],
  ['late', "records that came after their month's close"],
  ['corrected', "records corrected since their month's close"],
  ['other', 'adjustments, and odd pence of rounding'],
  ['expected', 'not yet reported, by estimate'],
  ['disputed', 'records under challenge, held out'],
];
/** They come after what is reported. */
const beyondStatement: Record<string, number> = { expected: 350_025, disputed: -120_000 };

/** A made-up split of a difference: volume has half of it, the rest what others leave. */
function partsOf(budget: number, used: number, count: number): Schemas['VarianceParts'] {
  const variance = used - budget;
  const share: Record<string, number> = {
    volume: Math.trunc(variance / 2),
    case_mix: -Math.trunc(variance / 10),
    severity: Math.trunc(variance / 4),
    price: Math.trunc(variance / 20),
  };
  const rest = variance - Object.values(share).reduce((a, b) => a + b, 0);
  return {
    budget_pence: budget,
    used_pence: used,
    variance_pence: variance,
    complete_pence: used + beyondStatement.expected!,
    complete_less_held_out_pence: used + beyondStatement.expected! + beyondStatement.disputed!,
    planned: count,
    expected: count,
    recorded: count + Math.sign(variance) * 3,
    parts: partWords.map(([part, in_words]) => ({
      part,
      in_words,
      pence: part === 'plan_gap' ? rest : (share[part] ?? beyondStatement[part] ?? 0),
      in_variance: !(part in beyondStatement),
    })),
    price_parts: [{ part: 'tariff', in_words: 'tariff prices', pence: share.price!, in_variance: true }],
  };
}

const addedUp = (all: Schemas['VarianceParts'][]): Schemas['VarianceParts'] =>
  all.reduce((a, b) => ({
    budget_pence: a.budget_pence + b.budget_pence,
    used_pence: a.used_pence + b.used_pence,
    variance_pence: a.variance_pence + b.variance_pence,
    complete_pence: a.complete_pence + b.complete_pence,
    complete_less_held_out_pence: a.complete_less_held_out_pence + b.complete_less_held_out_pence,
    planned: a.planned + b.planned,
    expected: a.expected + b.expected,
    recorded: a.recorded + b.recorded,
    parts: a.parts.map((part, at) => ({ ...part, pence: part.pence + b.parts[at]!.pence })),
    price_parts: a.price_parts.map((part, at) => ({ ...part, pence: part.pence + b.price_parts[at]!.pence })),
  }));

export function variance(
  code: string,
  month: string,
  by: string,
  line: string | undefined,
): Schemas['PracticeVariance'] | null {
  const page = statement(code, month);
  if (!page) return null;
  const leaves = page.rows.filter((row) => row.code in labels && row.loaded && row.budget_to_date_pence !== null);
  const lines = leaves.map((row) => {
    const parts = partsOf(row.budget_to_date_pence!, row.year_to_date.cost_pence ?? 0, row.year_to_date.activity ?? 0);
    return { ...parts, line: row.code, label: row.label, chance_low: parts.expected - 9, chance_high: parts.expected + 9,
      usual_low: parts.expected - 14, usual_high: parts.expected + 14, standing: 'no more than chance would give' };
  });
  const total = addedUp(lines);
  const reasons = lines
    .flatMap((one) => one.parts.filter((part) => part.in_variance).map((part) => ({ one, part })))
    .sort((a, b) => Math.abs(b.part.pence) - Math.abs(a.part.pence))
    .slice(0, 3)
    .map(({ one, part }) => ({
      line: one.line,
      part: part.part,
      pence: part.pence,
      says: `${part.in_words}: ${one.label}`,
      within_chance: part.part === 'volume',
    }));
  const asked = lines.filter((one) => !line || one.line === line);
  const details = ['ZX1', 'ZX2'].map((provider, at) => ({
    code: provider,
    name: `Fictional Hospital ${at + 1}`,
    planned: 100,
    planned_cost_pence: 5_000_000,
    recorded: 104,
    cost_pence: 5_200_000,
    difference_pence: 200_000,
    severity_pence: at === 1 ? 150_000 : 0,
    price_pence: 10_000,
  }));
  const detailed = by === 'provider' || by === 'referrer';
  const sum = asked.length ? addedUp(asked) : total;
  return {
    code,
    name: page.name,
    month,
    month_in_words: page.month_in_words,
    closing: page.closing,
    total,
    reasons,
    everything_else_pence: total.variance_pence - reasons.reduce((all, { pence }) => all + pence, 0),
    beyond_statement: `${roughly(total.complete_pence - total.used_pence)} not yet reported, by estimate.`,
    plan: "the plan is the practice's own records of the year before (made up)",
    lines,
    by,
    title: `${page.name}, by ${by}`,
    asked: sum,
    rows: detailed ? [] : asked.map((one) => ({ ...one, code: one.line, name: one.label })),
    details: detailed ? details : [],
    of_no_detail_pence: detailed ? sum.variance_pence - 400_000 : 0,
    notes: [],
  };
}

export function whyVariance(of: Schemas['PracticeVariance'], part: string): Schemas['Working'] {
  const known = of.asked.parts.find((one) => one.part === part);
  const step = (says: string, amount_pence: number): Schemas['WorkingStep'] => ({
    says,
    arithmetic: '',
    amount_pence,
    source: { document: `closing ${of.closing} of ${of.month}`, place: '' },
  });
  return {
    title: `${of.name}: ${known?.in_words ?? 'from the budget to what was used'}`,
    steps: [step('The level before', of.asked.budget_pence), step('The level after', of.asked.budget_pence + (known?.pence ?? 0))],
    result_pence: known?.pence ?? of.asked.used_pence,
  };
}

export function patientList(code: string, kind: string, month: string): Schemas['PatientList'] {
  return {
    kind,
    title: `${code}: ${kind}, the year to ${inWords[month]}`,
    source: 'made up',
    patients: 2,
    total_pence: 1_234_500,
    rows: ['0f3c9a77d1', '9be012ff40'].map((patient, at) => ({
      patient,
      record_id: `E00001${at}`,
      provider: 'ZX1',
      hrg: 'EB03D',
      admitted: '2017-05-04',
      discharged: '2017-05-09',
      says: '9 days after the discharge of 25 April 2017 (DZ11J)',
      cost_pence: at === 0 ? 1_000_000 : 234_500,
    })),
  };
}

export function summary(
  month: string,
  budgetOf: (code: string) => Schemas['BudgetState'] | null,
  allocation: Schemas['Draft'],
): Schemas['Summary'] {
  const rows = practices.map(({ code, name, patients }): Schemas['SummaryRow'] => {
    const { total } = statement(code, month)!;
    return {
      code,
      name,
      is_practice: true,
      month_cost_pence: total.month.cost_pence,
      year_to_date_cost_pence: total.year_to_date.cost_pence,
      annual_budget_pence: total.annual_budget_pence,
      budget_to_date_pence: total.budget_to_date_pence,
      variance_pence: total.variance_pence,
      list_size: patients,
      data: {
        state: stateOf(month),
        missing: code === 'X90004' ? ['prescribing'] : [],
        rejected: patients % 37,
      },
      budget: budgetOf(code),
    };
  });
  const all = rows.reduce((a, b) => ({
    ...a,
    code: '',
    name: 'Practices',
    month_cost_pence: known(a.month_cost_pence) + known(b.month_cost_pence),
    year_to_date_cost_pence: known(a.year_to_date_cost_pence) + known(b.year_to_date_cost_pence),
    annual_budget_pence: plus(a.annual_budget_pence, b.annual_budget_pence),
    budget_to_date_pence: plus(a.budget_to_date_pence, b.budget_to_date_pence),
    variance_pence: plus(a.variance_pence, b.variance_pence),
    list_size: null,
    data: null,
    budget: null,
  }));
  const unattributed: Schemas['SummaryRow'] = {
    code: '~OTHER',
    name: 'Patients of no practice',
    is_practice: false,
    month_cost_pence: 210_400,
    year_to_date_cost_pence: 3_210_400,
    annual_budget_pence: null,
    budget_to_date_pence: null,
    variance_pence: null,
  };
  return {
    commissioner: commissioner.name,
    month,
    month_in_words: inWords[month]!,
    financial_year: year,
    closing: 2,
    closed_at: '2018-04-18T08:00:00Z',
    data_says: dataSays(month),
    allocation,
    practices: [...rows, unattributed],
    practices_total: all,
    unattributed_total: unattributed,
    total: {
      ...all,
      name: 'Total',
      year_to_date_cost_pence: known(all.year_to_date_cost_pence) + known(unattributed.year_to_date_cost_pence),
      month_cost_pence: known(all.month_cost_pence) + known(unattributed.month_cost_pence),
    },
    lines: [],
    data: dataOf(month),
    set_aside: [],
    tariffs,
  };
}

const providers = [
  ['RZ1', 'Fictional General Hospital'],
  ['RZ2', 'Fictional Valley Infirmary'],
  ['RZ3', 'Fictional Eye Hospital'],
] as const;

export function dataStatus(): Schemas['DataStatusTable'] {
  const items = months
    .filter((month) => month >= '2017-04')
    .flatMap((month, at) => [
      ...(['apc', 'op', 'ae'] as const).flatMap((data_set, set) =>
        providers
          // The eye hospital has no A&E, and its outpatients of March have not come.
          .filter(([code]) => !(code === 'RZ3' && (data_set === 'ae' || (data_set === 'op' && month === latest))))
          .map(([provider, provider_name]) => ({
            data_set,
            data_set_in_words: data_set,
            provider,
            provider_name,
            month,
            state: stateOf(month),
            batch: at * 4 + set + 1,
            records: 400 + at * 3,
            batch_rejected: set,
            loaded_at: '2018-04-17T09:00:00Z',
          })),
      ),
      {
        data_set: 'prescribing' as const,
        data_set_in_words: 'prescribing',
        provider: '',
        provider_name: '',
        month,
        state: stateOf(month),
        batch: at * 4 + 4,
        records: 9_000,
        batch_rejected: 0,
        loaded_at: '2018-04-17T09:00:00Z',
      },
    ]);
  return { year, years: [year, '2016/17'], items, next: null };
}

export function why(code: string, line: string, month: string): Schemas['Why'] | null {
  const whole = statement(code, month);
  const row = line === 'total' ? whole?.total : whole?.rows.find((one) => one.code === line);
  if (!whole || !row) return null;
  const toDate = months.filter((one) => one >= '2017-04' && one <= month);
  const all = known(row.year_to_date.cost_pence);
  const share = Math.floor(all / toDate.length);
  return {
    title: `${whole.name} (${code}), ${row.label.toLowerCase()}: year to ${whole.month_in_words}`,
    steps: toDate.map((one, at) => ({
      says: `${one}, provider ${providers[at % 3]![0]}: ${20 + at} records priced one by one`,
      arithmetic: '',
      amount_pence: at === toDate.length - 1 ? all - share * at : share,
      source: { document: `closing ${whole.closing} of ${month}`, place: '' },
    })),
    result_pence: all,
    records_in_all: 20 * toDate.length,
    records_hidden: null,
    records: Array.from({ length: 6 }, (_, at) => ({
      data_set: line === 'prescribing' ? 'prescribing' : 'apc',
      batch: 3 + at,
      line: 18 + at * 7,
      record_id: `A10000${String(2_396 + at)}`,
      month: toDate[at % toDate.length]!,
      provider: providers[at % 3]![0],
      what: ['EB03D', 'HN12A', 'FZ38M', 'DZ11K', 'LA07H', 'SA04G'][at]!,
      outcome: 'priced',
      price_pence: 712_300 - at * 41_100,
      price_in_words: `£${((712_300 - at * 41_100) / 100).toLocaleString('en-GB', { minimumFractionDigits: 2 })}`,
    })),
  };
}

/** A month is left after February 2018 and none after March. */
function yearEndRow(row: Row, month: string): Schemas['YearEndRow'] {
  const reported = known(row.year_to_date.cost_pence);
  const more = Math.round(reported * 0.008);
  const rest = month === '2018-03' ? 0 : Math.round(reported / 11);
  const end = reported + more + rest;
  const around = (share: number) => ({
    low_pence: end - Math.round(end * share),
    high_pence: end + Math.round(end * share),
  });
  return {
    code: row.code,
    label: row.label,
    basis: 'carried_on',
    reported_pence: reported,
    still_to_come_pence: more,
    rest_of_year_pence: rest,
    committed_pence: 0,
    year_end_pence: end,
    range_80: around(0.012),
    range_95: around(0.02),
    budget_pence: row.annual_budget_pence,
    over_pence: row.annual_budget_pence === null ? null : end - row.annual_budget_pence,
    as_last_year_pence: Math.round(end * 1.01),
    as_last_month_pence: Math.round(end * 0.99),
    as_budgeted_pence: row.annual_budget_pence,
  };
}

function sumOf(rows: Schemas['YearEndRow'][], code: string, label: string): Schemas['YearEndRow'] {
  const plus = (key: keyof Schemas['YearEndRow']) =>
    rows.reduce((sum, row) => sum + ((row[key] as number | null) ?? 0), 0);
  const end = plus('year_end_pence');
  const budget = plus('budget_pence');
  const around = (share: number) => ({
    low_pence: end - Math.round(end * share),
    high_pence: end + Math.round(end * share),
  });
  return {
    code,
    label,
    basis: 'carried_on',
    reported_pence: plus('reported_pence'),
    still_to_come_pence: plus('still_to_come_pence'),
    rest_of_year_pence: plus('rest_of_year_pence'),
    committed_pence: 0,
    year_end_pence: end,
    range_80: around(0.008),
    range_95: around(0.014),
    budget_pence: budget,
    over_pence: end - budget,
    as_last_year_pence: plus('as_last_year_pence'),
    as_last_month_pence: plus('as_last_month_pence'),
    as_budgeted_pence: plus('as_budgeted_pence'),
  };
}

const scores: Schemas['YearEnd']['scores'] = [
  {
    level: 'account',
    says: 'a practice, all lines',
    forecasts: 66,
    within_80: 53,
    within_95: 63,
    mean_miss_pence: 4_120_000,
    of_last_years_miss: 0.71,
    of_last_months_miss: 0.83,
    of_the_budgets_miss: 0.64,
  },
];

export function yearEnd(code: string, month: string): Schemas['YearEnd'] | null {
  const of = statement(code, month);
  if (!of) return null;
  const lines = of.rows.filter((row) => row.loaded && !row.code.startsWith('pack_')).filter(
    (row) => row.code !== 'consultant_referrals',
  );
  const rows = lines.map((row) => yearEndRow(row, month));
  const total = sumOf(rows, 'total', 'Total');
  return {
    commissioner: commissioner.name,
    code,
    name: of.name,
    month,
    financial_year: year,
    closing: of.closing,
    says: `Year-end forecast ${roughly(total.year_end_pence!)}, likely ${roughly(total.range_80!.low_pence)} to ${roughly(total.range_80!.high_pence)} (80 times in 100); budget ${roughly(total.budget_pence!)}.`,
    score_says:
      'How earlier forecasts did (2016/17; 66 of practices): 80% of the 80% ranges and 95% of the 95% ranges held what came; the mean miss was £41,000, 71% of what last year’s months carried over would have missed.',
    about_ranges: 'The ranges of lines do not add up to the total’s.',
    lines: rows,
    practices: [],
    total,
    scores,
  };
}

export function allYearEnds(month: string): Schemas['YearEnd'] {
  const all = practices.map(({ code }) => yearEnd(code, month)!);
  const rows = all.map((one) => ({ ...one.total, code: one.code, label: one.name }));
  const total = sumOf(rows, 'total', 'Total');
  return { ...all[0]!, code: '', name: commissioner.name, lines: [], practices: rows, total };
}

export function whyForecast(code: string, line: string, month: string): Schemas['Working'] | null {
  const of = yearEnd(code, month);
  const row = line === 'total' ? of?.total : of?.lines.find((one) => one.code === line);
  if (!of || !row) return null;
  const step = (says: string, amount: number | null) => ({
    says,
    arithmetic: '',
    amount_pence: amount,
    source: { document: '', place: '' },
  });
  return {
    title: `${of.name}, ${row.label}: where ${year} may end`,
    steps: [
      step(`Reported to ${inWords[month]}`, row.reported_pence),
      step('Still to come of months that are not frozen', row.still_to_come_pence),
      step('The rest of the year', row.rest_of_year_pence),
    ],
    result_pence: row.year_end_pence ?? 0,
  };
}

export function loadChanges(batch: number): Schemas['LoadChanges'] {
  const sum = (records: number, before: number, after: number) => ({
    records,
    before_pence: before,
    after_pence: after,
  });
  return {
    from_batch: batch - 1,
    to_batch: batch,
    says: `From the flex of March 2018 (batch ${batch - 1}) to the freeze of March 2018 (batch ${batch}) of admitted care: 48 records came, 0 went, 6 changed; the cost went from £1,900,000.00 to £1,981,004.00 (+£81,004.00).`,
    reasons: [
      { reason: 'unchanged', says: 'unchanged', ...sum(1_148, 189_000_000, 189_000_000) },
      { reason: 'new_record', says: 'new: not in the earlier extract', ...sum(48, 0, 7_900_000) },
      { reason: 'hrg', says: 'another HRG', ...sum(6, 1_000_000, 1_200_400) },
    ],
    all: sum(1_202, 190_000_000, 198_100_400),
  };
}
