// A server of made-up answers for developing the pages and testing their parts: it speaks the contract
// of api/openapi.yaml, keeps what it is told for as long as it runs, and is the same at every start.
import type { components } from '../src/api/schema.ts';
import { Challenges } from './challenges.ts';
import { Dialogues, drafts, roleWords, sideOf, waterfall } from './dialogue.ts';
import * as made from './made_up.ts';
import { batchOf, recordWorking } from './loads.ts';
import * as measures from './measures.ts';
import { pack } from './pack.ts';
import { repricing } from './repricing.ts';

type Schemas = components['schemas'];
type Role = Schemas['Role'];

export const password = 'correct horse battery staple';

interface Person {
  full_name: string;
  role: Role;
  practice: string;
  code?: string;
}

export const people: Record<string, Person> = {
  'p.finch': { full_name: 'Dr P Finch', role: 'practice_gp', practice: 'X90001' },
  'm.reed': { full_name: 'M Reed', role: 'practice_manager', practice: 'X90001' },
  'f.moss': { full_name: 'F Moss', role: 'commissioner_finance', practice: '' },
  'i.lane': { full_name: 'I Lane', role: 'commissioner_information', practice: '' },
  'l.hart': { full_name: 'L Hart', role: 'commissioner_pbc_lead', practice: '', code: '123456' },
  'a.dunn': { full_name: 'A Dunn', role: 'administrator', practice: '' },
  'v.stone': { full_name: 'V Stone', role: 'arbiter', practice: '' },
};

const reads = ['read_statement', 'read_budget', 'read_small_counts'];
const practice_reads = [...reads, 'read_challenges', 'query_record'];
const staff = [...reads, 'read_summary', 'read_drafts', 'read_loads', 'compare_practices'];
const rights: Partial<Record<Role, string[]>> = {
  practice_gp: [...practice_reads, 'read_patient_rows', 'rebase_chart', 'comment_on_budget', 'agree_budget'],
  practice_manager: [...practice_reads, 'comment_on_budget'],
  commissioner_finance: [...staff, 'read_challenges', 'answer_query', 'show_budget_data', 'offer_budget', 'close_month'],
  commissioner_information: [...staff, 'read_challenges', 'answer_query', 'show_budget_data', 'load_records', 'close_month'],
  commissioner_pbc_lead: [...staff, 'show_budget_data', 'offer_budget'],
  administrator: ['manage_accounts', 'search_audit'],
  arbiter: ['read_budget'],
};

const problem = (status: number, title: string, detail: string, type = '/problems/refused') =>
  Response.json(
    { type, title, status, detail, request_id: '3f2a9c1d00000001' } satisfies Schemas['Problem'],
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );

const forbidden = (what: string) =>
  problem(403, 'Not allowed', `Your role does not ${what}. Your own practice's figures are open to you.`);

type Handler = (asked: Asked) => Response | Promise<Response>;
interface Asked {
  request: Request;
  url: URL;
  parts: string[];
  who: string;
  person: Person;
}

export class Mock {
  private letters = new Map<string, Schemas['AlertFrequency']>();
  private sessions = new Map<string, string>();
  private made = 0;
  private dialogues = new Dialogues();
  private kept_challenges = new Challenges();
  private jobs: Schemas['Job'][] = [];
  private accounts: Schemas['Account'][] = Object.entries(people).map(([name, person]) => accountOf(name, person));
  private batches = 45;
  /** How long a job takes, in steps of this many milliseconds. */
  pace = 40;

  /** Every session ends, as after a long lunch. */
  endSessions() {
    this.sessions.clear();
  }

