// The audit trail: who did what to what, and when.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Form, TextInput } from 'nhsuk-react-components';
import { useState, type FormEvent } from 'react';
import { useLocation, useSearch } from 'wouter';
import { call, client, type Schemas } from '../api/client';
import { instantInWords } from '../figures';
import { FigureTable, type Column } from '../parts/figure_table';
import { Downloads, Page, Section } from '../parts/page';
import { Asked } from '../parts/states';

type Entry = Schemas['AuditEntries']['items'][number];

const names = ['who', 'action', 'subject', 'from', 'to'] as const;
type Asked_ = Partial<Record<(typeof names)[number], string>>;

const askedIn = (search: string): Asked_ => {
  const given = new URLSearchParams(search);
  return Object.fromEntries(
    names.flatMap((name) => (given.get(name) ? [[name, given.get(name)!]] : [])),
  );
};

const words = (name: string) => name.replaceAll('_', ' ');

const columns: Column<Entry>[] = [
  { id: 'at', heading: 'When', cell: (row) => instantInWords(row.at) },
  {
    id: 'who',
    heading: 'Who',
    cell: (row) => (row.role ? `${row.who}, ${words(row.role)}` : row.who),
  },
  { id: 'action', heading: 'What', cell: (row) => words(row.action) },
  { id: 'subject', heading: 'To what', cell: (row) => row.subject },
  { id: 'detail', heading: 'Detail', cell: (row) => row.detail },
  { id: 'address', heading: 'From', cell: (row) => row.address },
  {
    id: 'hash',
    heading: 'Seal',
    cell: (row) => <code className="purse-seal">{row.hash.slice(0, 8)}</code>,
  },
];

export default function AuditPage() {
  const search = useSearch();
  const given = askedIn(search);
  const asked = useInfiniteQuery({
    queryKey: ['audit', given],
    queryFn: ({ pageParam }) =>
      call(() =>
        client.GET('/api/v1/audit', {
          params: {
            query: { ...given, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) },
          },
        }),
      ) as Promise<Schemas['AuditEntries']>,
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const rows = asked.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title="Audit trail">
      <p>
        Every entry is sealed to the one before it: an altered, missing or added entry is found by{' '}
        <code>purse verify</code>.
      </p>
      <SearchForm key={search} given={given} />
      <Section
        heading="Entries, newest first"
        id="entries"
        tools={
          <Downloads
            of={`/api/v1/audit?${new URLSearchParams(given as Record<string, string>)}`}
            what="these entries"
          />
        }
      >
        <Asked of={asked} what="the audit trail">
          {() =>
            rows.length === 0 ? (
              <p>Nothing was done that fits these words and days.</p>
            ) : (
              <>
                <FigureTable
                  caption="Entries of the audit trail, newest first"
                  columns={columns}
                  rows={rows}
                  keyOf={(row) => String(row.number)}
                />
                {asked.hasNextPage ? (
                  <Button
                    type="button"
                    secondary
                    disabled={asked.isFetchingNextPage}
                    onClick={() => void asked.fetchNextPage()}
                  >
                    Show older entries
                  </Button>
                ) : null}
              </>
            )
          }
        </Asked>
      </Section>
    </Page>
  );
}

const labels: Record<(typeof names)[number], string> = {
  who: 'Who (an account’s name)',
  action: 'What was done',
  subject: 'To what (a practice, a month, an account)',
  from: 'From day',
  to: 'To day',
};

function SearchForm({ given }: { given: Asked_ }) {
  const [, go] = useLocation();
  const [typed, setTyped] = useState<Asked_>(given);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = Object.entries(typed).filter(([, value]) => value?.trim());
    const text = new URLSearchParams(wanted as [string, string][]).toString();
    go(text ? `/audit?${text}` : '/audit');
  };
  return (
    <Form className="purse-filter" onSubmit={submit} role="search" aria-label="Audit trail">
      {names.map((name) => (
        <TextInput
          key={name}
          id={`audit-${name}`}
          name={name}
          label={labels[name]}
          type={name === 'from' || name === 'to' ? 'date' : 'text'}
          autoComplete="off"
          value={typed[name] ?? ''}
          onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
        />
      ))}
      <Button type="submit" secondary>
        Search the trail
      </Button>
    </Form>
  );
}
