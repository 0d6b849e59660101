'use client';

import { useRef, useState } from 'react';
import { useProblem } from '@/components/shell/use-problem.ts';
import { type Merge, mergeFields } from '@/lib/boards/merge-fields.ts';
import { ApiError } from '@/lib/http/api-client.ts';

export type Conflict<T> = Omit<Merge<T>, 'merged'> & { saved: T };
export type Fault = { path: string; code: string };

type Options<T> = {
  initial: T;
  /** The version that the editor starts from; any number for something new. */
  version: number;
  save: (fields: T, version: number) => Promise<void>;
  /** Reads the `current` of a version conflict. */
  readCurrent?: (current: unknown) => { fields: T; version: number };
};

/**
 * The state of a form that several people may have open: what is typed stays through every error, and a version
 * conflict is merged field by field, with a choice where both sides changed the same one.
 */
export function useEditor<T extends Record<string, unknown>>(options: Options<T>) {
  const say = useProblem();
  const [fields, setFields] = useState(options.initial);
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState<Fault[]>([]);
  const [problem, setProblem] = useState<string>();
  const [conflict, setConflict] = useState<Conflict<T>>();
  const start = useRef({ fields: options.initial, version: options.version });

  const refuse = (error: unknown) => {
    const current = error instanceof ApiError ? error.problem.current : undefined;
    if (error instanceof ApiError && error.code === 'version_conflict' && current && options.readCurrent) {
      const saved = options.readCurrent(current);
      const { merged, ...rest } = mergeFields(start.current.fields, fields, saved.fields);
      start.current = saved;
      setFields(merged);
      setConflict({ ...rest, saved: saved.fields });
      return;
    }
    setFaults(error instanceof ApiError ? (error.problem.errors ?? []) : []);
    setProblem(say(error));
  };

  /** Changes a field; what was wrong with it is no longer said. */
  const set = <K extends keyof T & string>(key: K, value: T[K]) => {
    setFields((all) => ({ ...all, [key]: value }));
    const left = faults.filter((fault) => fault.path !== key);
    if (left.length === faults.length) return;
    setFaults(left);
    if (left.length === 0) setProblem(undefined);
  };

  return {
    fields,
    busy,
    problem,
    conflict,
    faultOf: (path: string) =>
      faults.find((fault) => fault.path === path || fault.path.startsWith(`${path}.`)),
    set,
    /** Takes the other's value of a contested field. */
    take: (key: keyof T & string) => {
      if (!conflict) return;
      setFields((all) => ({ ...all, [key]: conflict.saved[key] }));
      setConflict({ ...conflict, contested: conflict.contested.filter((one) => one !== key) });
    },
    /** Says faults that the page itself has found, without asking the server. */
    fault: (found: Fault[], sentence: string) => {
      setFaults(found);
      setProblem(sentence);
    },
    submit: async () => {
      setBusy(true);
      setFaults([]);
      setProblem(undefined);
      try {
        await options.save(fields, start.current.version);
      } catch (error) {
        refuse(error);
      } finally {
        setBusy(false);
      }
    },
  };
}