  async handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const path = url.pathname.replace(/^\/api\/v1/, '');
    const cookie = /__Host-purse=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? '';
    if (path === '/health') return Response.json(made.health);
    if (path === '/session' && request.method === 'POST') return this.signIn(request);
    if (path === '/sign-in') return Response.json({ provider: null, says: null } satisfies Schemas['WaysToSignIn']);
    if (path === '/password-links') return new Response(null, { status: 202 });
    if (path === '/password-links/used') return new Response(null, { status: 204 });
    const who = this.sessions.get(cookie);
    if (!who) return problem(401, 'Nobody is signed in', 'Sign in first.');
    const changes = request.method !== 'GET';
    if (changes && request.headers.get('X-CSRF-Token') !== `token-${cookie}`) {
      return problem(403, 'Not allowed', 'The request does not come from these pages.');
    }
    if (path === '/session' && request.method === 'DELETE') {
      this.sessions.delete(cookie);
      return new Response(null, { status: 204 });
    }
    const asked = { request, url, parts: path.split('/').slice(1), who, person: people[who]! };
    if (path === '/session') return Response.json(this.session(who, cookie));
    const handler = this.handlerOf(asked);
    return handler ? handler(asked) : problem(404, 'Not found', 'There is no such thing.');
  }

  private handlerOf({ parts, person }: Asked): Handler | undefined {
    const may = (right: string) => rights[person.role]?.includes(right) ?? false;
    const [first, second, third] = parts;
    if (first === 'practices' && second) {
      if (person.practice && person.practice !== second) return () => forbidden(`show ${second}`);
      if (third === 'alerts') return this.alerts;
      if (['peers', 'measures', 'prescribing'].includes(third ?? '')) return this.compared;
      if (third?.startsWith('challenge') || third === 'likely-errors') {
        return may('read_challenges') ? this.practiceChallenges : () => forbidden('show challenges');
      }
      return third === 'budgets' ? this.budget : this.figures;
    }
    switch (first) {
      case 'session':
        return this.secrets;
      case 'months':
        return parts.length > 1 ? this.close : () => Response.json({ items: made.closings });
      case 'practices':
        return this.practices;
      case 'summary':
        return may('read_summary') ? this.summary : () => forbidden('show all practices');
      case 'forecast':
        return may('read_summary') ? this.forecasts : () => forbidden('show all practices');
      case 'repricing':
        return may('read_drafts') ? this.repricing : () => forbidden('read drafts of budgets');
      case 'alerts':
        return may('compare_practices') ? this.alerts : () => forbidden('compare practices');
      case 'measures':
        return may('compare_practices') ? this.measures : () => forbidden('compare practices');
      case 'budgets':
        return may('read_budget') && !person.practice ? this.budgets : () => forbidden('show other practices');
      case 'challenges':
      case 'challenge-return':
      case 'challenge-files':
        return may('answer_query') ? this.challenges : () => forbidden('show all challenges');
      case 'data':
        return () => Response.json(made.dataStatus());
      case 'batches':
        return this.loads;
      case 'uploads':
        return this.upload;
      case 'jobs':
        return this.job;
      case 'audit':
        return may('search_audit') ? this.audit : () => forbidden('search the audit trail');
      case 'accounts':
        return may('manage_accounts') ? this.account : () => forbidden('manage accounts');
      default:
        return undefined;
    }
  }

  private alerts: Handler = ({ url, parts }) => {
    const month = url.searchParams.get('month') ?? made.latest;
    return Response.json(measures.alerts(month, parts[0] === 'practices' ? parts[1] : undefined));
  };

  private compared: Handler = ({ request, url, parts }) => {
    const [, practice, what, measure] = parts;
    const month = url.searchParams.get('month') ?? made.latest;
    if (request.method === 'POST') return new Response(null, { status: 204 });
    const found =
      what === 'peers'
        ? measures.peers(practice!, month)
        : what === 'prescribing'
          ? measures.prescribing(practice!, month)
        : measures.practiceMeasure(practice!, measure!, month);
    return found ? Response.json(found) : problem(404, 'Not found', 'There is no such measure.');
  };

  private measures: Handler = ({ url, parts }) => {
    const month = url.searchParams.get('month') ?? made.latest;
    const found = parts[1] ? measures.comparison(parts[1], month) : measures.measureList(month);
    return found ? Response.json(found) : problem(404, 'Not found', 'There is no such measure.');
  };

  private async signIn(request: Request): Promise<Response> {
    const given = (await request.json()) as Schemas['SignIn'];
    const person = people[given.name];
    if (!person || given.password !== password) {
      return problem(401, 'Not signed in', 'The name or the password is wrong. Try again.');
    }
    if (person.code && given.code !== person.code) {
      return problem(
        401,
        'A code is needed',
        given.code ? 'That code is wrong, or its half minute has passed.' : 'Enter the code.',
        '/problems/second-factor',
      );
    }
    this.made += 1;
    const cookie = `s${this.made}`;
    this.sessions.set(cookie, given.name);
    return Response.json(this.session(given.name, cookie), {
      headers: { 'Set-Cookie': `__Host-purse=${cookie}; Path=/; Secure; HttpOnly; SameSite=Strict` },
    });
  }

  private session(name: string, cookie: string): Schemas['Session'] {
    const person = people[name]!;
    return {
      name,
      full_name: person.full_name,
      role: person.role,
      role_in_words: roleWords[person.role],
      side: sideOf(person.role),
      organisation: person.practice
        ? { code: person.practice, name: made.nameOf(person.practice), kind: 'practice' }
        : { ...made.commissioner, kind: 'commissioner' },
      may: rights[person.role] ?? [],
      csrf: `token-${cookie}`,
      expires_at: '2018-04-19T17:00:00Z',
      commissioner: made.commissioner,
      latest_month: made.latest,
      budget_year: made.budgetYear,
      largest_upload_bytes: 100_000_000,
    };
  }

  private secrets: Handler = async ({ request, parts, who }) => {
    if (parts[1] === 'alert-letters') {
      if (request.method === 'PUT') {
        const { how_often } = (await request.json()) as Schemas['AlertLettersChange'];
        this.letters.set(who, how_often);
      }
      const setting = { how_often: this.letters.get(who) ?? 'none', email: `${who}@purse.example` };
      return Response.json(setting satisfies Schemas['AlertLetters']);
    }
    if (parts[1] === 'password') return new Response(null, { status: 204 });
    if (parts[2] === 'confirmation') {
      return Response.json({ recovery_codes: ['4f7k-22ab', '9xq1-mm0c', 'p2d8-71rz'] });
    }
    return Response.json({
      secret: 'JBSWY3DPEHPK3PXP',
      uri: 'otpauth://totp/Purse:p.finch?secret=JBSWY3DPEHPK3PXP&issuer=Purse',
    });
  };

  private practices: Handler = ({ url, person }) => {
    const q = (url.searchParams.get('q') ?? '').toLowerCase();
    const items = made.practices.filter(
      (one) =>
        (!person.practice || one.code === person.practice) &&
        (one.name.toLowerCase().includes(q) || one.code.toLowerCase().includes(q)),
    );
    return Response.json({ items, next: null } satisfies Schemas['Practices']);
  };

  private figures: Handler = ({ url, parts, person }) => {
    const [, code = '', , line] = parts;
    const month = url.searchParams.get('month') ?? made.latest;
    if (!made.closings.some((one) => one.month === month)) {
      return problem(404, 'Not found', `${month} has not been closed.`);
    }
    if (parts[2] === 'forecast') {
      const answer = line ? made.whyForecast(code, line, month) : made.yearEnd(code, month);
      return answer
        ? Response.json(answer)
        : problem(404, 'Not found', `There is no forecast of ${code} in this month.`);
    }
    if (parts[2] === 'pack') {
      if ((url.searchParams.get('format') ?? 'json') !== 'json') {
        return new Response('%PDF-1.7 made up', { headers: { 'Content-Type': 'application/pdf' } });
      }
      const found = pack(code, month);
      return found ? Response.json(found) : problem(404, 'Not found', `There is no practice ${code} in this month.`);
    }
    if (parts[2] === 'repricing') return repriced(url, month, code);
    if (parts[2] === 'records') return Response.json(recordWorking(parts[3]!));
    if (parts[2] === 'patients') {
      return person.role === 'practice_gp'
        ? Response.json(made.patientList(code, parts[3]!, month))
        : forbidden('show rows of single patients');
    }
    if (parts[2] === 'variance') {
      const asked = url.searchParams.get('line') ?? undefined;
      const variance = made.variance(code, month, url.searchParams.get('by') ?? 'line', asked);
      if (!variance) return problem(404, 'Not found', `There is no practice ${code} in this month.`);
      return Response.json(parts[4] === 'why' ? made.whyVariance(variance, parts[3]!) : variance);
    }
    if (line) {
      const why = made.why(code, line, month);
      if (!why) return problem(404, 'Not found', `The statement has no line "${line}".`);
      if (person.role === 'practice_gp') return Response.json(why);
      return Response.json({
        ...why,
        records: [],
        records_hidden: 'Single records are shown to the practice’s clinicians only.',
      } satisfies Schemas['Why']);
    }
    const statement = made.statement(code, month);
    return statement
      ? Response.json(statement)
      : problem(404, 'Not found', `There is no practice ${code} in this month.`);
  };

  private summary: Handler = ({ url }) =>
    Response.json(
      made.summary(
        url.searchParams.get('month') ?? made.latest,
        (code) => {
          const { state, state_in_words, draft, net_pence, must_act } = this.dialogues.standing(code);
          return { state, state_in_words, draft, net_pence, must_act };
        },
        drafts[1]!,
      ),
    );

  private forecasts: Handler = ({ url }) =>
    Response.json(made.allYearEnds(url.searchParams.get('month') ?? made.latest));

  private repricing: Handler = ({ url }) => repriced(url, url.searchParams.get('month') ?? made.latest);

  private budgets: Handler = async ({ request, parts, person }) => {
    if (parts[2] === 'drafts') return Response.json({ items: drafts });
    if (parts[2] === 'steps') {
      const step = (await request.json()) as Schemas['StepForAll'];
      const done = made.practices.map(
        ({ code }) =>
          [code, this.dialogues.act(code, { name: person.full_name, role: person.role }, step)] as const,
      );
      return Response.json({
        taken: done.flatMap(([, event]) => (typeof event === 'string' ? [] : [event])),
        left_out: done.flatMap(([practice, why]) => (typeof why === 'string' ? [{ practice, why }] : [])),
      } satisfies Schemas['StepsTaken']);
    }
    const standings = made.practices.map(({ code }) => this.dialogues.standing(code));
    const counts: Record<string, number> = {};
    for (const { state } of standings) counts[state] = (counts[state] ?? 0) + 1;
    return Response.json({
      year: made.budgetYear,
      today: made.today,
      scheme: 'pbc-2009',
      dates: this.dialogues.of('X90001').dates,
      counts,
      late: standings.filter((one) => one.must_act.late).length,
      practices: standings,
      notes: [],
      indicative: made.indicative,
    } satisfies Schemas['BudgetYear']);
  };

  private budget: Handler = async ({ request, url, parts, person }) => {
    const code = parts[1]!;
    if (!made.practices.some((one) => one.code === code)) {
      return problem(404, 'Not found', `There is no practice ${code}.`);
    }
    if (parts[4] === 'waterfall') {
      const draft = url.searchParams.get('draft') ?? 'first offer';
      const line = url.searchParams.get('line') as Schemas['BudgetLine'] | null;
      return Response.json(waterfall(code, draft, line ?? undefined));
    }
    const dialogue = this.dialogues.of(code, person.role);
    const tag = `"${dialogue.last_event}"`;
    if (request.method === 'GET') return Response.json(dialogue, { headers: { ETag: tag } });
    if (request.headers.get('If-Match') !== tag) {
      return problem(412, 'Changed meanwhile', 'Somebody else took a step since you looked. Look again.');
    }
    const step = (await request.json()) as Schemas['Step'];
    const event = this.dialogues.act(code, { name: person.full_name, role: person.role }, step);
    if (typeof event === 'string') return problem(409, 'Not now', event);
    return Response.json(event, { status: 201, headers: { ETag: `"${event.hash}"` } });
  };

  private practiceChallenges: Handler = async ({ request, url, parts, person }) => {
    const [, code = '', what, number, steps] = parts;
    const who = { name: person.full_name, role: person.role };
    const kept = this.kept_challenges;
    if (what === 'likely-errors' && number === 'dismissed') {
      kept.dismiss(((await request.json()) as Schemas['DismissedFinding']).key);
      return new Response(null, { status: 204 });
    }
    if (what === 'likely-errors') return Response.json(kept.findings());
    if (what === 'challenge-figures') return Response.json(kept.figures(code));
    if (what === 'challenge-return') return Response.json(kept.returned(code));
    if (!number && request.method === 'POST') {
      const made = kept.mark(code, who, (await request.json()) as Schemas['ChallengeMark']);
      if (typeof made === 'string') return problem(409, 'Not now', made);
      return Response.json(made, { status: 201, headers: { ETag: `"${made.last_event}"` } });
    }
    if (!number) return Response.json(kept.list(code, url.searchParams.get('state')));
    const challenge = kept.find(code, Number(number), person.role);
    if (!challenge) return problem(404, 'Not found', `There is no challenge ${number}.`);
    const tag = `"${challenge.last_event}"`;
    if (!steps) return Response.json(challenge, { headers: { ETag: tag } });
    if (request.headers.get('If-Match') !== tag) {
      return problem(412, 'Changed meanwhile', 'Somebody else took a step since you looked. Look again.');
    }
    const event = kept.act(challenge, who, (await request.json()) as Schemas['ChallengeStep']);
    if (typeof event === 'string') return problem(409, 'Not now', event);
    return Response.json(event, { status: 201, headers: { ETag: `"${event.hash}"` } });
  };

  private challenges: Handler = async ({ request, url, parts, person }) => {
    const kept = this.kept_challenges;
    if (parts[0] === 'challenge-return') return Response.json(kept.returned(null));
    if (parts[0] === 'challenges') return Response.json(kept.list(null, url.searchParams.get('state')));
    if (parts[2] !== 'answers') return new Response(kept.file(), { headers: { 'Content-Type': 'text/csv' } });
    const { text } = (await request.json()) as Schemas['ProviderAnswersFile'];
    return Response.json(kept.answers({ name: person.full_name, role: person.role }, text));
  };

  private loads: Handler = ({ url, parts }) => {
    if (parts[2] === 'changes') {
      if (parts[1] === '1') {
        return problem(404, 'Not found', 'There is no extract before load 1 to compare it with.');
      }
      return Response.json(made.loadChanges(Number(parts[1])));
    }
    if (parts[2] === 'rejects') {
      const lines = ['line,column,value,reason,severity,remedy'];
      for (let at = 1; at <= 3; at += 1) {
        lines.push(`${at * 41},discharge_date,"31/02/2018, ${at}",bad_date,reject,Give a day that exists`);
      }
      return new Response(`${lines.join('\r\n')}\r\n`, { headers: { 'Content-Type': 'text/csv' } });
    }
    const begin = Number(url.searchParams.get('cursor') ?? this.batches);
    const items = Array.from({ length: Math.min(25, begin) }, (_, at) => batchOf(begin - at));
    const next = begin > 25 ? String(begin - 25) : null;
    return Response.json({ items, next } satisfies Schemas['Batches']);
  };

  private begin(kind: 'load' | 'close', title: string, by: string, last: Partial<Schemas['Job']>) {
    const job: Schemas['Job'] = {
      job: this.jobs.length + 1,
      kind,
      title,
      state: 'waiting',
      by,
      started_at: null,
      ended_at: null,
      done: 0,
      all: 0,
      records: 0,
      says: null,
      problem: null,
      result: null,
    };
    this.jobs.unshift(job);
    let at = 0;
    const step = () => {
      at += 1;
      if (at > 5) {
        Object.assign(job, { state: 'done', done: job.all, ...last });
        return;
      }
      Object.assign(job, { state: 'running', all: 5_000, done: at * 900, records: at * 240 });
      setTimeout(step, this.pace);
    };
    setTimeout(step, this.pace);
    return Response.json(job, { status: 202 });
  }

  private upload: Handler = async ({ request, url, who }) => {
    const given = url.searchParams;
    const body = await request.text();
    if (!body.includes(',')) {
      return problem(
        400,
        'This is no such file',
        `${given.get('file_name')} is not an extract: its first line names no columns. Nothing was loaded.`,
      );
    }
    this.batches += 1;
    return this.begin('load', `load ${given.get('data_set')} of ${given.get('month')} (${given.get('extract')})`, who, {
      says: '1,202 records were taken and 3 rejected.',
      result: { batch: this.batches, already_loaded: false, rows_in: 1_205, accepted: 1_202, rejected: 3 },
    });
  };

  private close: Handler = ({ parts, who }) =>
    this.begin('close', `close ${parts[1]}`, who, {
      says: `${parts[1]} is closed: closing 3.`,
      result: { month: parts[1], closing: 3, already_closed: false, warnings: [] },
    });

  private job: Handler = ({ parts }) => {
    if (!parts[1]) return Response.json({ items: this.jobs });
    const job = this.jobs.find((one) => one.job === Number(parts[1]));
    if (!job) return problem(404, 'Not found', 'There is no such job.');
    if (parts[2] !== 'events') return Response.json(job);
    const pace = this.pace;
    let open = true;
    return new Response(
      new ReadableStream({
        async start(stream) {
          const say = (name: string) => {
            const text = `event: ${name}\ndata: ${JSON.stringify(job)}\n\n`;
            if (open) stream.enqueue(new TextEncoder().encode(text));
          };
          while (open && job.state !== 'done' && job.state !== 'failed') {
            say('progress');
            await new Promise((later) => setTimeout(later, pace));
          }
          say('ended');
          if (open) stream.close();
        },
        cancel() {
          open = false;
        },
      }),
      { headers: { 'Content-Type': 'text/event-stream' } },
    );
  };

  private audit: Handler = ({ url }) => {
    const who = url.searchParams.get('who');
    const all = Array.from({ length: 60 }, (_, at) => auditEntry(60 - at)).filter(
      (entry) => !who || entry.who === who,
    );
    const begin = Number(url.searchParams.get('cursor') ?? 0);
    const next = begin + 50 < all.length ? String(begin + 50) : null;
    return Response.json({ items: all.slice(begin, begin + 50), next } satisfies Schemas['AuditEntries']);
  };

  private account: Handler = async ({ request, parts }) => {
    const found = this.accounts.find((one) => one.name === parts[1]);
    const link = (account: Schemas['Account']) =>
      ({ account, link: 'https://purse.example/new-password#one-time-token' }) satisfies Schemas['AccountWithLink'];
    if (!parts[1] && request.method === 'POST') {
      const given = (await request.json()) as Schemas['NewAccount'];
      if (!/^[a-z0-9._-]{1,60}$/.test(given.name)) {
        return problem(400, 'Something given is wrong', 'The name to sign in with has small letters, digits, dots, dashes.');
      }
      if (this.accounts.some((one) => one.name === given.name)) {
        return problem(409, 'Exists already', `There is an account ${given.name} already.`);
      }
      const account = {
        ...accountOf(given.name, { full_name: given.full_name, role: given.role, practice: given.practice ?? '' }),
        has_password: false,
      };
      this.accounts.push(account);
      return Response.json(link(account), { status: 201 });
    }
    if (!parts[1]) return Response.json({ items: this.accounts });
    if (!found) return problem(404, 'Not found', `There is no account ${parts[1]}.`);
    if (parts[2] === 'link') return Response.json(link(found));
    if (request.method === 'PATCH') {
      Object.assign(found, (await request.json()) as Schemas['AccountChange']);
    }
    return Response.json(found, { headers: { ETag: `"${found.name}"` } });
  };
}

