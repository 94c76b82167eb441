// What was loaded, and how one record of it was priced.
import type { components } from '../src/api/schema.ts';

type Schemas = components['schemas'];

export function batchOf(number: number): Schemas['Batches']['items'][number] {
  const set = (['apc', 'op', 'ae', 'prescribing'] as const)[number % 4]!;
  return {
    number,
    data_set: set,
    month: '2018-03',
    extract: 'flex',
    files: [`2018-03-${set}-flex.csv`],
    layout: `purse-${set}`,
    loaded_at: '2018-04-17T09:00:00Z',
    rows_in: 1_205,
    accepted: 1_205 - (number % 4),
    rejected: number % 4,
    warned: 0,
    reasons: number % 4 ? [{ reason: 'bad_date', severity: 'reject', count: number % 4 }] : [],
    has_rejects: number % 4 > 0,
  };
}

export function recordWorking(record: string): Schemas['Working'] {
  return {
    title: `Spell ${record}: EB03D, emergency, 25 days`,
    steps: [
      { says: 'Price of EB03D for a non-elective spell', arithmetic: '', amount_pence: 512_300, source: { document: '2017/18 tariff workbook', place: 'sheet 1a row 1204' } },
      { says: '4 days beyond the trim point of 21, at £229.00', arithmetic: '4 × £229.00', amount_pence: 91_600, source: { document: '2017/18 tariff workbook', place: 'sheet 1a row 1204' } },
    ],
    result_pence: 603_900,
  };
}
