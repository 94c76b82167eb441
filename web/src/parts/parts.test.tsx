import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { drafts, waterfall } from '../../mock/dialogue';
import { loadChanges, practices, statement, variance, yearEnd } from '../../mock/made_up';
import type { Schemas } from '../api/client';
import { inPounds, signedPounds } from '../figures';
import { talkAbout } from '../pages/budget';
import { tokenOf } from '../pages/new_password';
import { linesLike } from '../pages/search';
import { missingFrom } from './allocation';
import { rowsOf } from './comma_separated';
import { Contracts } from './contracts';
import { aboutWhich } from './dialogue_steps';
import { ExactFigures } from './exact';
import { FigureTable, type Column } from './figure_table';
import { ChangeTable } from './load_changes';
import { isPackLine, leavesOf } from './nine_lines';
import { financialYearOf } from './provider_month';
import { explainedReasonsOf, reasonsOf } from './reasons';
import { seriesInWords, Sparkline } from './sparkline';
import { PartsTable } from './variance_parts';
import { barsOf, beginOf, waterfallInWords } from './waterfall_chart';
import { RangeBar, rangeInWords, YearEndCell } from './year_end';

const everyone = practices.map(({ code }) => statement(code, '2018-03')!);

describe('reasons', () => {
  it('are three and the rest, and add up to the difference, for every practice', () => {
    for (const one of everyone) {
      const reasons = reasonsOf(one);
      expect(reasons).toHaveLength(4);
      expect(reasons.at(-1)!.code).toBeNull();
      expect(reasons.reduce((sum, { pence }) => sum + pence, 0)).toBe(one.total.variance_pence);
    }
  });

  it('of a variance in parts are three and the rest, and lead to where one can look closer', () => {
    for (const { code } of practices) {
      const explained = variance(code, '2018-03', 'line', undefined)!;
      const reasons = explainedReasonsOf(explained);
      expect(reasons).toHaveLength(4);
      expect(reasons.reduce((sum, { pence }) => sum + pence, 0)).toBe(explained.total.variance_pence);
      for (const reason of reasons.slice(0, 3)) {
        expect(reason.href).toContain(`/practices/${code}/variance?month=2018-03&line=`);
      }
    }
  });

  it('add up to what is reported, when complete, and with what is held out', () => {
    const explained = variance(practices[0]!.code, '2018-03', 'line', undefined)!;
    for (const of of [explained.asked, ...explained.rows]) {
      const sum = (wanted: (part: Schemas['VariancePart']) => boolean) =>
        of.parts.filter(wanted).reduce((all, { pence }) => all + pence, of.budget_pence);
      expect(sum((part) => part.in_variance)).toBe(of.used_pence);
      expect(sum((part) => part.in_variance || part.part === 'expected')).toBe(of.complete_pence);
      expect(sum(() => true)).toBe(of.complete_less_held_out_pence);
    }
    sessionStorage.setItem('purse.exact', 'yes');
    render(
      <ExactFigures>
        <PartsTable shown={explained} line={undefined} />
      </ExactFigures>,
    );
    sessionStorage.clear();
    const row = (says: string) => screen.getByRole('row', { name: new RegExp(`^${says}`) });
    for (const [says, pence] of [
      ['Used, as reported in the statement', explained.asked.used_pence],
      ['Expected when complete', explained.asked.complete_pence],
      ['The same, with what is under challenge held out', explained.asked.complete_less_held_out_pence],
    ] as const) {
      expect(within(row(says)).getByText(inPounds(pence))).toBeTruthy();
      expect(
        within(row(says)).getByText(signedPounds(pence - explained.asked.budget_pence)),
      ).toBeTruthy();
    }
  });

  it('are none without a budget', () => {
    const one = everyone[0]!;
    expect(reasonsOf({ ...one, total: { ...one.total, variance_pence: null } })).toEqual([]);
  });

  it('compare what was done with last year, never what it cost', () => {
    const said = reasonsOf(everyone[0]!).flatMap(({ says }) => (says ? [says] : []));
    expect(said.length).toBeGreaterThan(0);
    for (const says of said) expect(says).not.toContain('£');
  });
});

describe('the nine lines', () => {
  it('are nine, and the lines without lines below them make the total', () => {
    for (const one of everyone) {
      expect(one.rows.filter(isPackLine)).toHaveLength(9);
      const cost = leavesOf(one.rows).reduce((sum, row) => sum + (row.year_to_date.cost_pence ?? 0), 0);
      expect(cost).toBe(one.total.year_to_date.cost_pence);
    }
  });
});

