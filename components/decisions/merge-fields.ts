import {
  type DecisionDraft,
  type DecisionField,
  type DecisionView,
  decisionFieldNames,
} from '@/lib/decisions/schema.ts';

/**
 * A record while several people write it, field by field, as one tab holds it. Pure. The rule: nobody's text is ever
 * lost. What somebody types stays in the field; what others wrote meanwhile stands beside it until one is chosen.
 */

export type FieldValue = DecisionDraft[DecisionField];

export type FieldState = {
  /** What stands in the field of this tab. */
  value: FieldValue;
  /** The server's version that `value` goes on from. */
  base: number;
  /** Typed and not yet acknowledged. */
  dirty: boolean;
  /** What was sent last and not acknowledged: it may have arrived all the same. */
  sent: { value: FieldValue } | null;
  /** A request with `sent` is under way. */
  sending: boolean;
  /** The field has the focus: it is not changed under the writer's hands. */
  held: boolean;
  /** What somebody else wrote since `base`. */
  theirs: { value: FieldValue; version: number } | null;
};

export type DraftForm = Readonly<Record<DecisionField, FieldState>>;

type Served = Pick<DecisionView, 'draft' | 'fieldVersions'>;

export function openForm(view: Served): DraftForm {
  return Object.fromEntries(
    decisionFieldNames.map((field) => [
      field,
      {
        value: view.draft[field],
        base: view.fieldVersions[field] ?? 0,
        dirty: false,
        sent: null,
        sending: false,
        held: false,
        theirs: null,
      } satisfies FieldState,
    ]),
  ) as DraftForm;
}

export const draftOf = (form: DraftForm): DecisionDraft =>
  Object.fromEntries(decisionFieldNames.map((field) => [field, form[field].value])) as DecisionDraft;

/** The writer's own change. */
export function type(form: DraftForm, field: DecisionField, value: FieldValue): DraftForm {
  return put(form, field, { value, dirty: true });
}

/** The whole record came from the server: every field that nobody writes in here takes it over. */
export function merge(form: DraftForm, view: Served): DraftForm {
  return decisionFieldNames.reduce(
    (all, field) =>
      hear(all, field, { value: view.draft[field], version: view.fieldVersions[field] ?? 0 }, false),
    form,
  );
}

/** Fields to send now. One that is in conflict waits for its writer's choice. */
export function toSend(form: DraftForm): DecisionField[] {
  return decisionFieldNames.filter((field) => {
    const { dirty, sending, theirs } = form[field];
    return dirty && !sending && theirs === null;
  });
}

export function send(form: DraftForm, field: DecisionField): DraftForm {
  return put(form, field, { sending: true, sent: { value: form[field].value } });
}

/** The server took what was sent; what was typed since then is sent next. */
export function acknowledge(form: DraftForm, field: DecisionField, version: number): DraftForm {
  const { value, sent, base, dirty } = form[field];
  return put(form, field, {
    base: Math.max(base, version),
    sending: false,
    sent: null,
    dirty: sent === null ? dirty : !same(sent.value, value),
  });
}

/** No answer: it is sent again later. */
export function retry(form: DraftForm, field: DecisionField): DraftForm {
  return put(form, field, { sending: false });
}

/** The server holds a later version of the field than the one that was written on. */
export function refuse(
  form: DraftForm,
  field: DecisionField,
  current: { value: FieldValue; version: number },
): DraftForm {
  return hear(put(form, field, { sending: false }), field, current, true);
}

export function hold(form: DraftForm, field: DecisionField): DraftForm {
  return put(form, field, { held: true });
}

/** The focus leaves: what others wrote into a field that its holder did not change comes in. */
export function release(form: DraftForm, field: DecisionField): DraftForm {
  const { dirty, theirs } = form[field];
  const released = put(form, field, { held: false });
  return !dirty && theirs ? takeTheirs(released, field) : released;
}

export function takeTheirs(form: DraftForm, field: DecisionField): DraftForm {
  const { theirs } = form[field];
  if (!theirs) return form;
  return put(form, field, {
    value: theirs.value,
    base: theirs.version,
    dirty: false,
    sent: null,
    theirs: null,
  });
}

/** The writer's own text goes on top of what the other one wrote. */
export function keepMine(form: DraftForm, field: DecisionField): DraftForm {
  const { theirs } = form[field];
  return theirs ? put(form, field, { base: theirs.version, dirty: true, theirs: null }) : form;
}

export function same(a: FieldValue, b: FieldValue): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, index) => one === b[index]);
  return a === b;
}

export const sameDraft = (a: DecisionDraft, b: DecisionDraft): boolean =>
  decisionFieldNames.every((field) => same(a[field], b[field]));

function hear(
  form: DraftForm,
  field: DecisionField,
  now: { value: FieldValue; version: number },
  refused: boolean,
): DraftForm {
  const own = form[field];
  if (now.version <= own.base && !refused) return form;
  // The other one wrote the same, or it is this tab's own text whose answer was lost.
  if (same(now.value, own.value))
    return put(form, field, { base: now.version, dirty: false, sent: null, theirs: null });
  if (own.sent && same(now.value, own.sent.value))
    return put(form, field, { base: now.version, dirty: true, sent: null, theirs: null });
  if (own.dirty || own.held) return put(form, field, { theirs: now });
  return put(form, field, { value: now.value, base: now.version, theirs: null });
}

const put = (form: DraftForm, field: DecisionField, change: Partial<FieldState>): DraftForm => ({
  ...form,
  [field]: { ...form[field], ...change },
});
