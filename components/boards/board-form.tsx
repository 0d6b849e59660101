'use client';

import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field.tsx';
import { quorumSpecialties } from '@/lib/boards/rules.ts';
import { type BoardFields, type BoardType, boardTypes } from '@/lib/boards/schema.ts';
import { ConflictNotice } from './conflict-notice.tsx';
import { FormFrame } from './form-frame.tsx';
import { MemberPicker } from './member-picker.tsx';
import type { Person } from './person-line.tsx';
import { useEditor } from './use-editor.ts';

export type BoardDraft = {
  centreId: string;
  title: string;
  type: BoardType;
  requiredSpecialties: string[];
  members: Person[];
  chairId: string;
};

const byName = (a: Person, b: Person) =>
  a.displayName.localeCompare(b.displayName) || a.personId.localeCompare(b.personId);

/** What the form edits of a saved board; members in one order, so that two drafts can be compared. */
export function toDraft(board: BoardFields): BoardDraft {
  const { centreId, title, type, requiredSpecialties, members } = board;
  return {
    centreId,
    title,
    type,
    requiredSpecialties,
    members: members.map(({ chair: _, ...person }) => person).sort(byName),
    chairId: members.find((member) => member.chair)?.personId ?? '',
  };
}

/** A board's title, type, required specialties, members and chair; for a new board also its centre. */
export function BoardForm(props: {
  label: string;
  initial: BoardDraft;
  version: number;
  /** To choose from, for a new board. */
  centres?: { id: string; name: string }[];
  save: (draft: BoardDraft, version: number) => Promise<void>;
  onCancel: () => void;
}) {
  const t = useTranslations('boards');
  const specialty = useTranslations('specialty');
  const shell = useTranslations('shell');
  const errors = useTranslations('errors');
  const editor = useEditor<BoardDraft>({
    initial: props.initial,
    version: props.version,
    save: props.save,
    readCurrent: (current) => {
      const board = current as BoardFields;
      return { fields: toDraft(board), version: board.version };
    },
  });
  const { fields, set, faultOf } = editor;
  const submit = () => {
    if (!fields.chairId)
      return editor.fault([{ path: 'chairId', code: 'required' }], errors('invalid_input'));
    void editor.submit();
  };
  const show = (key: keyof BoardDraft, saved: BoardDraft): string => {
    switch (key) {
      case 'type':
        return t(`type.${saved.type}`);
      case 'requiredSpecialties':
        return saved.requiredSpecialties.map((one) => specialty(one)).join(', ') || t('noSpecialty');
      case 'members':
        return saved.members.map((one) => one.displayName).join(', ');
      case 'chairId':
        return saved.members.find((one) => one.personId === saved.chairId)?.displayName ?? '';
      default:
        return saved[key];
    }
  };
  const titleError =
    fields.title.trim() === '' ? t('titleEmpty') : t('titleLong', { count: [...fields.title.trim()].length });
  return (
    <FormFrame
      label={props.label}
      problem={editor.problem}
      busy={editor.busy}
      submitLabel={shell('save')}
      onSubmit={submit}
      onCancel={props.onCancel}
      conflict={
        editor.conflict && (
          <ConflictNotice
            conflict={editor.conflict}
            label={(key) => t(`field.${key}`)}
            show={show}
            onTake={editor.take}
          />
        )
      }
    >
      <Field label={t('field.title')} required error={faultOf('title') && titleError}>
        {(control) => (
          <input
            {...control}
            className="field"
            required
            value={fields.title}
            onChange={(event) => set('title', event.target.value)}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('field.type')} hint={t(`typeHint.${fields.type}`)}>
          {(control) => (
            <select
              {...control}
              className="field"
              value={fields.type}
              onChange={(event) => set('type', event.target.value as BoardType)}
            >
              {boardTypes.map((type) => (
                <option key={type} value={type}>
                  {t(`type.${type}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        {props.centres && props.centres.length > 1 && (
          <Field label={t('field.centreId')}>
            {(control) => (
              <select
                {...control}
                className="field"
                value={fields.centreId}
                onChange={(event) => set('centreId', event.target.value)}
              >
                {props.centres?.map((centre) => (
                  <option key={centre.id} value={centre.id}>
                    {centre.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
      </div>
      <fieldset>
        <legend className="text-sm font-medium">{t('field.requiredSpecialties')}</legend>
        <p className="mb-2 text-xs text-slate-600">{t('quorumHint')}</p>
        <div className="grid gap-x-4 gap-y-1 sm:grid-cols-2 lg:grid-cols-3">
          {quorumSpecialties.map((one) => (
            <label key={one} className="flex min-h-6 items-center gap-2">
              <input
                type="checkbox"
                className="size-4 accent-teal-800"
                checked={fields.requiredSpecialties.includes(one)}
                onChange={(event) => {
                  const chosen = new Set(fields.requiredSpecialties);
                  if (event.target.checked) chosen.add(one);
                  else chosen.delete(one);
                  set(
                    'requiredSpecialties',
                    quorumSpecialties.filter((each) => chosen.has(each)),
                  );
                }}
              />
              {specialty(one)}
            </label>
          ))}
        </div>
      </fieldset>
      <MemberPicker
        members={fields.members}
        chairId={fields.chairId}
        error={faultOf('chairId') ? t('chairMissing') : faultOf('memberIds') ? t('memberUnknown') : undefined}
        onChange={(members, chairId) => {
          set('members', [...members].sort(byName));
          set('chairId', chairId);
        }}
      />
    </FormFrame>
  );
}

/** What the API takes of a draft. */
export function toBoardBody({ members, ...draft }: BoardDraft) {
  return { ...draft, memberIds: members.map((one) => one.personId) };
}
