// The data: load an extract, close a month, and what has been loaded.
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { Button, Form, Select, TextInput } from 'nhsuk-react-components';
import { useRef, useState, type FormEvent } from 'react';
import { Link } from 'wouter';
import { call, client, newKey, withToken, type Schemas } from '../api/client';
import * as questions from '../api/questions';
import { sendExtract } from '../api/upload';
import { counted, inBytes, instantInWords, monthInWords, shortMonth, yearInAddress } from '../figures';
import { dataSets } from '../parts/data_state';
import { FigureTable, type Column } from '../parts/figure_table';
import { FollowJob } from '../parts/follow_job';
import { LoadChanges } from '../parts/load_changes';
import { useAddress } from '../parts/month_choice';
import { Downloads, Page, Section } from '../parts/page';
import { ProviderTable } from '../parts/provider_month';
import { Asked, Failed } from '../parts/states';
import { may } from '../session/rights';
import { useSession } from '../session/session';

type Batch = Schemas['Batches']['items'][number];
type Job = Schemas['Job'];

export default function DataPage() {
  const session = useSession();
  return (
    <Page title="Data">
      <Running />
      <div className="purse-panels">
        {may(session, 'load_records') ? <Load /> : null}
        {may(session, 'close_month') ? <CloseMonth /> : null}
      </div>
      <State />
      <Batches />
    </Page>
  );
}

/** What runs now, whoever began it. */
function Running() {
  const { data } = useQuery({ ...questions.jobs(), refetchInterval: 15_000 });
  const running = (data?.items ?? []).filter(
    (job) => job.state === 'running' || job.state === 'waiting',
  );
  if (!running.length) return null;
  return (
    <Section heading="Running now" id="running">
      {running.map((job) => (
        <FollowJob key={job.job} job={job} />
      ))}
    </Section>
  );
}

const monthPattern = /^[0-9]{4}-(0[1-9]|1[0-2])$/;

/** What is wrong with the chosen file before it is sent, if anything is. */
function wrongWith(chosen: File | undefined, largest: number): { file?: string } {
  if (!chosen) return { file: 'Choose a file.' };
  if (chosen.size === 0) return { file: 'The file is empty. Choose another.' };
  if (chosen.size <= largest) return {};
  return {
    file: `The file has ${inBytes(chosen.size)}; the server takes at most ${inBytes(largest)}. Send it in parts, a provider each.`,
  };
}

function Load() {
  const session = useSession();
  const [set, setSet] = useState<Schemas['DataSet']>('apc');
  const [month, setMonth] = useState('');
  const [extract, setExtract] = useState<Schemas['Extract']>('flex');
  const [share, setShare] = useState<number | null>(null);
  const [job, setJob] = useState<Job | null>(null);
  const [missing, setMissing] = useState<{ month?: string; file?: string }>({});
  const file = useRef<HTMLInputElement>(null);
  const send = useMutation({
    mutationFn: (chosen: File) =>
      sendExtract({ file: chosen, data_set: set, month, extract }, newKey(), setShare),
    onMutate: () => setJob(null),
    onSuccess: setJob,
    onSettled: () => setShare(null),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const chosen = file.current?.files?.[0];
    const wrong = {
      ...(monthPattern.test(month) ? {} : { month: 'Write the month as year and month, such as 2018-03.' }),
      ...wrongWith(chosen, session.largest_upload_bytes),
    };
    setMissing(wrong);
    if (chosen && !Object.keys(wrong).length) send.mutate(chosen);
  };
  return (
    <section className="purse-panel" aria-labelledby="load">
      <h2 className="nhsuk-heading-s" id="load">
        Load a month&rsquo;s file
      </h2>
      <Form onSubmit={submit}>
        <Select
          id="set"
          name="set"
          label="Kind of records"
          value={set}
          onChange={(event) => setSet(event.currentTarget.value as Schemas['DataSet'])}
        >
          {Object.entries(dataSets).map(([code, name]) => (
            <Select.Option key={code} value={code}>
              {name}
            </Select.Option>
          ))}
        </Select>
        <TextInput
          id="month"
          name="month"
          label="Month"
          hint="Such as 2018-03"
          width="10"
          autoComplete="off"
          error={missing.month}
          value={month}
          onChange={(event) => setMonth(event.currentTarget.value.trim())}
        />
        <Select
          id="extract"
          name="extract"
          label="Extract"
          value={extract}
          onChange={(event) => setExtract(event.currentTarget.value as Schemas['Extract'])}
        >
          <Select.Option value="early">early</Select.Option>
          <Select.Option value="flex">flex (provisional)</Select.Option>
          <Select.Option value="freeze">freeze (final)</Select.Option>
        </Select>
        <div className={`nhsuk-form-group${missing.file ? ' nhsuk-form-group--error' : ''}`}>
          <label className="nhsuk-label" htmlFor="file">
            File
          </label>
          {missing.file ? (
            <span className="nhsuk-error-message" id="file-error">
              {missing.file}
            </span>
          ) : null}
          <input
            className="nhsuk-file-upload"
            id="file"
            name="file"
            type="file"
            ref={file}
            aria-describedby={missing.file ? 'file-error' : undefined}
          />
        </div>
        <Button type="submit" disabled={send.isPending}>
          {send.isPending ? 'Sending…' : 'Load'}
        </Button>
      </Form>
      {share === null ? null : (
        <p>
          <progress max={1} value={share} aria-label="Sending the file" />{' '}
          {Math.floor(share * 100)}% sent
        </p>
      )}
      {send.isError ? <Failed fault={send.error} /> : null}
      {job ? <FollowJob key={job.job} job={job} /> : null}
    </section>
  );
}

function CloseMonth() {
  const { data } = useQuery(questions.dataStatus());
  const months = [...new Set((data?.items ?? []).map((item) => item.month))].sort().reverse();
  const [chosen, setChosen] = useState('');
  const month = chosen || months[0] || '';
  const close = useMutation({
    mutationFn: () =>
      call(() =>
        client.POST('/api/v1/months/{month}/closings', {
          params: { path: { month }, header: { ...withToken(), 'Idempotency-Key': newKey() } },
        }),
      ) as Promise<Job>,
  });
  return (
    <section className="purse-panel" aria-labelledby="close">
      <h2 className="nhsuk-heading-s" id="close">
        Close a month
      </h2>
      <p>
        Closing prices what is loaded for the year to that month and fixes the figures that practices
        see. A later closing of the same month does not erase this one.
      </p>
      {months.length === 0 ? (
        <p>Nothing is loaded yet.</p>
      ) : (
        <Form
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            close.mutate();
          }}
        >
          <Select
            id="close-month"
            name="month"
            label="Month"
            value={month}
            onChange={(event) => setChosen(event.currentTarget.value)}
          >
            {months.map((one) => (
              <Select.Option key={one} value={one}>
                {monthInWords(one)}
              </Select.Option>
            ))}
          </Select>
          <Button type="submit" disabled={close.isPending}>
            Close {monthInWords(month)}
          </Button>
        </Form>
      )}
      {close.isError ? <Failed fault={close.error} /> : null}
      {close.data ? <FollowJob key={close.data.job} job={close.data} /> : null}
    </section>
  );
}

