// What if: the hospital care of the year at another year's tariff, or with another market forces factor.
// It is worked out when asked for, and neither changed nor kept.
import { useMutation } from '@tanstack/react-query';
import { Button, Form, TextInput } from 'nhsuk-react-components';
import { useState, type FormEvent } from 'react';
import { call, client, type Schemas } from '../api/client';
import { capitalised, inPounds, roughly } from '../figures';
import { Money, useExact } from './exact';
import { FigureTable, type Column } from './figure_table';
import { Section } from './page';
import { Failed } from './states';

type Repriced = Schemas['Repricing'];
type Line = Schemas['RepricedLine'];

interface Prices {
  tariff: string;
  mff: string;
  provider: string;
}

type Wrong = Partial<Record<keyof Prices, string>>;

interface Props {
  /** None: the whole site. */
  practice?: string;
  month: string;
  monthInWords: string;
  /** "your hospital care" */
  care: string;
}

export function Repricing({ practice, month, monthInWords, care }: Props) {
  const work = useMutation({
    mutationFn: (asked: { month: string; prices: Prices }) => reprice(practice, asked.month, asked.prices),
  });
  // An answer about another month is not shown below this one's form.
  const ofThis = work.variables?.month === month;
  return (
    <Section heading="At other prices" id="repricing">
      <p>
        What {care} would come to in the year to {monthInWords} at another year&rsquo;s tariff, or with
        another market forces factor. It changes nothing and is not kept.
      </p>
      <PricesForm pending={work.isPending} onAsk={(prices) => work.mutate({ month, prices })} />
      {ofThis && work.isError ? <Failed fault={work.error} /> : null}
      {ofThis && work.data ? <RepricedLines repriced={work.data} /> : null}
    </Section>
  );
}

function reprice(practice: string | undefined, month: string, prices: Prices): Promise<Repriced> {
  const query = {
    month,
    tariff: prices.tariff || undefined,
    mff: prices.mff || undefined,
    provider: prices.provider || undefined,
  };
  return practice
    ? call(() =>
        client.GET('/api/v1/practices/{practice}/repricing', {
          params: { path: { practice }, query },
        }),
      )
    : call(() => client.GET('/api/v1/repricing', { params: { query } }));
}

/** What is wrong with what was typed, before it is sent. */
export function wrongWith({ tariff, mff, provider }: Prices): Wrong {
  const wrong: Wrong = {};
  if (tariff && !/^[0-9]{4}[/-][0-9]{2}$/.test(tariff)) wrong.tariff = 'Write the year such as 2017/18.';
  if (mff && !/^[0-9]+([.][0-9]{1,6})?$/.test(mff)) {
    wrong.mff = 'Write the factor as a number with a point, such as 1.05.';
  }
  if (provider && !/^[A-Z0-9]{1,8}$/.test(provider)) {
    wrong.provider = 'Write the code with letters and digits only, such as ZX1.';
  } else if (provider && !mff) {
    wrong.provider = 'A provider goes with a factor: write one, or leave this empty.';
  }
  if (!tariff && !mff && !wrong.provider) wrong.tariff = 'Write a year, a factor, or both.';
  return wrong;
}

const nothing: Prices = { tariff: '', mff: '', provider: '' };

function PricesForm({ pending, onAsk }: { pending: boolean; onAsk: (prices: Prices) => void }) {
  const [prices, setPrices] = useState(nothing);
  const [wrong, setWrong] = useState<Wrong>({});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = wrongWith(prices);
    setWrong(found);
    if (!Object.keys(found).length) onAsk(prices);
  };
  const typed = (name: keyof Prices) => ({
    id: `reprice-${name}`,
    name,
    width: 10 as const,
    autoComplete: 'off',
    error: wrong[name],
    value: prices[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const value = event.currentTarget.value.trim();
      setPrices({ ...prices, [name]: name === 'provider' ? value.toUpperCase() : value });
    },
  });
  return (
    <Form className="purse-step-form" onSubmit={submit}>
      <TextInput
        label="Tariff of the year (optional)"
        hint="Such as 2017/18. Left empty, the prices stay those of this year."
        {...typed('tariff')}
      />
      <TextInput
        label="Market forces factor (optional)"
        hint="Such as 1.05, in place of the providers’ own"
        inputMode="decimal"
        {...typed('mff')}
      />
      <TextInput
        label="Provider that the factor is for (optional)"
        hint="Its code, such as ZX1. Left empty, the factor is for all providers."
        {...typed('provider')}
      />
      <Button type="submit" small disabled={pending}>
        {pending ? 'Working it out…' : 'Work it out'}
      </Button>
    </Form>
  );
}

/** "£2.90m now, £2.92m at the other prices: £13,000 more." */
export function repricedInWords(total: Line, write: (pence: number) => string): string {
  const { now_pence: now, other_pence: other, difference_pence: difference } = total;
  const by =
    difference === 0 ? 'the same' : `${write(Math.abs(difference))} ${difference > 0 ? 'more' : 'less'}`;
  return `${write(now)} now, ${write(other)} at the other prices: ${by}.`;
}

export function RepricedLines({ repriced }: { repriced: Repriced }) {
  const { exact } = useExact();
  return (
    <>
      <p className="purse-done" role="status">
        {repricedInWords(repriced.total, exact ? inPounds : roughly)}
      </p>
      <FigureTable
        caption={repriced.title}
        captionShown
        columns={columns}
        rows={repriced.lines}
        foot={[{ ...repriced.total, line: 'total', label: 'Total' }]}
        keyOf={(row) => row.line ?? ''}
      />
      <p className="purse-quiet">
        Now: {repriced.prices_now}. Other prices: {repriced.prices_other}.
      </p>
      {repriced.notes.map((note) => (
        <p className="purse-quiet" key={note}>
          {capitalised(note)}.
        </p>
      ))}
    </>
  );
}

const columns: Column<Line>[] = [
  { id: 'line', heading: 'Line', cell: (row) => row.label },
  { id: 'now', heading: 'Now', number: true, cell: (row) => <Money pence={row.now_pence} /> },
  {
    id: 'other',
    heading: 'At the other prices',
    number: true,
    cell: (row) => <Money pence={row.other_pence} />,
  },
  {
    id: 'difference',
    heading: 'Difference',
    number: true,
    cell: (row) => <Money pence={row.difference_pence} signed />,
  },
];
