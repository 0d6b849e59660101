'use client';

import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

/** Asks before something that cannot be taken back. Escape and the first choice leave everything as it is. */
export function ConfirmDialog(props: {
  open: boolean;
  title: string;
  children: ReactNode;
  confirm: string;
  cancel: string;
  onAnswer: (yes: boolean) => void;
}) {
  return (
    <Dialog open={props.open} title={props.title} onClose={() => props.onAnswer(false)}>
      <p>{props.children}</p>
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <Button look="danger" onClick={() => props.onAnswer(true)}>
          {props.confirm}
        </Button>
        <Button look="primary" autoFocus onClick={() => props.onAnswer(false)}>
          {props.cancel}
        </Button>
      </div>
    </Dialog>
  );
}