function State() {
  const [year, setYear] = useAddress('year');
  const [month, setMonth] = useState('');
  const asked = useQuery(questions.dataStatus(year));
  return (
    <Section
      heading="What is loaded"
      id="state"
      tools={
        <Downloads
          of={`/api/v1/data${asked.data?.year ? `?year=${yearInAddress(asked.data.year)}` : ''}`}
          what="what is loaded"
        />
      }
    >
      <Asked of={asked} what="the state of the data">
        {(data) => {
          const months = [...new Set(data.items.map((item) => item.month))].sort().reverse();
          const shown = months.includes(month) ? month : (months[0] ?? '');
          if (!shown) return <p>Nothing is loaded yet.</p>;
          return (
            <>
              <div className="purse-choices">
                <span className="purse-choice">
                  <label htmlFor="state-year">Year</label>
                  <select
                    className="nhsuk-select"
                    id="state-year"
                    value={data.year ?? ''}
                    onChange={(event) => setYear(yearInAddress(event.target.value))}
                  >
                    {data.years.map((one) => (
                      <option key={one}>{one}</option>
                    ))}
                  </select>
                </span>
                <span className="purse-choice">
                  <label htmlFor="state-month">Month</label>
                  <select
                    className="nhsuk-select"
                    id="state-month"
                    value={shown}
                    onChange={(event) => setMonth(event.target.value)}
                  >
                    {months.map((one) => (
                      <option key={one} value={one}>
                        {monthInWords(one)}
                      </option>
                    ))}
                  </select>
                </span>
              </div>
              <ProviderTable
                items={data.items.filter((item) => item.month === shown)}
                caption={`What is loaded of ${monthInWords(shown)}, by provider`}
              />
            </>
          );
        }}
      </Asked>
    </Section>
  );
}

function Batches() {
  const asked = useInfiniteQuery({
    queryKey: ['batches'],
    queryFn: ({ pageParam }) =>
      call(() =>
        client.GET('/api/v1/batches', {
          params: { query: { limit: 25, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ) as Promise<Schemas['Batches']>,
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const rows = asked.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section
      heading="Every load, newest first"
      id="batches"
      tools={<Downloads of="/api/v1/batches" what="every load" />}
    >
      <Asked of={asked} what="the loads">
        {() =>
          rows.length === 0 ? (
            <p>Nothing has been loaded yet.</p>
          ) : (
            <>
              <FigureTable
                caption="Every load, newest first"
                columns={batchColumns}
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
                  Show older loads
                </Button>
              ) : null}
            </>
          )
        }
      </Asked>
    </Section>
  );
}

const batchColumns: Column<Batch>[] = [
  { id: 'number', heading: 'Load', cell: (row) => row.number },
  {
    id: 'what',
    heading: 'What',
    cell: (row) => `${dataSets[row.data_set]}, ${shortMonth(row.month)}, ${row.extract}`,
  },
  { id: 'file', heading: 'File', cell: (row) => row.files.join(', ') },
  { id: 'at', heading: 'When', cell: (row) => instantInWords(row.loaded_at) },
  {
    id: 'changes',
    heading: 'What changed',
    screenOnly: true,
    cell: (row) => <LoadChanges batch={row.number} />,
  },
  { id: 'accepted', heading: 'Taken', number: true, cell: (row) => counted(row.accepted) },
  {
    id: 'rejected',
    heading: 'Rejected',
    number: true,
    cell: (row) =>
      row.has_rejects ? (
        <Link href={`/data/batches/${row.number}`}>
          {counted(row.rejected)}
          <span className="nhsuk-u-visually-hidden"> rejected of load {row.number}</span>
        </Link>
      ) : (
        counted(row.rejected)
      ),
  },
];
