import { icuArguments } from './icu-arguments.ts';
import type { MessageUse } from './message-usages.ts';

export type Messages = { [key: string]: string | Messages };

/** Errors have their words by code, whoever shows them. */
const BY_CODE = 'errors';

/**
 * What is wrong with the messages, one line each; empty when both languages are complete, every key is used, every
 * used key exists, both languages take the same arguments, and every error code has its sentence.
 */
export function checkMessages(input: {
  en: Messages;
  fr: Messages;
  uses: readonly MessageUse[];
  errorCodes: readonly string[];
}): string[] {
  const en = flatten(input.en);
  const fr = flatten(input.fr);
  const keys = new Set([...en.keys(), ...fr.keys()]);
  const used = new Set(input.errorCodes.map((code) => `${BY_CODE}.${code}`));
  const problems = [...used]
    .filter((key) => !keys.has(key))
    .map((key) => `${key}: a code without its sentence`);

  for (const use of input.uses) {
    if (use.text === '' && !use.namespace) {
      problems.push(`${use.where}: a key that cannot be followed; write it, or begin it with a literal`);
      continue;
    }
    const meant = [...keys].filter((key) => means(use, key));
    if (meant.length === 0)
      problems.push(`${nameOf(use)}: used in ${use.where}, but there is no such message`);
    for (const key of meant) if (use.kind === 'key' || !key.startsWith(`${BY_CODE}.`)) used.add(key);
  }
  for (const key of keys) {
    if (!used.has(key)) problems.push(`${key}: never used`);
    const [english, french] = [en.get(key), fr.get(key)];
    if (english === undefined) problems.push(`${key}: missing in English`);
    else if (french === undefined) problems.push(`${key}: missing in French`);
    else problems.push(...differences(key, english, french));
  }
  return problems;
}

function differences(key: string, english: string, french: string): string[] {
  try {
    const [en, fr] = [icuArguments(english), icuArguments(french)];
    const apart = [...en].filter((one) => !fr.has(one)).concat([...fr].filter((one) => !en.has(one)));
    return apart.length === 0 ? [] : [`${key}: ${apart.join(', ')} in one language only`];
  } catch (error) {
    return [`${key}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function means(use: MessageUse, key: string): boolean {
  if (use.namespace === null) {
    const dotted = `.${key}`;
    return use.kind === 'key' ? dotted.endsWith(`.${use.text}`) : dotted.includes(`.${use.text}`);
  }
  const text = [use.namespace, use.text].filter(Boolean).join('.');
  if (use.kind === 'key') return key === text;
  return use.text === '' ? key.startsWith(use.namespace && `${use.namespace}.`) : key.startsWith(text);
}

const nameOf = ({ namespace, text, kind }: MessageUse): string =>
  [namespace ?? '*', text].filter(Boolean).join('.') + (kind === 'prefix' ? '…' : '');

function flatten(messages: Messages, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(messages).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}
