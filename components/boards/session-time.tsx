import { useFormatter, useLocale } from 'next-intl';
import { zoneName } from '@/lib/boards/time-zones.ts';

type Props = { startsAt: string | Date; timeZone: string };

/** A clock time in the session's own zone, on 24 hours in both languages. */
export function ClockTime({ startsAt, timeZone }: Props) {
  const format = useFormatter();
  const at = new Date(startsAt);
  return (
    <time dateTime={at.toISOString()} className="tabular-nums">
      {format.dateTime(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone })}
    </time>
  );
}

/** A date in the session's own zone, with its weekday. */
export function LongDate({ startsAt, timeZone }: Props) {
  const format = useFormatter();
  const at = new Date(startsAt);
  const words = format.dateTime(at, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone,
  });
  return <time dateTime={at.toISOString()}>{words}</time>;
}

/** The zone by its name, so that nobody reads another place's clock as their own. */
export function ZoneName({ startsAt, timeZone }: Props) {
  return <span>{zoneName(timeZone, useLocale(), new Date(startsAt))}</span>;
}
