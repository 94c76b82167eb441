// How a practice stands on a measure: in words, a shape and a colour, never a colour alone.
import { Link } from 'wouter';
import type { Schemas } from '../api/client';

export type Standing = Schemas['PeerStanding'];
type Measure = Schemas['ComparedMeasure'];

const marks: Record<Standing, { mark: string; word: string }> = {
  within: { mark: '●', word: 'within' },
  above: { mark: '▲', word: 'more' },
  below: { mark: '▼', word: 'less' },
  cannot_tell: { mark: '○', word: 'too few to tell' },
};

export const standingWord = (standing: Standing) => marks[standing].word;

export function StandingMark({ standing }: { standing: Standing }) {
  const { mark, word } = marks[standing];
  return (
    <span className={`purse-standing purse-standing-${standing.replace('_', '-')}`}>
      <span aria-hidden="true">{mark}</span> {word}
    </span>
  );
}

/** What a row of the statement says of peers: each measure that stands beside it. */
export function BesideRow({
  measures,
  row,
  practice,
  month,
}: {
  measures: Measure[];
  row: string;
  practice: string;
  month: string;
}) {
  const here = measures.filter((measure) => measure.beside.includes(row));
  if (here.length === 0) return <span className="purse-quiet">–</span>;
  return (
    <>
      {here.map((measure) => (
        <Link
          key={measure.code}
          className="purse-standing-link"
          href={`/practices/${practice}/measures/${measure.code}?month=${month}`}
        >
          <StandingMark standing={measure.position.standing} />
          {here.length > 1 ? <span className="purse-quiet"> {measure.name}</span> : null}
          <span className="nhsuk-u-visually-hidden">
            {' '}
            {here.length > 1 ? '' : measure.name} beside other practices
          </span>
        </Link>
      ))}
    </>
  );
}

/** Making Data Count's variation icon, with what it says. */
export function VariationIcon({ icon }: { icon: Schemas['ChartIcon'] }) {
  if (!icon.says) return null;
  const colour = icon.colour || 'grey';
  return (
    <span className="purse-variation">
      <svg
        className={`purse-variation-${colour}`}
        viewBox="0 0 40 40"
        width="28"
        height="28"
        aria-hidden="true"
      >
        <circle cx="20" cy="20" r="17" />
        {icon.letter ? (
          <text x="20" y="27" textAnchor="middle">
            {icon.letter}
          </text>
        ) : (
          <path d="M8 24 L14 17 L20 23 L26 16 L32 21" />
        )}
      </svg>{' '}
      {icon.says}
    </span>
  );
}
