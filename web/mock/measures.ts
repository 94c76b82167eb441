// Made-up comparisons: one practice with many first attendances, one whose emergency admissions fell.
import type { components } from '../src/api/schema.ts';
import { commissioner, latest, nameOf, practices } from './made_up.ts';

type Schemas = components['schemas'];

const measures: [code: string, name: string, counts: string, beside: string[], rate: number][] = [
  ['gp_referrals', 'GP referrals', 'first appointments that a GP asked for', [], 290],
  ['first_outpatient', 'First outpatient attendances', 'first outpatient attendances', ['pack_3', 'outpatient_first'], 340],
  ['follow_up', 'Outpatient follow-ups', 'outpatient follow-ups', ['pack_3', 'outpatient_follow_up'], 790],
  ['consultant_referrals', 'Consultant-to-consultant referrals', 'first attendances that another consultant asked for', ['consultant_referrals'], 62],
  ['planned_admissions', 'Planned admissions', 'day cases and elective admissions', ['pack_1'], 131],
  ['emergency_admissions', 'Emergency admissions', 'emergency and other non-elective admissions', ['pack_2', 'non_elective'], 102],
  ['ae_attendances', 'A&E attendances', 'A&E attendances', ['pack_9', 'ae'], 301],
];

const words = {
  within: 'within what practices differ by',
  above: 'more than practices differ by',
  below: 'less than practices differ by',
  cannot_tell: 'too few to tell from chance',
} as const;

// The second practice refers twice as many.
const ratioOf = (at: number, code: string) =>
  at === 1 && (code === 'first_outpatient' || code === 'gp_referrals')
    ? 1.9
    : 1 + (((at * 7 + code.length * 5) % 11) - 5) / 60;

const two = (value: number) => Math.round(value * 100) / 100;

function positionOf(at: number, code: string, rate: number): Schemas['PracticePosition'] {
  const patients = practices[at]!.patients;
  const expected = (patients * rate) / 1000;
  const ratio = ratioOf(at, code);
  const spread = Math.sqrt(1 / expected + 0.01);
  const limits = (z: number) => ({
    lower: two(rate * Math.exp(-z * spread)),
    upper: two(rate * Math.exp(z * spread)),
  });
  const standing = ratio > Math.exp(3.09 * spread) ? 'above' : 'within';
  return {
    observed: Math.round(expected * ratio),
    expected: two(expected),
    patient_years: patients,
    rate: two(rate * ratio),
    rate_95: { lower: two(rate * ratio * 0.96), upper: two(rate * ratio * 1.04) },
    limits_95: limits(1.96),
    limits_998: limits(3.09),
    standing,
    standing_in_words: words[standing],
    why: '',
  };
}

const heading = (month: string) => ({
  commissioner: commissioner.name,
  month,
  month_in_words: month === '2018-03' ? 'March 2018' : 'February 2018',
  from: '2017-04',
  closing: 1,
});

const peersSays =
  'The 9 practices most like it by list size and share of patients aged 65 and over; deprivation and rurality are not known.';

function comparedOf(at: number, which: (typeof measures)[number]): Schemas['ComparedMeasure'] {
  const [code, name, counts, beside, rate] = which;
  const position = positionOf(at, code, rate);
  return {
    code,
    name,
    counts,
    means: `${name} that the statement counts.`,
    beside,
    says: `${name}: ${position.rate!.toFixed(1)} for 1,000 patients a year, standardised for age and sex; the commissioner has ${rate.toFixed(1)}. This is ${position.standing_in_words}.`,
    reference_rate: rate,
    position,
    peers_quartiles: [two(rate * 0.95), rate, two(rate * 1.06)],
    chart_says: chartOf(at, which, '2018-03').says,
    icon: chartOf(at, which, '2018-03').icon,
  };
}