describe('a small picture', () => {
  const point = (month: string, activity: number | null, state: Schemas['DataState']) =>
    ({ month, activity, cost_pence: 0, state }) satisfies Schemas['SeriesPoint'];
  const series = [
    point('2018-01', 4, 'frozen'),
    point('2018-02', 9, 'frozen'),
    point('2018-03', 0, 'not loaded'),
    point('2018-04', 7, 'flex'),
  ];

  it('tells its story in words, and never draws what is missing as zero', () => {
    expect(seriesInWords(series)).toBe(
      '3 months to Apr 2018: lowest 4 in Jan 2018, highest 9 in Feb 2018, latest 7, provisional',
    );
    const { container } = render(<Sparkline series={series} />);
    expect(screen.getByRole('img', { name: /latest 7, provisional/ })).toBeInTheDocument();
    // Two joined months, a gap, and the last one alone.
    expect(container.querySelector('path')!.getAttribute('d')!.match(/M/g)).toHaveLength(2);
    expect(container.querySelector('circle')).toHaveClass('purse-provisional');
  });

  it('is not drawn of one month', () => {
    render(<Sparkline series={series.slice(0, 1)} />);
    expect(screen.getByText('too few months')).toBeVisible();
  });
});

describe('the waterfall', () => {
  const { steps, net_pence } = waterfall('X90001', 'first offer');

  it('has bars that each begin where the one before ended, down to the net budget', () => {
    const bars = barsOf(steps);
    bars.forEach((bar, at) => {
      if (bar.kind !== 'level' && at > 0) expect(bar.from).toBe(bars[at - 1]!.to);
    });
    expect(bars.at(-1)!.to).toBe(net_pence / 100);
    const begin = beginOf(bars);
    for (const bar of bars) expect(bar.to).toBeGreaterThan(begin);
  });

  it('is told in words', () => {
    expect(waterfallInWords(steps)).toMatch(
      /^It begins with £[\d.]+m \(care of the baseline year\) and comes to £[\d.]+m \(net budget\)\. The largest steps: /,
    );
    expect(waterfallInWords([])).toBe('');
  });
});

describe('the allocation', () => {
  it('adds up, or says by how much not', () => {
    const draft = drafts[0]!;
    expect(missingFrom(draft)).toBe(0);
    expect(missingFrom({ ...draft, reserve_pence: draft.reserve_pence - 5 })).toBe(5);
  });
});

describe('a comment', () => {
  it('about a step says which, and stands beside it with its answer', () => {
    expect(aboutWhich('About “Your list”: is it old?')).toEqual({ title: 'Your list', text: 'is it old?' });
    expect(aboutWhich('Something else')).toEqual({ title: null, text: 'Something else' });
    const event = (number: number, step: Schemas['DialogueStepName'], says: string) =>
      ({ number, step, says }) as Schemas['DialogueEvent'];
    const events = [
      event(1, 'offer', ''),
      event(2, 'comment', 'About “Your list”: is it old?'),
      event(3, 'answer', 'No.'),
      event(4, 'comment', 'About “Prices”: which?'),
    ];
    expect(talkAbout('Your list', events).map((one) => one.number)).toEqual([2, 3]);
    expect(talkAbout('Prices', events).map((one) => one.number)).toEqual([4]);
  });
});

describe('a table of figures', () => {
  interface Row {
    name: string;
    size: number | undefined;
  }
  const columns: Column<Row>[] = [
    { id: 'name', heading: 'Name', by: (row) => row.name, cell: (row) => row.name },
    {
      id: 'size',
      heading: 'Size',
      number: true,
      biggestFirst: true,
      by: (row) => row.size,
      cell: (row) => row.size ?? '–',
    },
  ];
  const rows = [
    { name: 'b', size: 10 },
    { name: 'c', size: undefined },
    { name: 'a', size: 9 },
  ];
  const names = () => screen.getAllByRole('rowheader').map((one) => one.textContent);

  it('sorts by what is pressed, keeps the total last, and says which way', async () => {
    const person = userEvent.setup();
    render(
      <ExactFigures>
        <FigureTable
          caption="Sizes"
          columns={columns}
          rows={rows}
          foot={[{ name: 'Total', size: 19 }]}
          keyOf={(row) => row.name}
        />
      </ExactFigures>,
    );
    const size = screen.getByRole('columnheader', { name: /^Size/ });
    expect(size).toHaveAttribute('aria-sort', 'none');
    await person.click(within(size).getByRole('button'));
    expect(names()).toEqual(['b', 'a', 'c', 'Total']);
    expect(size).toHaveAttribute('aria-sort', 'descending');
    await person.click(within(size).getByRole('button'));
    expect(names()).toEqual(['a', 'b', 'c', 'Total']);
    await person.selectOptions(screen.getByLabelText('Sort by'), 'Name, A to Z');
    expect(names()).toEqual(['a', 'b', 'c', 'Total']);
  });
});

