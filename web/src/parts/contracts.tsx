// Block contracts in the lines above: whose they are, by what rule they are shared out, and what came
// of it, in the house's own sentences.
import { Section } from './page';

export function Contracts({ says }: { says: string[] }) {
  if (says.length === 0) return null;
  return (
    <Section heading="Block contracts in these figures" id="contracts">
      <ul className="nhsuk-list nhsuk-list--bullet">
        {says.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Section>
  );
}
