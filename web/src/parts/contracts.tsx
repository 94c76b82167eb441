// Block contracts: whose they are, by what rule they are shared out, and what came of it, in the house's
// own sentences. Whether a budget is for them, and so whether the lines above have them, is said elsewhere.
import { Section } from './page';

export function Contracts({ says }: { says: string[] }) {
  if (says.length === 0) return null;
  return (
    <Section heading="Block contracts and how they are shared" id="contracts">
      <ul className="nhsuk-list nhsuk-list--bullet">
        {says.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Section>
  );
}
