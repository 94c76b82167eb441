// The made-up monthly pack: what the statement has, rates beside all practices and the country, stays,
// waiting lists.
import type { components } from '../src/api/schema.ts';
import * as made from './made_up.ts';

type Schemas = components['schemas'];
type Row = Schemas['Row'];

const source = 'National rates of 2017/18: Fictional Statistics Office, made-up tables.';

/** For a year, of what is the year to the month. */
const forThousand = (row: Row, patients: number, months: number) =>
  !row.loaded || row.year_to_date.activity === null
    ? null
    : (row.year_to_date.activity * 12_000) / (months * patients);

function lineOf(row: Row, patients: number, months: number): Schemas['PackLine'] {
  const rate = forThousand(row, patients, months);
  const period = (figures: Schemas['Figures']): Schemas['PackPeriod'] => ({
    activity: figures.activity,
    bed_days: figures.bed_days ?? 0,
    cost_pence: figures.cost_pence ?? 0,
    budget_pence: null,
    variance_pence: null,
    last_year_activity: null,
    last_year_cost_pence: null,
  });
  return {
    pack_line: row.pack_line,
    code: row.code,
    label: row.label,
    loaded: row.loaded,
    in_no_budget: row.in_no_budget ?? false,
    counts_in_total: row.counts_in_total,
    month: period(row.month),
    year_to_date: {
      ...period(row.year_to_date),
      budget_pence: row.budget_to_date_pence,
      variance_pence: row.variance_pence,
    },
    for_1000_patients_a_year: {
      practice: rate,
      all_practices: rate === null ? null : rate * 1.04,
      national: rate === null || row.code === 'prescribing' ? null : Math.round(rate * 10.7) / 10,
    },
  };
}

const standardised: Schemas['PackRate'][] = [
  ['gp_referrals', 'GP referrals', 'First outpatient appointments referred by a GP, kept or not.', 171.42, 168.9, null, 'within what practices differ by'],
  ['planned_admissions', 'Planned admissions', 'Day cases and elective spells.', 118.3, 105.2, 104.7, 'more than chance and ordinary differences give'],
  ['emergency_admissions', 'Emergency admissions', 'Non-elective spells, without maternity.', 81.07, 83.4, 90.1, 'within what practices differ by'],
].map(([code, name, means, rate, all, national, standing]) => ({
  code: code as string,
  name: name as string,
  means: means as string,
  rate: rate as number,
  rate_95: [(rate as number) * 0.93, (rate as number) * 1.07],
  all_practices: all as number,
  national: national as number | null,
  standing: standing as string,
}));

export function pack(code: string, month: string): Schemas['Pack'] | null {
  const statement = made.statement(code, month);
  if (!statement) return null;
  const patients = statement.list_size ?? 1;
  const months = month === '2018-03' ? 12 : 11;
  const rows = [...statement.rows, statement.total];
  return {
    commissioner: statement.commissioner,
    practice: code,
    name: statement.name,
    month,
    closing: statement.closing,
    says: statement.says,
    data: statement.data_says,
    list_size: statement.list_size,
    lines: rows.map((row) => lineOf(row, patients, months)),
    stay: 'Mean stay of a non-elective spell, year to date: 6.4 days; in the month 5.6; last year 6.4; all practices 6.3. (Bed days divided by spells.)',
    blocks: [],
    national: source,
    standardised,
    not_standardised: '',
    reasons: [],
    everything_else_pence: null,
    beyond_statement: '',
    no_reasons: 'Reasons stand on the page.',
    prescribing: [],
    waiting: {
      as_at: '2018-03-31',
      for_outpatients: 214,
      for_admission: 63,
      weeks_18_and_more: 19,
      to_come_pence: 12_345_600,
      unpriced: 2,
      says: 'On 31 March 2018 214 patients wait for an outpatient attendance and 63 for an admission, 19 of them for 18 weeks and more: about £123,000 to come.',
    },
    challenges: 'Challenges: 1 is open, of £603.90; none was upheld in the year to date.',
    year_end: null,
    no_year_end: 'The forecast stands on the page.',
    notes: [],
    indicative: made.indicative,
  };
}
