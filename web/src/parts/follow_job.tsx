// A load or a closing as it runs, told by the server as it happens.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { call, client, Refused, type Schemas } from '../api/client';
import { grouped, plural } from '../figures';

type Job = Schemas['Job'];

const ended = (job: Job) => job.state === 'done' || job.state === 'failed';

/** The server was started anew, and knows nothing of jobs before that. */
const forgotten = (job: Job): Job => ({
  ...job,
  state: 'failed',
  says: 'The server was started anew, and no longer knows what became of this. What was done stands among the loads and months below; what is not there was not done, and can be begun again.',
});

/** The job as it stands now: by server-sent events, and by asking where they break off. */
export function useJob(first: Job): Job {
  const queries = useQueryClient();
  const [job, setJob] = useState(first);
  const { job: number } = first;
  const over = ended(first);
  useEffect(() => {
    if (over) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const finish = (last: Job) => {
      setJob(last);
      void queries.invalidateQueries();
    };
    const events = new EventSource(`/api/v1/jobs/${number}/events`);
    const read = (event: Event) => JSON.parse((event as MessageEvent<string>).data) as Job;
    events.addEventListener('progress', (event) => setJob(read(event)));
    events.addEventListener('ended', (event) => {
      events.close();
      finish(read(event));
    });
    events.onerror = () => {
      events.close();
      const ask = async () => {
        const now = await call(() =>
          client.GET('/api/v1/jobs/{job}', { params: { path: { job: number } } }),
        ).catch((fault: unknown) =>
          fault instanceof Refused && fault.status === 404 ? forgotten(first) : null,
        );
        if (now && ended(now)) return finish(now);
        if (now) setJob(now);
        timer = setTimeout(() => void ask(), 2000);
      };
      void ask();
    };
    return () => {
      events.close();
      clearTimeout(timer);
    };
  }, [first, number, over, queries]);
  return job;
}

export function FollowJob({ job: first }: { job: Job }) {
  const job = useJob(first);
  return (
    <div className="purse-job">
      <p>
        <strong>{job.title}</strong>: {inWords(job)}
      </p>
      {job.state === 'running' ? (
        <progress
          max={job.all || undefined}
          value={job.all ? job.done : undefined}
          aria-label={job.title}
        />
      ) : null}
      <div role="status">
        {job.state === 'done' ? <p className="purse-done">{job.says ?? 'Done.'}</p> : null}
        {job.state === 'failed' ? (
          <p className="purse-refused">{job.problem?.detail ?? job.says ?? 'It failed.'}</p>
        ) : null}
      </div>
      {job.state === 'done' && job.result?.batch && job.result.rejected ? (
        <p>
          <Link href={`/data/batches/${job.result.batch}`}>
            See the {plural(job.result.rejected, 'rejected record')}
          </Link>
        </p>
      ) : null}
      {job.result?.warnings?.length ? (
        <ul>
          {job.result.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function inWords(job: Job): string {
  switch (job.state) {
    case 'waiting':
      return 'waits its turn';
    case 'running': {
      const share = job.all ? `${Math.floor((job.done * 100) / job.all)}%` : 'begun';
      return job.records ? `${share}, ${grouped(job.records)} records` : share;
    }
    case 'done':
      return 'done';
    default:
      return 'not done';
  }
}
