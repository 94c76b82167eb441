// What the pages ask the server, one function a question. Each names what it keeps its answer under.
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { answered, call, client, type Schemas } from './client';

/** Asked by people who are not signed in, too. */
export const waysToSignIn = () =>
  queryOptions({
    queryKey: ['ways to sign in'],
    queryFn: async () =>
      (await answered(() => client.GET('/api/v1/sign-in'), false)).data as Schemas['WaysToSignIn'],
    // Why the last sign-in failed is told once.
    staleTime: Infinity,
  });

/** Of the server itself; open to everybody. */
export const health = () =>
  queryOptions({
    queryKey: ['health'],
    queryFn: () => call(() => client.GET('/health')) as Promise<Schemas['Health']>,
    staleTime: Infinity,
  });

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

export type VarianceBy = 'line' | 'specialty' | 'hrg' | 'provider' | 'referrer';

/** Why a practice is over or under: kept for a while, it is the same until the month is closed again. */
export const variance = (practice: string, month: string | undefined, by: VarianceBy = 'line', line?: string) =>
  queryOptions({
    queryKey: ['variance', practice, month ?? 'latest', by, line ?? ''],
    staleTime: 300_000,
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/practices/{practice}/variance', {
          params: { path: { practice }, query: { month, by, line } },
        }),
      ) as Promise<Schemas['PracticeVariance']>,
  });

export const whyVariance = (practice: string, part: string, month: string, line?: string) =>
  queryOptions({
    queryKey: ['why variance', practice, part, month, line ?? ''],
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/practices/{practice}/variance/{part}/why', {
          params: { path: { practice, part }, query: { month, line } },
        }),
      ),
  });

export type PatientListKind =
  | 'high_users'
  | 'readmissions'
  | 'ambulatory_care_sensitive'
  | 'long_stays';

export const patients = (practice: string, kind: PatientListKind, month: string) =>
  queryOptions({
    queryKey: ['patients', practice, kind, month],
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/practices/{practice}/patients/{kind}', {
          params: { path: { practice, kind }, query: { month } },
        }),
      ) as Promise<Schemas['PatientList']>,
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

export const peers = (practice: string, month?: string) =>
  queryOptions({
    queryKey: ['peers', practice, month ?? 'latest'],
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/practices/{practice}/peers', {
          params: { path: { practice }, query: { month } },
        }),
      ) as Promise<Schemas['Peers']>,
  });

export const practiceAlerts = (practice: string, month: string) =>
  queryOptions({
    queryKey: ['alerts', practice, month],
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/practices/{practice}/alerts', {
          params: { path: { practice }, query: { month } },
        }),
      ) as Promise<Schemas['AlertList']>,
  });

export const alerts = (month: string) =>
  queryOptions({
    queryKey: ['alerts', month],
    queryFn: () =>
      call(() => client.GET('/api/v1/alerts', { params: { query: { month } } })) as Promise<
        Schemas['AlertList']
      >,
  });

export const alertLetters = () =>
  queryOptions({
    queryKey: ['alert-letters'],
    queryFn: () =>
      call(() => client.GET('/api/v1/session/alert-letters')) as Promise<Schemas['AlertLetters']>,
  });

export const practiceMeasure = (practice: string, measure: string, month?: string) =>
  queryOptions({
    queryKey: ['practice-measure', practice, measure, month ?? 'latest'],
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/practices/{practice}/measures/{measure}', {
          params: { path: { practice, measure }, query: { month } },
        }),
      ) as Promise<Schemas['PracticeMeasure']>,
  });

export const prescribing = (practice: string, month?: string) =>
  queryOptions({
    queryKey: ['prescribing', practice, month ?? 'latest'],
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/practices/{practice}/prescribing', {
          params: { path: { practice }, query: { month } },
        }),
      ) as Promise<Schemas['Prescribing']>,
  });