/** The year at other prices, or why not. */
function repriced(url: URL, month: string, code?: string): Response {
  const found = repricing(month, url.searchParams, code);
  return 'says' in found
    ? problem(found.status, found.title, found.says)
    : Response.json(found satisfies Schemas['Repricing']);
}

function accountOf(name: string, person: Person): Schemas['Account'] {
  return {
    name,
    full_name: person.full_name,
    email: `${name}@example.org`,
    role: person.role,
    role_in_words: roleWords[person.role],
    practice: person.practice,
    commissioner: person.practice ? '' : made.commissioner.code,
    is_locked: false,
    has_password: true,
    has_second_factor: Boolean(person.code),
    made_at: '2017-01-01T00:00:00Z',
  };
}

function auditEntry(number: number): Schemas['AuditEntries']['items'][number] {
  const who = ['p.finch', 'f.moss', 'i.lane'][number % 3]!;
  return {
    number,
    at: new Date(Date.parse('2018-04-01T08:00:00Z') + number * 3_600_000).toISOString(),
    who,
    role: people[who]!.role,
    address: '127.0.0.1',
    action: ['read_patient_rows', 'offer_budget', 'load_records'][number % 3]!,
    subject: made.practices[number % 12]!.code,
    detail: '2018-03 non_elective',
    hash: (number * 7_919_999).toString(16).padStart(12, '0'),
  };
}
