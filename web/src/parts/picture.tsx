// A picture by Observable Plot, which is large and comes only with the first picture. What it shows
// stands in words beside it and in a table below it.
import { useEffect, useRef } from 'react';

export type Plot = typeof import('@observablehq/plot');

export function Picture({
  says,
  draw,
  of,
}: {
  says: string;
  draw: (plot: Plot, width: number) => SVGSVGElement | HTMLElement;
  /** What it is drawn from: something else is drawn anew. */
  of: unknown;
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let current = true;
    const show = async () => {
      const plot = await import('@observablehq/plot');
      if (!current) return;
      const picture = draw(plot, Math.max(element.clientWidth, 260));
      // Its own style element is inline, which the content security policy rightly forbids; what it
      // says stands in our style sheet.
      picture.querySelectorAll('style').forEach((style) => style.remove());
      picture.setAttribute('aria-hidden', 'true');
      element.replaceChildren(picture);
    };
    void show();
    const watch = new ResizeObserver(() => void show());
    watch.observe(element);
    return () => {
      current = false;
      watch.disconnect();
    };
    // The drawing follows from what it is of.
  }, [of]);
  return (
    <figure className="purse-picture">
      <div ref={place} />
      <figcaption className="purse-quiet">{says}</figcaption>
    </figure>
  );
}
