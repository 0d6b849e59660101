import { Document, Font, Page, StyleSheet, Text, View } from '@react-pdf/renderer';
import type { ReactNode } from 'react';
import type { RecordWords } from './record-words.server.ts';
import type { Attendee, DecisionContext, DecisionDraft, DecisionVersionView } from './schema.ts';

/** Together: the renderer reckons a line's height by the font size of the same style, not by the inherited one. */
const line = { fontSize: 9.5, lineHeight: 1.35 };

const styles = StyleSheet.create({
  page: {
    fontFamily: 'DejaVu',
    fontSize: 9.5,
    paddingTop: 44,
    paddingBottom: 56,
    paddingHorizontal: 48,
    color: '#0f172a',
  },
  head: {
    flexDirection: 'row',
    justifyContent: 'space-between',
    borderBottom: '1pt solid #115e59',
    paddingBottom: 8,
    marginBottom: 12,
  },
  title: { fontSize: 15, fontWeight: 'bold', lineHeight: 1.2, marginBottom: 2 },
  quiet: { color: '#475569' },
  row: { flexDirection: 'row', marginBottom: 5 },
  // Not on the page: with a line height, the renderer drops a text that it fills in per page (the foot's number).
  label: { ...line, width: 152, color: '#475569', paddingRight: 8 },
  value: { ...line, flex: 1 },
  section: {
    marginTop: 8,
    marginBottom: 5,
    paddingBottom: 2,
    borderBottom: '0.5pt solid #cbd5e1',
    fontWeight: 'bold',
    fontSize: 10.5,
    color: '#115e59',
  },
  proposal: { borderLeft: '2.5pt solid #115e59', paddingLeft: 8, paddingVertical: 2 },
  draft: { backgroundColor: '#fef3c7', padding: 6, marginBottom: 10, fontWeight: 'bold' },
  foot: {
    position: 'absolute',
    bottom: 28,
    left: 48,
    right: 48,
    flexDirection: 'row',
    justifyContent: 'space-between',
    color: '#475569',
    fontSize: 8,
  },
});

let loading: Promise<void> | undefined;

/**
 * DejaVu holds Latin, Greek, Cyrillic and more; embedded, so that names come out everywhere and text can be copied.
 * Load it before a record is rendered.
 */
export function loadFonts(folder: string): Promise<void> {
  loading ??= load(folder);
  return loading;
}

async function load(folder: string): Promise<void> {
  Font.register({
    family: 'DejaVu',
    fonts: [
      { src: `${folder}/DejaVuSans.ttf` },
      { src: `${folder}/DejaVuSans-Bold.ttf`, fontWeight: 'bold' },
    ],
  });
  Font.registerHyphenationCallback((word) => [word]);
  for (const fontWeight of ['normal', 'bold'] as const) {
    const descriptor = { fontFamily: 'DejaVu', fontWeight };
    await Font.load(descriptor);
    const font = Font.getFont(descriptor).data;
    // Embedding É asks the font for its E without saying which letter that is, and the font remembers it so: every
    // later record in this process would lose its E's when copied or searched. Name each letter first.
    for (const codePoint of font?.characterSet ?? []) font?.glyphForCodePoint(codePoint);
  }
}

export type RecordInput = {
  content: DecisionDraft;
  context: DecisionContext;
  versions: DecisionVersionView[];
  /** The version that is printed; null for the draft. */
  number: number | null;
  locale: string;
};

