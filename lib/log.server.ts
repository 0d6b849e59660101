import pino from 'pino';

/** One logger for the whole process; Next's copy of this module shares it. Never log patient data or tokens. */
const shared = globalThis as typeof globalThis & { consiliumLog?: pino.Logger };

shared.consiliumLog ??= pino({
  level: usableLevel(process.env.LOG_LEVEL),
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
});

export const log: pino.Logger = shared.consiliumLog;

/** An unusable level is the environment check's to complain about; the logger itself must not fall over it first. */
function usableLevel(level: string | undefined): string {
  return level !== undefined && (level === 'silent' || level in pino.levels.values) ? level : 'info';
}
