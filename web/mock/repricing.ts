// The year at other prices, made up: every line by the change of the factor, last year's tariff one percent lower.
import type { components } from '../src/api/schema.ts';
import * as made from './made_up.ts';

type Schemas = components['schemas'];

interface Refusal {
  status: number;
  title: string;
  says: string;
}

const own_factor = 1.02;
const hospital: Schemas['BudgetLine'][] = [
  'day_case', 'elective', 'non_elective', 'maternity', 'outpatient_first', 'outpatient_follow_up',
  'outpatient_procedure', 'ae',
];

const refused = (status: number, title: string, says: string): Refusal => ({ status, title, says });
const wrong = (says: string) => refused(400, 'Something given is wrong', says);
const absent = (says: string) => refused(404, 'There is no such thing', says);

/** What was asked, as a part of the prices now; or why it cannot be. */
function shareOf(asked: URLSearchParams): number | Refusal {
  const tariff = (asked.get('tariff') ?? '').replace('-', '/');
  const mff = asked.get('mff') ?? '';
  const provider = asked.get('provider') ?? '';
  if (!tariff && !mff) {
    return wrong("say what to change: another year's tariff, or a market forces factor");
  }
  if (mff && Number(mff) === 0) return wrong('a market forces factor is above 0');
  if (tariff && !['2016/17', made.year].includes(tariff)) {
    return absent(`there is no price list for ${tariff}: import one with 'purse import tariff WORKBOOK.xlsx --year ${tariff}'`);
  }
  if (mff && provider && !/^ZX\d$/.test(provider)) {
    return absent(`the price list of 2017/18 has no market forces factor for ${provider}`);
  }
  const factor = mff ? Number(mff) / own_factor : 1;
  return (provider ? 1 + (factor - 1) / 2 : factor) * (tariff === '2016/17' ? 0.99 : 1);
}

function linesOf(code: string, month: string, share: number) {
  const rows = made.statement(code, month)?.rows ?? [];
  return rows
    .filter((row) => hospital.includes(row.code as Schemas['BudgetLine']))
    .map((row) => {
      const now_pence = made.known(row.year_to_date.cost_pence);
      const other_pence = Math.round(now_pence * share);
      return {
        line: row.code,
        label: row.label,
        records: made.known(row.year_to_date.activity),
        now_pence,
        other_pence,
        difference_pence: other_pence - now_pence,
      };
    });
}

const plus = <Sum extends Schemas['RepricedLine']>(a: Sum, b: Schemas['RepricedLine']): Sum => ({
  ...a,
  records: a.records + b.records,
  now_pence: a.now_pence + b.now_pence,
  other_pence: a.other_pence + b.other_pence,
  difference_pence: a.difference_pence + b.difference_pence,
});

export function repricing(month: string, asked: URLSearchParams, code?: string): Schemas['Repricing'] | Refusal {
  const share = shareOf(asked);
  if (typeof share !== 'number') return share;
  const each = (code ? [code] : made.practices.map((one) => one.code)).map((one) => linesOf(one, month, share));
  const lines = each[0]!.map((first, at) => each.slice(1).reduce((sum, other) => plus(sum, other[at]!), first));
  const total = lines.reduce<Schemas['RepricedLine']>(plus, {
    records: 0, now_pence: 0, other_pence: 0, difference_pence: 0,
  });
  const tariff = (asked.get('tariff') ?? made.year).replace('-', '/');
  const mff = asked.get('mff');
  return {
    title: `${code ? `${made.nameOf(code)} (${code})` : made.commissioner.name}: the year to ${month === '2018-03' ? 'March' : 'February'} 2018 at other prices`,
    prices_now: `tariff of ${made.year} version f26f0e80`,
    prices_other: `tariff of ${tariff} version ${tariff === made.year ? 'f26f0e80' : '1e08e3f1'}${mff ? ` with a market forces factor of ${Number(mff).toFixed(6)} for ${asked.get('provider') || 'all providers'}` : ''}`,
    lines,
    total,
    notes: [
      '3 records have no price in the other list: the HRG is not in this year’s tariff',
      'prescribing has no tariff and is left out; full tariff prices, without readmission and marginal-rate rules',
    ],
    seconds: 0.2,
  };
}
