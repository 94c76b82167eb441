// What the pages ask the server, one function a question. Each names what it keeps its answer under.
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { answered, call, client, type Schemas } from './client';

export const months = () =>
  queryOptions({
    queryKey: ['months'],
    queryFn: () => call(() => client.GET('/api/v1/months')),
  });

export const practices = (q: string) =>
  queryOptions({
    queryKey: ['practices', q],
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/practices', { params: { query: { q, limit: 50 } } }),
      ) as Promise<Schemas['Practices']>,
  });

export const statement = (practice: string, month?: string) =>
  queryOptions({
    queryKey: ['statement', practice, month ?? 'latest'],
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/practices/{practice}/statement', {
          params: { path: { practice }, query: { month } },
        }),
      ) as Promise<Schemas['Statement']>,
  });

export const why = (practice: string, line: string, month: string) =>
  queryOptions({
    queryKey: ['why', practice, line, month],
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/practices/{practice}/statement/{line}/why', {
          params: { path: { practice, line }, query: { month, records: 20 } },
        }),
      ) as Promise<Schemas['Why']>,
  });

export const recordWorking = (
  practice: string,
  record: string,
  set: 'apc' | 'op' | 'ae',
  month: string,
) =>
  queryOptions({
    queryKey: ['record', practice, record, set, month],
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/practices/{practice}/records/{record}/working', {
          params: { path: { practice, record }, query: { month, data_set: set } },
        }),
      ),
  });

export const summary = (month?: string) =>
  queryOptions({
    queryKey: ['summary', month ?? 'latest'],
    queryFn: () =>
      call(() => client.GET('/api/v1/summary', { params: { query: { month } } })) as Promise<
        Schemas['Summary']
      >,
  });

export const forecast = (practice: string, month?: string) =>
  queryOptions({
    queryKey: ['forecast', practice, month ?? 'latest'],
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/practices/{practice}/forecast', {
          params: { path: { practice }, query: { month } },
        }),
      ) as Promise<Schemas['YearEnd']>,
  });

export const whyForecast = (practice: string, line: string, month: string) =>
  queryOptions({
    queryKey: ['forecast', practice, line, month],
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/practices/{practice}/forecast/{line}/why', {
          params: { path: { practice, line }, query: { month } },
        }),
      ) as Promise<Schemas['Working']>,
  });

export const allForecasts = (month?: string) =>
  queryOptions({
    queryKey: ['forecasts', month ?? 'latest'],
    queryFn: () =>
      call(() => client.GET('/api/v1/forecast', { params: { query: { month } } })) as Promise<
        Schemas['YearEnd']
      >,
    retry: false,
  });

export const loadChanges = (batch: number) =>
  queryOptions({
    queryKey: ['changes', batch],
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/batches/{batch}/changes', { params: { path: { batch } } }),
      ) as Promise<Schemas['LoadChanges']>,
    retry: false,
  });

export const budgetYear = (year: string) =>
  queryOptions({
    queryKey: ['budgets', year],
    queryFn: () =>
      call(() => client.GET('/api/v1/budgets/{year}', { params: { path: { year } } })) as Promise<
        Schemas['BudgetYear']
      >,
  });

export const drafts = (year: string) =>
  queryOptions({
    queryKey: ['drafts', year],
    queryFn: () =>
      call(() => client.GET('/api/v1/budgets/{year}/drafts', { params: { path: { year } } })),
  });

export const waterfall = (
  practice: string,
  year: string,
  draft: string | undefined,
  line: Schemas['BudgetLine'] | undefined,
) =>
  queryOptions({
    queryKey: ['waterfall', practice, year, draft ?? '', line ?? ''],
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/practices/{practice}/budgets/{year}/waterfall', {
          params: { path: { practice, year }, query: { draft, line } },
        }),
      ) as Promise<Schemas['Waterfall']>,
    placeholderData: keepPreviousData,
  });

/** The dialogue and its ETag: a step names the state that its taker saw. */
export const dialogue = (practice: string, year: string) =>
  queryOptions({
    queryKey: ['dialogue', practice, year],
    queryFn: async () => {
      const { data, response } = await answered(() =>
        client.GET('/api/v1/practices/{practice}/budgets/{year}/dialogue', {
          params: { path: { practice, year } },
        }),
      );
      return { ...data!, etag: response.headers.get('ETag') ?? `"${data!.last_event}"` };
    },
  });

export const dataStatus = (year?: string) =>
  queryOptions({
    queryKey: ['data', year ?? 'latest'],
    queryFn: () =>
      call(() => client.GET('/api/v1/data', { params: { query: { year } } })) as Promise<
        Schemas['DataStatusTable']
      >,
  });

export const jobs = () =>
  queryOptions({
    queryKey: ['jobs'],
    queryFn: () => call(() => client.GET('/api/v1/jobs')),
  });

export const rejects = (batch: number) =>
  queryOptions({
    queryKey: ['rejects', batch],
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/batches/{batch}/rejects', {
          params: { path: { batch } },
          parseAs: 'text',
        }),
      ),
  });

export const accounts = () =>
  queryOptions({
    queryKey: ['accounts'],
    queryFn: () => call(() => client.GET('/api/v1/accounts')),
  });

export { useQuery };
