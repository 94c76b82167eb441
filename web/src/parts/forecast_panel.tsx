// Where the year may end.
import { NotYet } from './not_yet';

export function ForecastPanel() {
  return (
    <NotYet
      id="forecast"
      heading="Where the year may end"
      says="There is no forecast yet. This version of Purse makes none, and shows none rather than a guess."
    />
  );
}
