// A panel for what this version does not give: it says so, and shows nothing that could be a guess.
export function NotYet({ id, heading, says }: { id: string; heading: string; says: string }) {
  return (
    <section className="purse-panel purse-not-yet" aria-labelledby={id}>
      <h2 className="nhsuk-heading-s" id={id}>
        {heading}
      </h2>
      <p>{says}</p>
    </section>
  );
}
