'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { api } from '@/lib/http/api-client.ts';
import { BoardForm, toBoardBody } from './board-form.tsx';

export function NewBoard({ centres }: { centres: { id: string; name: string }[] }) {
  const t = useTranslations('boards');
  const router = useRouter();
  return (
    <BoardForm
      label={t('new')}
      centres={centres}
      version={0}
      initial={{
        centreId: centres[0]?.id ?? '',
        title: '',
        type: 'standard',
        requiredSpecialties: [],
        members: [],
        chairId: '',
      }}
      save={async (draft) => {
        const { id } = await api<{ id: string }>('POST', '/api/boards', toBoardBody(draft));
        router.push(`/boards/${id}`);
      }}
      onCancel={() => router.push('/boards')}
    />
  );
}
