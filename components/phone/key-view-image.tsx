import { useFormatter, useTranslations } from 'next-intl';
import type { KeyViewPicture } from '@/lib/key-views/schema.ts';

/** The image behind one viewport of a key view, and in words what the key view shows and this picture does not. */
export function KeyViewImage({ picture, title }: { picture: KeyViewPicture; title: string }) {
  const t = useTranslations('phone');
  const format = useFormatter();
  const { url, nearest, leftOut } = picture;
  const lacks = leftOut.map((one) => t(`leftOut.${one}`));
  const view = picture.viewportId.replace(/^v/, '');
  if (url === null)
    return <p className="text-neutral-300">{t(`why.${picture.why ?? 'missing'}`, { view })}</p>;
  return (
    <figure>
      {/* biome-ignore lint/performance/noImgElement: a patient's picture comes from its own guarded door, not through an optimiser's cache. */}
      <img
        src={url}
        alt={t('alt', { title, view })}
        loading="lazy"
        data-picture={picture.viewportId}
        style={{ aspectRatio: picture.aspect }}
        className={`w-full bg-black object-fill ${picture.invert ? 'invert' : ''}`}
      />
      <figcaption className="pt-1 text-xs text-amber-200">
        {[
          nearest ? t('nearest') : t('acquired'),
          lacks.length > 0 && t('without', { list: format.list(lacks, { type: 'conjunction' }) }),
        ]
          .filter(Boolean)
          .join(' ')}
      </figcaption>
    </figure>
  );
}
