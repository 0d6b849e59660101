import type { DataSet } from 'dicom-parser';
import { dictionaryVr } from '../dicom/dictionary.ts';
import type { ParsedHeader } from '../dicom/parse-header.ts';
import type { Edit, Edits, ElementView } from '../dicom/rewrite.ts';
import { cleanText } from './clean-text.ts';
import { dummyItems, dummyValue } from './dummy.ts';
import { type Identity, identityOf } from './identity.ts';
import { methodElements } from './method.ts';
import { chooseAction, profileEntry, settle } from './profile.ts';
import { type Pseudonyms, pseudonyms } from './pseudonyms.ts';
import { findRisks } from './risks.ts';
import { hasSafePrivate, isSafePrivate } from './safe-private.ts';
import type { DeidentifyOptions, Risk } from './schema.ts';
import { shiftDates } from './shift-dates.ts';

export type Deidentified = { edits: Edits; risks: Risk[]; pseudonyms: Pseudonyms };

/** Schemes, code lists and resources: UIDs that name no patient's object, though they are not all of DICOM's own. */
const CODING_UIDS = new Set(['x0008010c', 'x00080117', 'x00080118', 'x00080016', 'x00081150', 'x00081151']);
const COPIED_INTO = new Set(['LO', 'SH', 'UC', 'CS']);
const URN_CODE_VALUE = 'x00080120';
const REMOVED: Edit = 'remove';

/**
 * An object's edits under the Basic Application Level Confidentiality Profile (PS3.15 E.2) and the options chosen.
 * With the same secret the same UIDs, patients and dates become the same others, in every object and every export, so
 * that references between objects hold.
 * @param scope where the patient's identifier is valid: another centre's patient of the same number is somebody else
 */
export function deidentify(
  { dataSet }: Pick<ParsedHeader, 'dataSet'>,
  options: DeidentifyOptions,
  secret: Uint8Array,
  scope: string,
): Deidentified {
  const names = pseudonyms(secret, `${scope}\n${patientKey(dataSet)}`);
  const added = methodElements(options);
  const identity = identityOf(dataSet);
  return {
    risks: findRisks(dataSet),
    pseudonyms: names,
    edits: {
      element: (view) => withoutIdentity(view, editOf(view, options, names), identity),
      add: (_dataSet, path) => (path.length === 0 ? added : []),
    },
  };
}

/** The Patient ID names the patient; without one the name and the day of birth do, as far as they go. */
function patientKey(dataSet: DataSet): string {
  const id = dataSet.string('x00100020')?.trim();
  if (id) return `id ${id}`;
  return `name ${dataSet.string('x00100010')?.trim() ?? ''} ${dataSet.string('x00100030')?.trim() ?? ''} ${
    dataSet.string('x0020000d') ?? ''
  }`;
}

/** Text that would stay and names the patient goes. */
function withoutIdentity(view: ElementView, edit: Edit, identity: Identity): Edit {
  if (edit !== 'keep') return edit;
  // A Patient ID of digits alone was seen as Series Number.
  if (view.vr === 'IS') return identity.is(view) ? { value: '0' } : edit;
  if (!COPIED_INTO.has(view.vr)) return edit;
  return identity.isIn(view) ? { value: dummyValue(view.vr) } : edit;
}

function editOf(view: ElementView, options: DeidentifyOptions, names: Pseudonyms): Edit {
  const { tag } = view;
  if (Number.parseInt(tag.slice(1, 5), 16) % 2 === 1) return privateEdit(view, options);
  const vr = view.vr === 'UN' ? (dictionaryVr(tag) ?? 'UN') : view.vr;
  const isSequence = vr === 'SQ' || view.element.items !== undefined;
  if (tag === 'x00100010') return { value: names.patient, vr: 'PN' };
  if (tag === 'x00100020') return { value: names.patient, vr: 'LO' };
  // An overlay without its data is no overlay: the plane's other elements go with it.
  if (/^x60/.test(tag)) return REMOVED;
  const entry = profileEntry(tag);
  if (!entry) return unlistedEdit(view, vr, isSequence, options, names);
  const { code, because } = chooseAction(entry, options);
  if (code === 'C') {
    const cleaned = clean(view, vr, because, names);
    if (cleaned) return cleaned;
  }
  const action = settle(code === 'C' ? entry.basic : code, isSequence);
  switch (action) {
    case 'X':
      return REMOVED;
    case 'Z':
      // Z may be a dummy: a DICOMDIR wants a Study ID, and a viewer a name for each structure.
      if (tag === 'x00200010') return { value: '0', vr };
      if (tag === 'x30060026') return { value: roiName(view), vr };
      return isSequence ? { value: [], vr: 'SQ' } : { value: '', vr };
    case 'D':
      return isSequence ? { value: dummyItems(tag), vr: 'SQ' } : { value: dummyValue(vr), vr };
    case 'U':
      return isSequence ? readable(view) : uidEdit(view, options, names);
    default:
      return readable(view);
  }
}

