import { useLocale, useTranslations } from 'next-intl';
import { csvLine } from '@/lib/csv.ts';
import { readingRows } from '@/lib/measure/reading-rows.ts';
import { noteLines } from '@/lib/measure/reading-text.ts';
import type { Stage } from '../engine/stage.ts';
import { noteWords } from './measure-words.tsx';

/** Six digits say more than any image holds. */
const text = (value: number | null): string => (value === null ? '' : String(Number(value.toPrecision(6))));

/** All measurements as a table, one line per quantity; figures as computers write them, whatever the language. */
export function useMeasureCsv(stage: Stage): () => string {
  const t = useTranslations('viewer.measure');
  const locale = useLocale();
  return () => {
    const notes = noteWords(t);
    const head = ['number', 'kind', 'label', 'series', 'quantity', 'value', 'plus_minus', 'unit', 'remarks'];
    const lines = stage.measuring.all().flatMap((measurement, index) => {
      const { reading, stack, loading } = stage.measuring.told(measurement);
      const about = [
        String(index + 1),
        t(`kinds.${measurement.kind}`),
        measurement.label,
        stack ? `${stack.Modality} ${stack.SeriesDescription}`.trim() : '',
      ];
      const remarks = loading ? t('loading') : noteLines(locale, notes, reading).join('; ');
      const rows = readingRows(reading);
      return rows.length === 0
        ? [[...about, '', '', '', '', remarks]]
        : rows.map(({ quantity, value, plusMinus, unit }) => [
            ...about,
            quantity,
            text(value),
            text(plusMinus),
            unit,
            remarks,
          ]);
    });
    return [head, ...lines].map(csvLine).join('');
  };
}
