// Stands above every page of a site that is shown for demonstration: what day it is there.
import { useQuery } from '@tanstack/react-query';
import * as questions from '../api/questions';
import { dayInWords } from '../figures';

export function Demonstration() {
  const { data } = useQuery(questions.health());
  if (!data?.demonstration_day) return null;
  return (
    <section className="purse-demonstration" aria-label="Demonstration">
      <p className="nhsuk-width-container">
        <strong>A demonstration with made-up figures.</strong> It is{' '}
        {dayInWords(data.demonstration_day)} here.
      </p>
    </section>
  );
}
