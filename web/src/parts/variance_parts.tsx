// The parts of a variance, one under the other: from the budget to the statement's own figures.
import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../api/client';
import * as questions from '../api/questions';
import { capitalised, grouped } from '../figures';
import { Money } from './exact';
import { useAddress } from './month_choice';
import { Section } from './page';
import { Asked } from './states';
import { Disclosure, Steps } from './working';

type Explained = Schemas['PracticeVariance'];
type Parts = Schemas['VarianceParts'];
type Part = Schemas['VariancePart'];

/**
 * From the budget to what is reported, and on to what is expected when complete: the twelve parts of
 * what is asked, each with its working; what is nothing is not shown.
 */
export function PartsTable({ shown, line }: { shown: Explained; line: string | undefined }) {
  const { asked } = shown;
  const of = shown.lines.find((one) => one.line === line);
  const rows = (parts: Part[]) =>
    parts.map((part) => <PartRow key={part.part} part={part} shown={shown} line={line} of={of} />);
  const ofStatement = asked.parts.filter((part) => part.in_variance && part.pence !== 0);
  const expected = asked.parts.filter((part) => part.part === 'expected' && part.pence !== 0);
  const disputed = asked.parts.filter((part) => part.part === 'disputed' && part.pence !== 0);
  return (
    <Section heading={of ? of.label : 'All lines'} id="parts">
      <table className="nhsuk-table purse-steps">
        <caption className="nhsuk-u-visually-hidden">
          From the budget to what is reported, and to what is expected when complete, in parts that
          add up
        </caption>
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col" className="purse-number">
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Budget to date</th>
            <td className="purse-number">
              <Money pence={asked.budget_pence} />
            </td>
          </tr>
          {rows(ofStatement)}
          <LevelRow says="Used, as reported in the statement" at={asked.used_pence} of={asked} />
          {expected.length || disputed.length ? (
            <>
              {rows(expected)}
              <LevelRow says="Expected when complete" at={asked.complete_pence} of={asked} />
            </>
          ) : null}
          {disputed.length ? (
            <>
              {rows(disputed)}
              <LevelRow
                says="The same, with what is under challenge held out"
                at={asked.complete_less_held_out_pence}
                of={asked}
              />
            </>
          ) : null}
        </tbody>
      </table>
    </Section>
  );
}

interface PartShown {
  part: Part;
  shown: Explained;
  line: string | undefined;
  of: Schemas['VarianceLine'] | undefined;
}

/** The working of the part that the address names stands open: a reason on the first page leads to it. */
function PartRow({ part, shown, line, of }: PartShown) {
  const [asked] = useAddress('part');
  return (
    <tr>
      <td>
        {capitalised(part.in_words)}
        {part.part === 'volume' && of ? <Chance of={of} /> : null}
        <Disclosure label="How was this worked out?" opened={asked === part.part}>
          {() => (
            <PartWorking practice={shown.code} part={part.part} month={shown.month} line={line} />
          )}
        </Disclosure>
      </td>
      <td className="purse-number">
        <Money pence={part.pence} signed />
      </td>
    </tr>
  );
}

/** A figure of the statement that the parts so far add up to, and what it is over or under budget. */
function LevelRow({ says, at, of }: { says: string; at: number; of: Parts }) {
  return (
    <tr className="purse-total">
      <th scope="row">
        {says}{' '}
        <span className="purse-quiet">
          (<Money pence={at - of.budget_pence} signed /> against the budget)
        </span>
      </th>
      <td className="purse-number">
        <Money pence={at} />
      </td>
    </tr>
  );
}

function Chance({ of }: { of: Schemas['VarianceLine'] }) {
  return (
    <span className="purse-quiet">
      {' '}
      {grouped(of.recorded)} recorded, {grouped(of.expected)} expected; by chance alone{' '}
      {grouped(of.chance_low)} to {grouped(of.chance_high)}, as practices differ {grouped(of.usual_low)}{' '}
      to {grouped(of.usual_high)}
      {of.standing ? `: ${of.standing}` : ''}
    </span>
  );
}

function PartWorking(asked: { practice: string; part: string; month: string; line?: string }) {
  const answer = useQuery(questions.whyVariance(asked.practice, asked.part, asked.month, asked.line));
  return (
    <div className="purse-working">
      <Asked of={answer} what="the working">
        {(working) => (
          <>
            <p className="purse-working-title">{working.title}</p>
            <Steps steps={working.steps} result={working.result_pence} />
          </>
        )}
      </Asked>
    </div>
  );
}