const monthsOf = () =>
  Array.from({ length: 24 }, (_, at) => {
    const count = 3 + at;
    return `${2016 + Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
  });

/** Emergency admissions of the first practice fall in July 2017. */
function chartOf(
  at: number,
  [code, name, counts, , rate]: (typeof measures)[number],
  month: string,
): Schemas['MeasureChart'] {
  const falls = at === 0 && code === 'emergency_admissions';
  const expected = (practices[at]!.patients * rate) / 12_000;
  const months = monthsOf().map((one, place): Schemas['ChartMonth'] => {
    const special = falls && place >= 15;
    const index = 100 + ((place * 5) % 9) * 2 - 8 - (special ? 28 : 0);
    return {
      month: one,
      observed: Math.round((expected * index) / 100),
      expected: two(expected),
      index,
      mean: 100,
      limits: { lower: 78, upper: 122 },
      cause: special ? '7 Points Below CL' : 'Common Cause',
      type: special ? 'special_cause_neutral_low' : 'common_cause',
      group: 0,
      deciles: [80, 86, 91, 96, 100, 104, 109, 114, 121],
    };
  });
  return {
    ...heading(month),
    code: practices[at]!.code,
    name: practices[at]!.name,
    measure: code,
    measure_name: name,
    counts,
    means: '',
    says: falls
      ? `${name}: since July 2017 lower than in its months before by more than they differ by anyway: 72 for every 100 expected, where its mean is 100.`
      : `${name}: March 2018 is within what its months differ by anyway: 102 for every 100 expected; its months lie between 78 and 122.`,
    why: '',
    icon: falls
      ? { letter: 'L', colour: 'purple', says: 'special cause: lower; neither direction is better' }
      : { letter: '', colour: 'grey', says: 'common cause: no more than chance would give' },
    months,
    rebases: [],
  } as Schemas['MeasureChart'];
}

const placeOf = (code: string) => practices.findIndex((one) => one.code === code);

export function peers(code: string, month: string): Schemas['Peers'] | null {
  const at = placeOf(code);
  if (at < 0) return null;
  const all = measures.map((which) => comparedOf(at, which));
  const outside = all.filter(({ position }) => position.standing === 'above');
  return {
    ...heading(month),
    code,
    name: nameOf(code),
    says: outside.length
      ? `Outside what practices differ by: ${outside.map(({ name }) => `${name} (more)`).join(' and ')}. Everything else compared is within.`
      : 'Everything compared is within what practices differ by.',
    measures: all,
    peers: 9,
    peers_says: peersSays,
    characteristics: [
      { code: 'list_size', name: 'list size', own: practices[at]!.patients, lowest: 3_900, highest: 11_900, source: 'registered lists' },
    ],
    notes: [],
  };
}

export function practiceMeasure(code: string, measure: string, month: string): Schemas['PracticeMeasure'] | null {
  const at = placeOf(code);
  const which = measures.find(([one]) => one === measure);
  if (at < 0 || !which) return null;
  return {
    ...heading(month),
    code,
    name: nameOf(code),
    peers_says: peersSays,
    measure: comparedOf(at, which),
    funnel: practices.map((_, place) => {
      const position = positionOf(place, measure, which[4]);
      return {
        own: place === at,
        standing: position.standing,
        expected: position.expected ?? 0,
        rate: position.rate,
        limits_95: position.limits_95,
        limits_998: position.limits_998,
      };
    }),
    funnel_why: '',
    allows_for_dispersion: true,
    chart: chartOf(at, which, month),
    working: {
      title: `${nameOf(code)} (${code}): ${which[1]}`,
      steps: [
        { says: 'Counted: 1,234', arithmetic: '', source: 'closing 1 of 2018-03' },
        { says: 'Expected: 1,200.00', arithmetic: 'patients of each age and sex x the commissioner’s rate, added up', source: '' },
      ],
      bands: [
        { sex: 'men', ages: '0-64', patient_years: 2000, reference_rate: 80, expected: 160, observed: 150 },
        { sex: 'women', ages: '65+', patient_years: 600, reference_rate: 300, expected: 180, observed: 190 },
      ],
    },
  };
}

export function measureList(month: string): Schemas['MeasureList'] {
  return {
    ...heading(month),
    items: measures.map((which) => {
      const report = comparison(which[0], month)!;
      const above = report.practices.filter(({ standing }) => standing === 'above').length;
      return {
        code: which[0],
        name: which[1],
        says: report.says,
        within: practices.length - above,
        above,
        below: 0,
        cannot_tell: 0,
      };
    }),
  };
}

export function comparison(code: string, month: string): Schemas['MeasureComparison'] | null {
  const which = measures.find(([one]) => one === code);
  if (!which) return null;
  const rows = practices.map((practice, at) => ({
    ...positionOf(at, code, which[4]),
    code: practice.code,
    name: practice.name,
  }));
  const outside = rows.filter(({ standing }) => standing !== 'within');
  const observed = rows.reduce((sum, row) => sum + (row.observed ?? 0), 0);
  return {
    ...heading(month),
    measure: code,
    name: which[1],
    counts: which[2],
    means: `${which[1]} that the statement counts.`,
    says: outside.length
      ? `${outside.length} of ${rows.length} practices ${outside.length === 1 ? 'lies' : 'lie'} outside what practices differ by: ${outside.map((row) => `${row.name} (${row.code}), more`).join(' and ')}. All others are within.`
      : `All ${rows.length} practices are within what practices differ by.`,
    why: '',
    observed,
    patient_years: practices.reduce((sum, one) => sum + one.patients, 0),
    reference_rate: which[4],
    phi: 1.9,
    allows_for_dispersion: true,
    practices: rows,
    notes: [],
  };
}

export function prescribing(code: string, month: string): Schemas['Prescribing'] | null {
  const at = placeOf(code);
  if (at < 0) return null;
  const medicines = Array.from({ length: 14 }, (_, place) => ({
    group: `0212000B0A${String.fromCharCode(65 + place)}`,
    name: `Made-up medicine ${place + 1} ${10 + place}mg tablets`,
    items: 40 + place,
    quantity: String(1_120 + 28 * place),
    price_of_thousand: '£60.00',
    target_of_thousand: '£20.00',
    practices: practices.length,
    saving_pence: 44_801 - 2_903 * place,
    presentations: [],
  }));
  const total = medicines.reduce((sum, one) => sum + one.saving_pence, 0);
  return {
    ...heading(month),
    code,
    name: nameOf(code),
    says: '140,000 items cost £1.16m to March 2018. That is £21,000 less than the budget to date of £1.18m.',
    items: 140_000,
    cost_pence: 116_000_000,
    budget_to_date_pence: 118_100_000,
    annual_budget_pence: 118_100_000,
    year_end_pence: 116_000_000,
    measures: [
      {
        code: 'cost',
        name: 'Cost of all prescribing',
        per: '£ for 1,000 ASTRO-PU 2009',
        counts_items: false,
        items: 140_000,
        cost_pence: 116_000_000,
        units: 31_000,
        value: 37_419.35,
        reference: 36_800,
        deciles: [33_000, 34_000, 35_000, 36_000, 36_700, 37_300, 38_000, 39_000, 41_000],
        months: monthsOf().map((one, place) => ({
          month: one,
          value: 3_100 + 20 * (place % 5),
          deciles: [2_700, 2_800, 2_900, 3_000, 3_060, 3_110, 3_200, 3_300, 3_400],
        })),
        says: 'Cost of all prescribing: £37,419 for 1,000 ASTRO-PU 2009; the commissioner has £36,800.',
      },
    ],
    sections: [
      { section: '0212', section_in_words: '02.12', chapter: 'Cardiovascular system', items: 9_000, cost_pence: 2_100_000, all_items: 90_000, all_cost_pence: 20_000_000 },
    ],
    savings_says: `£${(total / 100).toLocaleString('en-GB', { minimumFractionDigits: 2 })} less would have been spent from April 2017 to March 2018, had a unit of 14 medicines cost what it costs the cheapest 10% of practices.`,
    savings_pence: total,
    savings: medicines,
  };
}

/** One thing began, at the practice that refers more, in the latest month. */
export function alerts(month: string, practice?: string): Schemas['AlertList'] {
  const began: Schemas['Alert'] = {
    number: 1,
    practice: 'X90001',
    name: nameOf('X90001'),
    measure: 'planned_admissions',
    measure_name: 'Planned admissions',
    seen_by: 'chart',
    side: 'more',
    since: '2017-10',
    since_in_words: 'October 2017',
    says: 'Planned admissions: six months in a row above the mean, since October 2017',
  };
  const applies = month === latest && (practice ?? began.practice) === began.practice;
  return { month, month_in_words: heading(month).month_in_words, alerts: applies ? [began] : [] };
}
