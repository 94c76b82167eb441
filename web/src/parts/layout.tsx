// What stands around every page: skip link, name, search, who is signed in, where one can go.
import { useState, type FormEvent, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { yearInAddress } from '../figures';
import { homeOf, may } from '../session/rights';
import { useSessions, type Session } from '../session/session';
import { Demonstration } from './demonstration';

interface Place {
  href: string;
  text: string;
}

function placesOf(session: Session): Place[] {
  const places: Place[] = [];
  const { code, kind } = session.organisation;
  const year = session.budget_year ? yearInAddress(session.budget_year) : null;
  if (kind === 'practice') {
    places.push({ href: `/practices/${code}`, text: 'Your month' });
    if (year) places.push({ href: `/practices/${code}/budgets/${year}`, text: 'Your budget' });
    if (may(session, 'read_challenges')) {
      places.push({ href: `/practices/${code}/challenges`, text: 'Challenges' });
    }
  } else {
    if (may(session, 'read_summary')) places.push({ href: '/commissioner', text: 'All practices' });
    if (may(session, 'read_budget') && year) places.push({ href: '/budgets', text: 'Budgets' });
    if (may(session, 'read_challenges')) places.push({ href: '/challenges', text: 'Challenges' });
    if (may(session, 'read_loads')) places.push({ href: '/data', text: 'Data' });
  }
  if (may(session, 'search_audit')) places.push({ href: '/audit', text: 'Audit trail' });
  if (may(session, 'manage_accounts')) places.push({ href: '/accounts', text: 'Accounts' });
  return places;
}

export function Layout({ session, children }: { session?: Session; children: ReactNode }) {
  const [path] = useLocation();
  const places = session ? placesOf(session) : [];
  return (
    <>
      <a className="nhsuk-skip-link" href="#maincontent">
        Skip to main content
      </a>
      <Demonstration />
      <header className="nhsuk-header" role="banner">
        <div className="nhsuk-header__container nhsuk-width-container">
          <div className="nhsuk-header__service">
            <Link
              className="nhsuk-header__service-name purse-name"
              href={session ? homeOf(session) : '/'}
            >
              Purse
              {session ? <span className="purse-whose">{session.commissioner.name}</span> : null}
            </Link>
          </div>
          {session ? <Search /> : null}
          {session ? <SignedIn session={session} /> : null}
        </div>
        {places.length ? (
          <nav className="nhsuk-header__navigation" aria-label="Pages">
            <div className="nhsuk-header__navigation-container nhsuk-width-container">
              <ul className="nhsuk-header__navigation-list purse-places">
                {places.map((place) => {
                  const here = place.href === path;
                  return (
                    <li
                      key={place.href}
                      className={`nhsuk-header__navigation-item${here ? ' nhsuk-header__navigation-item--current' : ''}`}
                    >
                      <Link
                        className="nhsuk-header__navigation-link"
                        href={place.href}
                        aria-current={here ? 'page' : undefined}
                      >
                        {place.text}
                      </Link>
                    </li>
                  );
                })}
              </ul>
            </div>
          </nav>
        ) : null}
      </header>
      <div className="nhsuk-width-container purse-page">{children}</div>
      <footer className="nhsuk-footer purse-footer" role="contentinfo">
        <div className="nhsuk-width-container">
          <p className="nhsuk-body-s">
            Purse shows one set of numbers to a commissioner and its practices. Every figure can say
            how it was worked out.
          </p>
        </div>
      </footer>
    </>
  );
}

function Search() {
  const [, go] = useLocation();
  const [words, setWords] = useState('');
  const search = (event: FormEvent) => {
    event.preventDefault();
    if (words.trim()) go(`/search?q=${encodeURIComponent(words.trim())}`);
  };
  return (
    <form className="purse-search" role="search" onSubmit={search}>
      <label className="nhsuk-u-visually-hidden" htmlFor="search">
        Search practices and lines
      </label>
      <input
        className="nhsuk-input"
        id="search"
        type="search"
        placeholder="Search"
        autoComplete="off"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <button type="submit">Search</button>
    </form>
  );
}

function SignedIn({ session }: { session: Session }) {
  const { signOut } = useSessions();
  return (
    <nav className="nhsuk-header__account" aria-label="Account">
      <ul className="nhsuk-header__account-list">
        <li className="nhsuk-header__account-item">
          <Link className="nhsuk-header__account-link" href="/account">
            {session.full_name}, {session.role_in_words}
          </Link>
        </li>
        <li className="nhsuk-header__account-item">
          <button
            type="button"
            className="nhsuk-header__account-button"
            onClick={() => void signOut()}
          >
            Sign out
          </button>
        </li>
      </ul>
    </nav>
  );
}