export const measures = (month?: string) =>
  queryOptions({
    queryKey: ['measures', month ?? 'latest'],
    queryFn: () =>
      call(() => client.GET('/api/v1/measures', { params: { query: { month } } })) as Promise<
        Schemas['MeasureList']
      >,
  });

export const measure = (code: string, month?: string) =>
  queryOptions({
    queryKey: ['measure', code, month ?? 'latest'],
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/measures/{measure}', {
          params: { path: { measure: code }, query: { month } },
        }),
      ) as Promise<Schemas['MeasureComparison']>,
  });

export const summary = (month?: string) =>
  queryOptions({
    queryKey: ['summary', month ?? 'latest'],
    queryFn: () =>
      call(() => client.GET('/api/v1/summary', { params: { query: { month } } })) as Promise<
        Schemas['Summary']
      >,
  });

/** The monthly pack, for what no other page has of it. */
export const pack = (practice: string, month: string) =>
  queryOptions({
    queryKey: ['pack', practice, month],
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/practices/{practice}/pack', {
          params: { path: { practice }, query: { month, format: 'json' } },
        }),
      ) as Promise<Schemas['Pack']>,
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

export const likelyErrors = (practice: string, month?: string) =>
  queryOptions({
    queryKey: ['likely-errors', practice, month ?? 'latest'],
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/practices/{practice}/likely-errors', {
          params: { path: { practice }, query: { month } },
        }),
      ) as Promise<Schemas['Findings']>,
  });

export type ChallengesShown = 'open' | 'all';

export const practiceChallenges = (practice: string) =>
  queryOptions({
    queryKey: ['challenges', practice],
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/practices/{practice}/challenges', { params: { path: { practice } } }),
      ) as Promise<Schemas['Challenges']>,
  });

export const allChallenges = (shown: ChallengesShown) =>
  queryOptions({
    queryKey: ['challenges', 'everybody', shown],
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/challenges', {
          params: { query: shown === 'open' ? { state: 'open' } : {} },
        }),
      ) as Promise<Schemas['Challenges']>,
    placeholderData: keepPreviousData,
  });

/** A challenge with its history and its ETag: a step names the state that its taker saw. */
export const challenge = (practice: string, number: number) =>
  queryOptions({
    queryKey: ['challenge', practice, number],
    queryFn: async () => {
      const { data, response } = await answered(() =>
        client.GET('/api/v1/practices/{practice}/challenges/{challenge}', {
          params: { path: { practice, challenge: number } },
        }),
      );
      return { ...data!, etag: response.headers.get('ETag') ?? `"${data!.last_event}"` };
    },
  });

export const challengeFigures = (practice: string, month?: string) =>
  queryOptions({
    queryKey: ['challenge-figures', practice, month ?? 'latest'],
    queryFn: () =>
      call(() =>
        client.GET('/api/v1/practices/{practice}/challenge-figures', {
          params: { path: { practice }, query: { month } },
        }),
      ) as Promise<Schemas['ChallengeFigures']>,
  });

export const rateOfReturn = (practice?: string) =>
  queryOptions({
    queryKey: ['challenge-return', practice ?? 'everybody'],
    queryFn: () =>
      (practice
        ? call(() =>
            client.GET('/api/v1/practices/{practice}/challenge-return', {
              params: { path: { practice } },
            }),
          )
        : call(() => client.GET('/api/v1/challenge-return'))) as Promise<
        Schemas['ChallengeReturn']
      >,
  });

/** The whole year, page after page. */
export const dataStatus = (year?: string) =>
  queryOptions({
    queryKey: ['data', year ?? 'latest'],
    queryFn: async () => {
      const ask = (cursor?: string) =>
        call(() =>
          client.GET('/api/v1/data', { params: { query: { year, cursor, limit: 500 } } }),
        ) as Promise<Schemas['DataStatusTable']>;
      let page = await ask();
      const items = [...page.items];
      while (page.next !== null) {
        page = await ask(page.next);
        items.push(...page.items);
      }
      return { ...page, items };
    },
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
