// The practice beside others.
import { NotYet } from './not_yet';

export function PeersPanel() {
  return (
    <NotYet
      id="peers"
      heading="Beside other practices"
      says="There is no comparison yet. Practices differ by chance alone, and nothing is compared here until chance can be told from the rest."
    />
  );
}
