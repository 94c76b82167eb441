// How often one gets letters about what began at one's practice, or at all of them.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Select } from 'nhsuk-react-components';
import { call, client, withToken } from '../api/client';
import type { Schemas } from '../api/client';
import * as questions from '../api/questions';
import { Asked, Failed } from './states';

type HowOften = Schemas['AlertFrequency'];

const words: Record<HowOften, string> = {
  none: 'No letters',
  weekly: 'At most one a week',
  monthly: 'At most one in four weeks',
};

export function AlertLetters() {
  const asked = useQuery(questions.alertLetters());
  const cache = useQueryClient();
  const set = useMutation({
    mutationFn: (how_often: HowOften) =>
      call(() =>
        client.PUT('/api/v1/session/alert-letters', {
          params: { header: withToken() },
          body: { how_often },
        }),
      ),
    onSuccess: (now) => cache.setQueryData(questions.alertLetters().queryKey, now),
  });
  return (
    <Asked of={asked} what="your setting">
      {({ how_often, email }) =>
        email === '' ? (
          <p>
            Your account has no e-mail address. Your administrator can add one; then letters can come.
          </p>
        ) : (
          <>
            <p>They go to {email}, when something begins that chance seldom gives.</p>
            <Select
              id="how-often"
              name="how-often"
              label="How often?"
              value={set.isPending ? set.variables : how_often}
              onChange={(event) => set.mutate(event.currentTarget.value as HowOften)}
            >
              {(Object.keys(words) as HowOften[]).map((one) => (
                <Select.Option key={one} value={one}>
                  {words[one]}
                </Select.Option>
              ))}
            </Select>
            {set.isError ? <Failed fault={set.error} /> : null}
            <div role="status">{set.isSuccess ? <p className="purse-done">Kept.</p> : null}</div>
          </>
        )
      }
    </Asked>
  );
}
