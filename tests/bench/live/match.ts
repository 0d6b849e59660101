import type { ViewMessage } from '@/lib/live/view-sender.ts';
import type { ViewState } from '@/lib/live/view-state.ts';
import type { PaintedView, Recording } from './recorder.ts';

/** One input on its way, every time on the presenter's clock; milliseconds since 1970. */
export type Step = {
  input: number;
  handled: number;
  sent: number;
  received: number;
  /** The follower's first frame in which every viewport shows what was sent. */
  painted: number;
  /** The beginning of the frame after that one. */
  next: number;
  /** The presenter's own such frame; NaN where another input overtook it. */
  ownPainted: number;
};

/**
 * Follows each view that the presenter sent, from the input that led to it to the frame that shows it. Views that the
 * follower never showed, because a newer one overtook them, are left out. `ahead`: the follower's clock, in ms.
 */
export function followSteps(presenter: Recording, follower: Recording, ahead: number): Step[] {
  const received = follower.received.map(({ at, text }) => ({ at: at - ahead, key: keyOf(viewIn(text)) }));
  let from = 0;
  const steps: Step[] = [];
  for (const [index, { at: sent, text }] of presenter.sent.entries()) {
    const { view } = viewIn(text);
    // A view tells of the latest input that was handled before it left.
    const input = presenter.inputs.findLast(({ handled }) => handled <= sent);
    const arrival = received.findIndex(({ key }, place) => place >= from && key === keyOf({ view }));
    const arrived = received[arrival];
    if (!input || !arrived) continue;
    from = arrival + 1;
    const overtaken = (received[from]?.at ?? Number.POSITIVE_INFINITY) + ahead;
    const frame = follower.painted.find(
      ({ at, views }) => at >= arrived.at + ahead && at < overtaken && shows(views, view),
    );
    if (!frame) continue;
    const until = presenter.sent[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    const own = presenter.painted.find(
      ({ at, views }) => at >= input.handled && at < until && shows(views, view),
    );
    steps.push({
      input: input.at,
      handled: input.handled,
      sent,
      received: arrived.at,
      painted: frame.at - ahead,
      next: frame.next - ahead,
      ownPainted: own?.at ?? Number.NaN,
    });
  }
  return steps;
}

/** Whether viewports as they were painted show what a frame on the wire asks for. */
export const showsFrame = (painted: readonly PaintedView[], frame: string): boolean =>
  shows(painted, viewIn(frame).view);

/** What a Socket.IO text frame of a `view` holds. */
export function viewIn(frame: string): ViewMessage {
  const [, message] = JSON.parse(frame.slice('42'.length)) as [string, ViewMessage];
  return message;
}

const keyOf = ({ view }: Pick<ViewMessage, 'view'>): string =>
  JSON.stringify(
    view.viewports.map(({ viewportId, focalMm, voi, zoom }) => [viewportId, focalMm, voi, zoom]),
  );

/** The attributes are written to 0.1 mm and 0.1 of a window's unit; a frame may differ by what nobody sees. */
const near = (attribute: string, values: readonly number[], tolerance: number): boolean => {
  const parts = attribute.split(',').map(Number);
  return (
    parts.length === values.length && parts.every((part, i) => Math.abs(part - (values[i] ?? 0)) <= tolerance)
  );
};

function shows(painted: readonly PaintedView[], { viewports }: ViewState): boolean {
  return viewports.every(({ viewportId, focalMm, voi }) => {
    const frame = painted.find(({ id }) => id === viewportId);
    return (
      frame !== undefined &&
      (!focalMm || near(frame.focalMm, focalMm, 0.15)) &&
      (!voi || near(frame.voi, [voi.center, voi.width], 0.1 + 2e-3 * voi.width))
    );
  });
}