/** K, and the inside of what stays: a sequence that came as unknown bytes cannot be looked into, and goes. */
function readable(view: ElementView): Edit {
  const opaque = view.vr === 'UN' && view.element.items === undefined && dictionaryVr(view.tag) === 'SQ';
  return opaque ? REMOVED : 'keep';
}

/** C: what similar meaning can be had without identity; undefined where none can, and the Basic Profile's code holds. */
function clean(view: ElementView, vr: string, because: string | null, names: Pseudonyms): Edit | undefined {
  switch (because) {
    case 'dates':
      return dateEdit(view, vr, names);
    case 'desc': {
      if (view.element.items !== undefined || vr === 'SQ') return undefined;
      const text = cleanText(view.text());
      if (view.tag === 'x30060026') return { value: text || roiName(view), vr };
      return text === '' ? undefined : { value: text, vr };
    }
    case 'struct':
      return readable(view);
    case 'graph':
      return view.tag === 'x00700001' ? readable(view) : undefined;
    default:
      return undefined;
  }
}

/** What the table does not list: kept, but for the kinds of value that always tell of somebody. */
function unlistedEdit(
  view: ElementView,
  vr: string,
  isSequence: boolean,
  options: DeidentifyOptions,
  names: Pseudonyms,
): Edit {
  // Whatever else is said of the patient, the visit or the request, new attributes of the standard too.
  if (/^x(0010|0032|0038|4008)/.test(view.tag)) return REMOVED;
  if (isSequence) return readable(view);
  // Text in a report's tree or beside a graphic; whether any of it stays was decided at the sequence around it.
  if (view.tag === 'x0040a160' || view.tag === 'x00700006')
    return { value: cleanText(view.text()) || 'REMOVED', vr };
  switch (vr) {
    case 'PN':
    case 'AE':
    case 'LT':
    case 'ST':
    case 'UT':
      return { value: '', vr };
    case 'UR':
      return view.tag === URN_CODE_VALUE ? 'keep' : REMOVED;
    case 'DA':
    case 'DT':
      return options.dates === 'kept'
        ? 'keep'
        : (options.dates === 'shifted' && dateEdit(view, vr, names)) || {
            value: dummyValue(vr),
            vr,
          };
    case 'TM':
      return options.dates === 'removed' ? { value: dummyValue(vr), vr } : 'keep';
    case 'UI':
      return CODING_UIDS.has(view.tag) ? 'keep' : uidEdit(view, options, names);
    case 'UN':
      return REMOVED;
    default:
      return 'keep';
  }
}

function uidEdit(view: ElementView, options: DeidentifyOptions, names: Pseudonyms): Edit {
  if (options.keepUids && !profileEntry(view.tag)) return 'keep';
  const uids = view.text().split('\\');
  return { value: uids.map((uid) => names.uid(uid.trim())).join('\\'), vr: 'UI' };
}

/** Dates move; times of day stay, and so do intervals. The time zone tells where, and goes. */
function dateEdit(view: ElementView, vr: string, names: Pseudonyms): Edit | undefined {
  if (vr === 'TM') return 'keep';
  if (vr !== 'DA' && vr !== 'DT') return undefined;
  const shifted = shiftDates(view.text(), names.days);
  return shifted === '' ? undefined : { value: shifted, vr };
}

function roiName(view: ElementView): string {
  const number = view.dataSet.intString('x30060022');
  return number === undefined ? '' : `ROI_${number}`;
}

function privateEdit(view: ElementView, options: DeidentifyOptions): Edit {
  if (!options.keepSafePrivate) return REMOVED;
  const element = view.tag.slice(5);
  if (/^00[1-9a-f][0-9a-f]$/.test(element)) return hasSafePrivate(view.text()) ? 'keep' : REMOVED;
  const creator = view.dataSet.string(`${view.tag.slice(0, 5)}00${element.slice(0, 2)}`) ?? '';
  return isSafePrivate(creator, view.tag) && view.element.items === undefined ? 'keep' : REMOVED;
}
