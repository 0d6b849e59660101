import Link from 'next/link';
import type { SessionSummary } from '@/lib/boards/schema.ts';
import { JoinLink } from './join-link.tsx';
import { SessionFacts } from './session-facts.tsx';
import { SessionState } from './session-state.tsx';
import { ClockTime, LongDate, ZoneName } from './session-time.tsx';

/** Today's sessions, each with its way into the room. */
export function TodaySessions({ sessions, now }: { sessions: SessionSummary[]; now: number }) {
  return (
    <ul className="space-y-3">
      {sessions.map((session) => (
        <li
          key={session.id}
          className="card flex flex-wrap items-center gap-x-6 gap-y-3 border-l-4 border-l-teal-700 p-4"
        >
          <div className="flex w-full items-baseline gap-x-2 sm:block sm:w-28">
            <p className="text-2xl font-semibold">
              <ClockTime {...session} />
            </p>
            <p className="text-xs text-slate-600">
              <ZoneName {...session} />
            </p>
          </div>
          <div className="w-full space-y-1 sm:w-auto sm:min-w-56 sm:flex-1">
            <h3 className="flex flex-wrap items-center gap-2 text-lg font-semibold">
              <Link
                id={`session-${session.id}`}
                href={`/sessions/${session.id}`}
                className="min-w-0 break-words hover:underline"
              >
                {session.boardTitle}
              </Link>
              <SessionState session={session} now={now} />
            </h3>
            <SessionFacts session={session} />
          </div>
          <JoinLink sessionId={session.id} describedBy={`session-${session.id}`} />
        </li>
      ))}
    </ul>
  );
}

/** Sessions of other days, one line each. */
export function SessionLines(props: { sessions: SessionSummary[]; now: number; withTitle?: boolean }) {
  return (
    <ul className="card divide-y divide-slate-200">
      {props.sessions.map((session) => (
        <li key={session.id} className="flex flex-wrap items-baseline gap-x-6 gap-y-1 px-4 py-3">
          <Link href={`/sessions/${session.id}`} className="link w-72 font-medium first-letter:uppercase">
            <LongDate {...session} />, <ClockTime {...session} />
          </Link>
          <div className="min-w-56 flex-1 space-y-0.5">
            {props.withTitle && <p className="break-words">{session.boardTitle}</p>}
            <SessionFacts session={session} />
          </div>
          <SessionState session={session} now={props.now} />
        </li>
      ))}
    </ul>
  );
}
