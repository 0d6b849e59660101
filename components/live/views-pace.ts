import { QUICK_TICK_MS, TICK_MS } from '@/lib/live/protocol.ts';

/** How often this device sends what its person shows: kept on the device, as screens and lines differ. */
const KEY = 'consilium.viewsASecond';

export const sendsSixty = (): boolean => localStorage.getItem(KEY) === '60';
export const keepSixty = (on: boolean): void => localStorage.setItem(KEY, on ? '60' : '30');

export const viewsTickMs = (): number => (sendsSixty() ? QUICK_TICK_MS : TICK_MS);
