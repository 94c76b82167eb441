// Whose turn it is in a dialogue, and how long they have.
import { Tag } from 'nhsuk-react-components';
import type { Schemas } from '../api/client';
import { dayInWords, daysLeft } from '../figures';

type Turn = Schemas['Turn'];

const colours: Partial<Record<Schemas['DialogueState'], 'green' | 'blue' | 'yellow' | 'grey'>> = {
  agreed: 'green',
  ruled: 'green',
  offered: 'blue',
  disagreed: 'yellow',
  referred: 'yellow',
  nothing_shown: 'grey',
};

export function StateTag({ state, says }: { state: Schemas['DialogueState']; says: string }) {
  return <Tag modifier={colours[state] ?? 'white'}>{says}</Tag>;
}

export function DaysLeft({ turn }: { turn: Turn }) {
  if (turn.days_left === null || turn.side === 'reader') return null;
  return (
    <span className={turn.late ? 'purse-late' : undefined}>{daysLeft(turn.days_left)}</span>
  );
}

/** "Your turn: agree or disagree by 1 May 2017 (21 days left)." */
export function TurnSentence({ turn, mine }: { turn: Turn; mine: boolean }) {
  if (turn.side === 'reader' || !turn.who) return <p>Nobody has to act now.</p>;
  return (
    <p className={mine ? 'purse-mine' : undefined}>
      <strong>{mine ? 'Your turn' : `It is the turn of ${turn.who}`}</strong>: {turn.what}
      {turn.by ? ` by ${dayInWords(turn.by)}` : ''} (<DaysLeft turn={turn} />)
    </p>
  );
}
