// Somebody else took a step while this person wrote: what they did, and that nothing typed is lost.
import { Refused, type Schemas } from '../api/client';
import { instantInWords } from '../figures';

type Event = Schemas['DialogueEvent'];

export const isOvertaken = (fault: unknown) => fault instanceof Refused && fault.status === 412;

/** The steps after the one that the person had seen last. */
export function stepsSince(events: Event[], seen: string): Event[] {
  return events.slice(events.findIndex((event) => event.hash === seen) + 1);
}

export function Overtaken({ events, typed }: { events: Event[]; typed?: string }) {
  return (
    <div className="purse-state" role="alert">
      <h3 className="nhsuk-heading-s">Somebody else has taken a step while you wrote</h3>
      <p>Yours was not taken, since you had not seen this:</p>
      <ul>
        {events.map((event) => (
          <li key={event.number}>
            {event.author}, {event.role_in_words}, {instantInWords(event.at)}: {event.step_in_words}
            {event.says ? <span className="purse-note">{event.says.split('\n')[0]}</span> : null}
          </li>
        ))}
      </ul>
      {typed === undefined ? (
        <p>What you typed is still there. Read what is new; then send it again, or change it first.</p>
      ) : (
        <>
          <p>That step is not open any more. This is what you had typed:</p>
          <blockquote className="purse-comment">{typed}</blockquote>
        </>
      )}
    </div>
  );
}