/** The board's record of one case on paper (fiche RCP). */
export function RecordDocument({
  content,
  context,
  versions,
  number,
  locale,
  words,
}: RecordInput & { words: RecordWords }) {
  const { t } = words;
  const { patient, board, session } = context;
  const name = `${patient.familyName} ${patient.givenName}`.trim();
  return (
    <Document title={`${t('title')}: ${name}`} author={board.centreName} language={locale}>
      <Page size="A4" style={styles.page}>
        <View style={styles.head}>
          <View>
            <Text style={styles.title}>{t('title')}</Text>
            <Text style={styles.quiet}>{`${board.centreName} (${board.centreCode})`}</Text>
          </View>
          <View style={{ alignItems: 'flex-end' }}>
            <Text style={{ fontWeight: 'bold' }}>{name}</Text>
            {patient.birthDate && (
              <Text style={styles.quiet}>{t('born', { date: words.date(patient.birthDate) })}</Text>
            )}
          </View>
        </View>
        {number === null && <Text style={styles.draft}>{t('draft')}</Text>}

        <Row label={t('patient')}>
          {[name, patient.sex && words.sex(patient.sex)].filter(Boolean).join(', ')}
        </Row>
        {patient.identifiers.length > 0 && (
          <Row label={t('identifiers')}>
            {patient.identifiers.map((one) => `${one.value} (${one.centreCode})`).join(', ')}
          </Row>
        )}
        <Section>{t('meeting')}</Section>
        <Row label={t('board')}>{board.title}</Row>
        <Row label={t('session')}>
          {[words.moment(session.startsAt, session.timeZone), session.place].filter(Boolean).join(', ')}
        </Row>
        <Row label={t('chair')}>{context.chair}</Row>
        <Row label={t('requester')}>{context.case.requesterName}</Row>
        <Row label={t('participants')}>{people(context.present, words) || t('none')}</Row>
        {context.invitedAbsent.length > 0 && (
          <Row label={t('excused')}>{people(context.invitedAbsent, words)}</Row>
        )}
        {content.writtenOpinions.length > 0 && (
          <Row label={t('writtenOpinions')}>{content.writtenOpinions.map(words.specialty).join(', ')}</Row>
        )}
        <Row label={t('quorum')}>{quorum(context, words)}</Row>

        <Section>{t('file')}</Section>
        <Row label={t('reason')}>{context.case.reason}</Row>
        <Row label={t('diagnosis')}>{content.diagnosis}</Row>
        {content.stage !== '' && <Row label={t('stage')}>{content.stage}</Row>}
        {content.performanceStatus !== null && (
          <Row label={t('performanceStatus')}>{String(content.performanceStatus)}</Row>
        )}
        {content.comorbidities !== '' && <Row label={t('comorbidities')}>{content.comorbidities}</Row>}
        <Row label={t('question')}>{content.question}</Row>

        <Section>{t('decision')}</Section>
        <View style={styles.row}>
          <Text style={styles.label}>{t('proposal')}</Text>
          <View style={[styles.value, styles.proposal]}>
            <Text style={{ fontWeight: 'bold' }}>{content.proposal}</Text>
          </View>
        </View>
        {content.alternatives !== '' && <Row label={t('alternatives')}>{content.alternatives}</Row>}
        {content.trial !== '' && <Row label={t('trial')}>{content.trial}</Row>}
        <Row label={t('guideline')}>
          {content.guidelineFollowed
            ? t('guidelineYes')
            : t('guidelineNo', { reason: content.offGuidelineReason })}
        </Row>
        <Row label={t('mode')}>{content.mode === 'discussed' ? t('modeDiscussed') : t('modeRegistered')}</Row>
        {content.plannedDate && <Row label={t('plannedDate')}>{words.date(content.plannedDate)}</Row>}
        {content.whoInforms !== '' && <Row label={t('whoInforms')}>{content.whoInforms}</Row>}
        {context.drawn && context.drawn.length > 0 && (
          <Row label={t('drawn')}>
            {[...context.drawn.map(({ name, count }) => t('drawnBy', { name, count })), t('drawnWhere')].join(
              '\n',
            )}
          </Row>
        )}

        {versions.length > 0 && <Section>{t('versions')}</Section>}
        {versions.map((version) => (
          <Row key={version.number} label={t('version', { number: version.number })}>
            {[
              t('validatedBy', {
                name: version.validatedBy,
                date: words.moment(version.validatedAt, session.timeZone),
              }),
              version.reason && t('amendedBecause', { reason: version.reason }),
            ]
              .filter(Boolean)
              .join('\n')}
          </Row>
        ))}
        <View style={styles.foot} fixed>
          <Text>{`${name} · ${board.title}${number === null ? '' : ` · ${t('version', { number })}`}`}</Text>
          <Text render={({ pageNumber, totalPages }) => t('page', { page: pageNumber, pages: totalPages })} />
        </View>
      </Page>
    </Document>
  );
}

/** A heading stays with what it heads. */
function Section({ children }: { children: ReactNode }) {
  return (
    <Text style={styles.section} minPresenceAhead={36}>
      {children}
    </Text>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <View style={styles.row} wrap>
      <Text style={styles.label}>{label}</Text>
      <Text style={styles.value}>{children}</Text>
    </View>
  );
}

const people = (attendees: readonly Attendee[], words: RecordWords): string =>
  attendees
    .map(
      (one) =>
        `${one.displayName} (${one.specialty ? words.specialty(one.specialty) : words.role(one.role)}, ${one.centreCode})`,
    )
    .join('\n');

function quorum(context: DecisionContext, words: RecordWords): string {
  if (context.quorum.met) return words.t('quorumMet', { different: context.quorum.different });
  const missing = context.quorum.missing.map(words.specialty).join(', ');
  return [words.t('quorumNotMet'), missing && words.t('missing', { list: missing })]
    .filter(Boolean)
    .join('; ');
}
