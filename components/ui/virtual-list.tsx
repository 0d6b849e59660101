'use client';

import { type ReactNode, type UIEvent, useState } from 'react';

type Props<T> = {
  label: string;
  items: readonly T[];
  itemKey: (item: T) => string;
  renderItem: (item: T) => ReactNode;
  /** All rows have this height, in pixels. */
  rowHeight: number;
  /** Height of the window on the list, in pixels. */
  height: number;
};

const MARGIN_ROWS = 6;

/** A list of any length that keeps only the rows in sight in the document. */
export function VirtualList<T>(props: Props<T>) {
  const { items, rowHeight, height } = props;
  const [top, setTop] = useState(0);
  const first = Math.max(0, Math.floor(top / rowHeight) - MARGIN_ROWS);
  const last = Math.min(items.length, Math.ceil((top + height) / rowHeight) + MARGIN_ROWS);
  const onScroll = (event: UIEvent<HTMLElement>) => setTop(event.currentTarget.scrollTop);
  return (
    <section
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard.
      tabIndex={0}
      className="overflow-y-auto rounded-md border border-slate-200"
      style={{ maxHeight: height }}
      onScroll={onScroll}
    >
      <ul className="relative" style={{ height: items.length * rowHeight }}>
        {items.slice(first, last).map((item, index) => (
          <li
            key={props.itemKey(item)}
            aria-setsize={items.length}
            aria-posinset={first + index + 1}
            className="absolute inset-x-0 overflow-hidden border-b border-slate-100"
            style={{ top: (first + index) * rowHeight, height: rowHeight }}
          >
            {props.renderItem(item)}
          </li>
        ))}
      </ul>
    </section>
  );
}
