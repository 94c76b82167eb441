// Beside other practices: one sentence, what lies outside (or that nothing does), and every measure
// on demand.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Schemas } from '../api/client';
import * as questions from '../api/questions';
import { FigureTable } from './figure_table';
import { StandingMark, VariationIcon } from './standing';
import { Asked } from './states';
import { Disclosure } from './working';

type Peers = Schemas['Peers'];

export function PeersPanel({ practice, month }: { practice: string; month: string }) {
  const asked = useQuery(questions.peers(practice, month));
  return (
    <section className="purse-panel" aria-labelledby="peers">
      <h2 className="nhsuk-heading-s" id="peers">
        Beside other practices
      </h2>
      <Asked of={asked} what="the comparison">
        {(peers) => <Shown peers={peers} />}
      </Asked>
    </section>
  );
}

function Shown({ peers }: { peers: Peers }) {
  const outside = peers.measures.filter(({ position }) =>
    ['above', 'below'].includes(position.standing),
  );
  return (
    <>
      <p>{peers.says}</p>
      {outside.length ? (
        <ul className="purse-outside">
          {outside.map((measure) => (
            <li key={measure.code}>
              <Link href={`/practices/${peers.code}/measures/${measure.code}?month=${peers.month}`}>
                {measure.name}
              </Link>{' '}
              <StandingMark standing={measure.position.standing} />
            </li>
          ))}
        </ul>
      ) : null}
      <Disclosure label="Every measure">{() => <Measures peers={peers} />}</Disclosure>
      <p className="purse-apart">
        <Link href={`/practices/${peers.code}/prescribing?month=${peers.month}`}>
          Prescribing beside other practices
        </Link>
      </p>
      {peers.gate_says ? <p className="purse-quiet">{peers.gate_says}</p> : null}
    </>
  );
}

function Measures({ peers }: { peers: Peers }) {
  return (
    <>
      <FigureTable
        caption="Rates for 1,000 patients a year, standardised for age and sex"
        columns={[
          {
            id: 'name',
            heading: 'For 1,000 patients a year',
            cell: (row) => (
              <Link href={`/practices/${peers.code}/measures/${row.code}?month=${peers.month}`}>
                {row.name}
              </Link>
            ),
          },
          {
            id: 'rate',
            heading: 'This practice',
            number: true,
            cell: (row) => rate(row.position.rate),
          },
          {
            id: 'reference',
            heading: 'Commissioner',
            number: true,
            cell: (row) => rate(row.reference_rate),
          },
          {
            id: 'standing',
            heading: 'Stands',
            cell: (row) => <StandingMark standing={row.position.standing} />,
          },
          { id: 'months', heading: 'Latest month', cell: (row) => <VariationIcon icon={row.icon} /> },
        ]}
        rows={peers.measures}
        keyOf={(row) => row.code}
      />
      <p className="purse-quiet">{peers.peers_says}</p>
      {peers.notes.map((note) => (
        <p className="purse-quiet" key={note}>
          {note}.
        </p>
      ))}
    </>
  );
}

const rate = (value: number | null) => (value === null ? 'not shown' : value.toFixed(1));
