import pino from 'pino';

/** One logger for the whole process; Next's copy of this module shares it. Never log patient data or tokens. */
const shared = globalThis as typeof globalThis & { consiliumLog?: pino.Logger };

shared.consiliumLog ??= pino({
  level: process.env.LOG_LEVEL || 'info',
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
});

export const log: pino.Logger = shared.consiliumLog;
