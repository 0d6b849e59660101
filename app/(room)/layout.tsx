import type { ReactNode } from 'react';
import { Reauthenticate } from '@/components/shell/reauthenticate.tsx';
import { requireActor } from '@/lib/auth/page-actor.server.ts';
import { readAccount } from '@/lib/people/account.server.ts';

/** Pages where images are read: dark, the whole window, nothing around them. */
export default async function RoomLayout({ children }: { children: ReactNode }) {
  const account = await readAccount(await requireActor());
  return (
    <>
      <div
        data-theme="dark"
        className="h-dvh overflow-hidden bg-neutral-950 text-sm text-neutral-100 [color-scheme:dark]"
      >
        {children}
      </div>
      <Reauthenticate email={account.email} />
    </>
  );
}