describe('small readers', () => {
  it('comma-separated lists keep quotes, commas and line ends inside fields', () => {
    expect(rowsOf('a,b\r\n"x, ""y""\nz",2\r\n')).toEqual([['a', 'b'], ['x, "y"\nz', '2']]);
    expect(rowsOf('')).toEqual([]);
    expect(rowsOf('last,line')).toEqual([['last', 'line']]);
  });

  it('a month belongs to the financial year that begins in April', () => {
    expect(financialYearOf('2018-03')).toBe('2017/18');
    expect(financialYearOf('2018-04')).toBe('2018/19');
    expect(financialYearOf('1999-12')).toBe('1999/00');
  });

  it('a link’s token is found wherever the link has it', () => {
    expect(tokenOf('https://purse.example/new-password?token=abc')).toBe('abc');
    expect(tokenOf('https://purse.example/new-password#token=abc')).toBe('abc');
    expect(tokenOf('https://purse.example/new-password#abc')).toBe('abc');
    expect(tokenOf('https://purse.example/new-password')).toBe('');
  });

  it('lines are found by the words that people use', () => {
    expect(linesLike('drugs').map(([code]) => code)).toEqual(['prescribing']);
    expect(linesLike('Emergency').map(([code]) => code)).toEqual(['pack_2', 'ae']);
    expect(linesLike('nothing like it')).toEqual([]);
  });
});

describe('block contracts', () => {
  it('are told in a sentence each, and not at all where there are none', () => {
    const says = everyone[0]!.contracts_say ?? [];
    const { rerender, container } = render(<Contracts says={says} />);
    expect(screen.getAllByRole('listitem')).toHaveLength(says.length);
    expect(screen.getByText(/apportioned by registered lists/)).toBeVisible();
    rerender(<Contracts says={[]} />);
    expect(container).toBeEmptyDOMElement();
  });
});

describe('where the year may end', () => {
  const row = yearEnd('X90001', '2018-02')!.total;

  it('is told with both ranges and where the budget lies', () => {
    const likely = { low_pence: 90_000_000, high_pence: 94_000_000 };
    const sure = { low_pence: 88_000_000, high_pence: 96_000_000 };
    const of = (budget: number | null) =>
      rangeInWords({ ...row, range_80: likely, range_95: sure, budget_pence: budget });
    expect(of(92_000_000)).toBe(
      '£900,000 to £940,000 is likely (80 times in 100), £880,000 to £960,000 nearly sure (95); the budget of £920,000 lies in the likely range.',
    );
    expect(of(89_000_000)).toContain('lies below the likely range');
    expect(of(95_000_000)).toContain('lies above the likely range');
    expect(of(null)).not.toContain('budget');
  });

  it('never loses a range in rounding', () => {
    const likely = { low_pence: 231_012_345, high_pence: 231_098_765 };
    const sure = { low_pence: 230_912_345, high_pence: 231_198_765 };
    expect(rangeInWords({ ...row, range_80: likely, range_95: sure, budget_pence: 231_050_000 })).toBe(
      '£2,310,123 to £2,310,988 is likely (80 times in 100), £2,309,123 to £2,311,988 nearly sure (95); the budget of £2,310,500 lies in the likely range.',
    );
  });

  it('has a bar that says the same in words, and none without a range', () => {
    const { container, rerender } = render(<RangeBar row={row} />);
    expect(screen.getByRole('img')).toHaveAccessibleName(rangeInWords(row)!);
    expect(container.querySelector('figcaption')).toHaveTextContent('The triangle marks the budget.');
    rerender(<RangeBar row={{ ...row, range_80: null, range_95: null }} />);
    expect(screen.queryByRole('img')).toBeNull();
  });

  it('is a dash where no forecast is possible', () => {
    render(<YearEndCell row={{ ...row, year_end_pence: null }} />);
    expect(screen.getByText('no forecast')).toBeInTheDocument();
  });
});

describe('what a load changed', () => {
  it('adds up to the change of the whole', () => {
    const changes = loadChanges(12);
    const by = (row: { before_pence: number; after_pence: number }) => row.after_pence - row.before_pence;
    expect(changes.reasons.reduce((sum, row) => sum + by(row), 0)).toBe(by(changes.all));
    render(
      <ExactFigures>
        <ChangeTable changes={changes} />
      </ExactFigures>,
    );
    const rows = screen.getAllByRole('row');
    expect(within(rows.at(-1)!).getByRole('rowheader')).toHaveTextContent('all');
    expect(rows).toHaveLength(changes.reasons.length + 2);
  });
});
