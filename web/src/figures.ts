// How figures are written for reading: rounded in sentences, exact on demand. Amounts are whole
// pence. The rounding is that of the program's own `roughly`, so that pages and papers agree.

const minus = '\u2212';

export function grouped(count: number): string {
  const digits = Math.abs(count)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
  return count < 0 ? minus + digits : digits;
}

/** "1,090.7": a rate for 1,000 patients a year. */
export function toOneDecimal(rate: number): string {
  const [whole, tenth] = Math.abs(rate).toFixed(1).split('.');
  const size = `${grouped(Number(whole))}.${tenth}`;
  return rate < 0 && size !== '0.0' ? minus + size : size;
}

/** A count, where its reader may see it. */
export const counted = (count: number | null) => (count === null ? 'too few to show' : grouped(count));

/** "1.9 GB", "64 MB" */
export function inBytes(bytes: number): string {
  const mega = bytes / 1_000_000;
  return mega < 1_000 ? `${Math.max(1, Math.round(mega))} MB` : `${(mega / 1_000).toFixed(1)} GB`;
}

/** "£1,234.56" */
export function inPounds(pence: number): string {
  const size = Math.abs(pence);
  const pounds = Math.floor(size / 100);
  return `${pence < 0 ? minus : ''}£${grouped(pounds)}.${String(size % 100).padStart(2, '0')}`;
}

/** "£48", "£1,700", "£48,000", "£2.31m": what a sentence says. */
export function roughly(pence: number): string {
  const pounds = Math.floor((Math.abs(pence) + 50) / 100);
  const sign = pence < 0 ? minus : '';
  const toNearest = (step: number) => Math.floor((pounds + step / 2) / step) * step;
  if (pounds < 1_000) return `${sign}£${pounds}`;
  if (pounds < 9_950) return `${sign}£${grouped(toNearest(100))}`;
  if (pounds < 999_500) return `${sign}£${grouped(toNearest(1_000))}`;
  return `${sign}£${(toNearest(10_000) / 1_000_000).toFixed(2)}m`;
}

/** "£48,123" */
export function toThePound(pence: number): string {
  const pounds = Math.floor((Math.abs(pence) + 50) / 100);
  return `${pence < 0 && pounds ? minus : ''}£${grouped(pounds)}`;
}

interface Range {
  low_pence: number;
  high_pence: number;
}

/** How ranges beside each other are written: as roughly as tells their ends and each other apart. */
export function writerOf(...ranges: Range[]): (pence: number) => string {
  const tells = (write: (pence: number) => string) => {
    const words = ranges.map((one) => [write(one.low_pence), write(one.high_pence)] as const);
    const differ = ranges.every((one, at) => one.low_pence === one.high_pence || words[at]![0] !== words[at]![1]);
    const exact = ranges.map((one) => `${one.low_pence} ${one.high_pence}`);
    return differ && new Set(words.map(String)).size === new Set(exact).size;
  };
  return [roughly, toThePound].find(tells) ?? inPounds;
}

/** "+£1,700", "−£300": more or less than expected. */
export function signedRoughly(pence: number): string {
  return (pence > 0 ? '+' : '') + roughly(pence);
}

/** "Records under challenge": a phrase as the beginning of a sentence. */
export function capitalised(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

export function signedPounds(pence: number): string {
  return (pence > 0 ? '+' : '') + inPounds(pence);
}

/** "£48,000 over", "£300 under", "as budgeted". */
export function overOrUnder(pence: number): string {
  if (pence === 0) return 'as budgeted';
  return `${roughly(Math.abs(pence))} ${pence > 0 ? 'over' : 'under'}`;
}

/** "4.1% over"; a tenth of a percent is as fine as a reader needs. */
export function shareOverOrUnder(variance: number, budget: number): string | null {
  if (budget === 0) return null;
  const tenths = Math.round((Math.abs(variance) * 1000) / Math.abs(budget));
  if (tenths === 0) return 'less than 0.1%';
  return `${(tenths / 10).toFixed(1)}% ${variance > 0 ? 'over' : 'under'}`;
}

const monthNames = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October',
  'November', 'December',
];

/** "2018-03" as "March 2018" */
export function monthInWords(month: string): string {
  const [year, number] = month.split('-');
  return `${monthNames[Number(number) - 1] ?? number} ${year}`;
}

/** "2018-03" as "Mar 2018", for narrow places */
export function shortMonth(month: string): string {
  const [year, number] = month.split('-');
  return `${(monthNames[Number(number) - 1] ?? number ?? '').slice(0, 3)} ${year}`;
}

/** "2026-05-01" as "1 May 2026" */
export function dayInWords(date: string): string {
  const [year, month, day] = date.slice(0, 10).split('-');
  return `${Number(day)} ${monthNames[Number(month) - 1] ?? month} ${year}`;
}

/** An instant in UTC as the day and time in England: "1 May 2026, 10:05". */
export function instantInWords(at: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit',
    minute: '2-digit', hour12: false,
  }).formatToParts(new Date(at));
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('day')} ${of('month')} ${of('year')}, ${of('hour')}:${of('minute')}`;
}

/** "12 days left", "1 day left", "last day", "3 days late" */
export function daysLeft(days: number): string {
  if (days === 0) return 'last day';
  const count = Math.abs(days);
  return `${count} ${count === 1 ? 'day' : 'days'} ${days > 0 ? 'left' : 'late'}`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** "2017/18" in an address: "2017-18" */
export const yearInAddress = (year: string) => year.replace('/', '-');
export const yearFromAddress = (year: string) => year.replace('-', '/');
