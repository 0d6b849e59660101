import { beyondTable, profileTable } from './profile-table.ts';
import type { DeidentifyOptions } from './schema.ts';

/** PS3.15 table E.1-1a. */
export type ActionCode = 'D' | 'Z' | 'X' | 'K' | 'C' | 'U' | 'X/Z' | 'X/D' | 'Z/D' | 'X/Z/D' | 'X/Z/U*';
type Modifier = 'dates' | 'uid' | 'dev' | 'devC' | 'inst' | 'pat' | 'patC' | 'desc' | 'struct' | 'graph';
export type ProfileEntry = { basic: ActionCode; modifiers: readonly Modifier[] };

const entries = new Map<string, ProfileEntry>();
const extra = new Map<string, ProfileEntry>();
fill(entries, profileTable);
fill(extra, beyondTable);

function fill(into: Map<string, ProfileEntry>, table: Readonly<Record<string, string>>): void {
  for (const [key, tags] of Object.entries(table)) {
    const [basic, ...modifiers] = key.split(' ') as [ActionCode, ...Modifier[]];
    for (const tag of tags.trim().split(/\s+/)) into.set(`x${tag}`, { basic, modifiers });
  }
}

/** All of the table by tag, `xggggeeee`; repeating groups with x for the digits that vary. */
export const profileEntries: ReadonlyMap<string, ProfileEntry> = entries;

/** The line for a tag: the table's, of a repeating group too, or one that goes beyond it. */
export function profileEntry(tag: string): ProfileEntry | undefined {
  if (tag.startsWith('x50')) return entries.get('x50xxxxxx');
  return tag.startsWith('x60') ? entries.get(`x60xx${tag.slice(5)}`) : (entries.get(tag) ?? extra.get(tag));
}

/** What to do with an attribute of the table: `K` before `C` before the Basic Profile's own code. */
export function chooseAction(
  { basic, modifiers }: ProfileEntry,
  options: DeidentifyOptions,
): { code: ActionCode; because: Modifier | null } {
  const chosen: Record<Modifier, ActionCode | null> = {
    dates: options.dates === 'kept' ? 'K' : options.dates === 'shifted' ? 'C' : null,
    uid: options.keepUids ? 'K' : null,
    dev: options.keepDevice ? 'K' : null,
    devC: options.keepDevice ? 'C' : null,
    inst: options.keepInstitution ? 'K' : null,
    pat: options.keepPatientCharacteristics ? 'K' : null,
    patC: options.keepPatientCharacteristics ? 'C' : null,
    desc: options.cleanDescriptors ? 'C' : null,
    struct: options.cleanStructuredContent ? 'C' : null,
    graph: options.cleanGraphics ? 'C' : null,
  };
  const kept = modifiers.find((modifier) => chosen[modifier] === 'K');
  if (kept) return { code: 'K', because: kept };
  const cleaned = modifiers.find((modifier) => chosen[modifier] === 'C');
  return cleaned ? { code: 'C', because: cleaned } : { code: basic, because: null };
}

/**
 * One of a compound code's choices. An object's IOD is not consulted: whatever may be required gets a value, which is
 * right where it is optional too. Sequences that may go do, since a dummy item would say more than nothing.
 */
export function settle(code: ActionCode, isSequence: boolean): 'D' | 'Z' | 'X' | 'K' | 'C' | 'U' {
  switch (code) {
    case 'X/Z':
      return 'Z';
    case 'X/D':
    case 'X/Z/D':
      return isSequence ? 'X' : 'D';
    case 'Z/D':
      return 'D';
    case 'X/Z/U*':
      return 'U';
    default:
      return code;
  }
}
