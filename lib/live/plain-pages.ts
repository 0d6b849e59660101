import { Broadcast } from './broadcast.server.ts';
import type { ViewState } from './view-state.ts';

/** No layout of any page: it keeps its own, and says that it cannot show what is shared. */
const UNKNOWN_LAYOUT = 'not-drawn-here';

/** A view as a plain page is told it. */
export function forPlain<V extends ViewState | null>(view: V): V {
  const dropped =
    view?.doseComparison || view?.document || view?.viewports.some(({ aspect }) => aspect !== undefined);
  return view && dropped ? { ...view, layout: UNKNOWN_LAYOUT } : view;
}

type Seen = Broadcast<'view'> | Broadcast<'glimpse'>;
const made = new WeakMap<Seen, Seen>();

/** The same message for plain pages, encoded once for all of them. */
export function broadcastForPlain<B extends Seen>(told: B): B {
  const view = forPlain<ViewState | null>(told.content.view);
  if (view === told.content.view) return told;
  const known = made.get(told) ?? (new Broadcast(told.message, { ...told.content, view } as never) as Seen);
  made.set(told, known);
  return known as B;
}
