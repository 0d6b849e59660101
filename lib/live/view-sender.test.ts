import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { QUICK_TICK_MS, TICK_MS } from './protocol.ts';
import { ANSWER_WITHIN_MS, VIEWS_UNDER_WAY, type ViewMessage, ViewSender } from './view-sender.ts';
import { plainView } from './view-state.ts';

const message = (layout: string): ViewMessage => ({
  itemId: 'item',
  view: { layout, activeViewportId: null, viewports: [], structureSets: [], ...plainView },
});

describe('the presenter’s views on their way', () => {
  let sent: string[];
  let connected: boolean;
  let sender: ViewSender;
  beforeEach(() => {
    vi.useFakeTimers();
    sent = [];
    connected = true;
    sender = new ViewSender(({ view }) => {
      if (connected) sent.push(view.layout);
      return connected;
    });
  });
  afterEach(() => {
    sender.stop();
    vi.useRealTimers();
  });

  /** One view per tick, none answered. */
  const move = (steps: number) => {
    for (let step = 1; step <= steps; step += 1) {
      sender.offer(message(`view ${step}`));
      vi.advanceTimersByTime(TICK_MS);
    }
  };

  test('L6: few at a time; an answer lets the latest go', () => {
    move(10);
    expect(sent).toEqual(['view 1', 'view 2', 'view 3', 'view 4']);
    expect(sent).toHaveLength(VIEWS_UNDER_WAY);
    sender.answered();
    expect(sent.at(-1)).toBe('view 10');
  });

  test('L6: thirty a second, and sixty for whoever chooses so', () => {
    let tickMs = TICK_MS;
    const quick = new ViewSender(
      ({ view }) => sent.push(view.layout) > 0,
      () => tickMs,
    );
    const during = (ms: number): number => {
      sent = [];
      for (let at = 0; at < ms; at += 1) {
        quick.offer(message(`at ${at}`));
        quick.answered();
        vi.advanceTimersByTime(1);
      }
      return sent.length;
    };
    expect(during(990)).toBe(31);
    tickMs = QUICK_TICK_MS;
    during(40);
    expect(during(960)).toBe(60);
    quick.stop();
  });

  test('L6: the last one leaves, even if no answer ever comes', () => {
    move(10);
    vi.advanceTimersByTime(2 * ANSWER_WITHIN_MS);
    expect(sent.slice(VIEWS_UNDER_WAY)).toEqual(['view 10']);
  });

  test('L6: nothing of it leaves when control has gone meanwhile', () => {
    move(10);
    sender.drop();
    sender.answered();
    vi.advanceTimersByTime(2 * ANSWER_WITHIN_MS);
    expect(sent).toHaveLength(VIEWS_UNDER_WAY);
  });

  test('R1: a new connection starts with nothing on its way', () => {
    move(10);
    sender.restart();
    sender.offer(message('fresh'));
    expect(sent.at(-1)).toBe('fresh');
  });
});
