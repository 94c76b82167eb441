// What every page has: its name in the window, where it stands, one heading that takes the focus
// when the page is reached from another.
import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { Link } from 'wouter';

let firstPage = true;

export interface Crumb {
  href: string;
  text: string;
}

export function Page({
  title,
  crumbs = [],
  lede,
  tools,
  indicative = false,
  children,
}: {
  title: string;
  crumbs?: Crumb[];
  lede?: ReactNode;
  tools?: ReactNode;
  indicative?: boolean;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – Purse`;
  }, [title]);
  // Before the page is seen: later it would take the focus from whoever types already.
  useLayoutEffect(() => {
    if (firstPage) firstPage = false;
    else heading.current?.focus();
  }, []);
  return (
    <>
      {crumbs.length ? (
        <nav className="nhsuk-breadcrumb" aria-label="Breadcrumb">
          <ol className="nhsuk-breadcrumb__list">
            {crumbs.map((crumb) => (
              <li className="nhsuk-breadcrumb__list-item" key={crumb.href}>
                <Link className="nhsuk-breadcrumb__link" href={crumb.href}>
                  {crumb.text}
                </Link>
              </li>
            ))}
          </ol>
        </nav>
      ) : null}
      <main className="nhsuk-main-wrapper purse-main" id="maincontent">
        <div className="purse-heading">
          <h1 className="nhsuk-heading-l" ref={heading} tabIndex={-1}>
            {title}
            {lede ? <span className="purse-lede">{lede}</span> : null}
          </h1>
          {tools ? <div className="purse-tools">{tools}</div> : null}
        </div>
        {children}
        {indicative ? <Indicative /> : null}
      </main>
    </>
  );
}

/** Stands on every page that shows a budget. */
export function Indicative() {
  return (
    <p className="purse-indicative">
      This budget is indicative: it never limits the care a patient may be given.
    </p>
  );
}

export function PrintButton() {
  return (
    <button type="button" className="purse-tool" onClick={() => window.print()}>
      Print
    </button>
  );
}

/** The same table as a file; or another file, under its own name. */
export function Downloads({
  of,
  what,
  name,
  formats = ['csv', 'xlsx'],
}: {
  of: string;
  what: string;
  name?: string;
  formats?: string[];
}) {
  const join = of.includes('?') ? '&' : '?';
  return (
    <span className="purse-downloads">
      {formats.map((format) => (
        <a
          className="purse-tool"
          key={format}
          href={`${of}${join}format=${format}`}
          download
        >
          <span className="nhsuk-u-visually-hidden">Download {what} as </span>
          {name ? `${name} ` : null}
          {format.toUpperCase()}
        </a>
      ))}
    </span>
  );
}

export function Section({
  heading,
  id,
  tools,
  children,
}: {
  heading: string;
  id: string;
  tools?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="purse-section" aria-labelledby={id}>
      <div className="purse-heading">
        <h2 className="nhsuk-heading-m" id={id}>
          {heading}
        </h2>
        {tools ? <div className="purse-tools">{tools}</div> : null}
      </div>
      {children}
    </section>
  );
}
