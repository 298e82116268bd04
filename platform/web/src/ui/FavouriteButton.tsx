import { ActionIcon } from '@mantine/core';
import { IconStar, IconStarFilled } from '@tabler/icons-react';
import type { Entity } from '../api/model';
import { type ShortcutKind, useFavourite } from '../api/shortcuts';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { useProblemText } from './useProblemText';

/** Keeps a record or a view at hand in the sidebar. */
export function FavouriteButton(props: { entity: Entity; kind: ShortcutKind; target: string; name: string }) {
  const t = useT();
  const problemText = useProblemText();
  const [kept, toggle] = useFavourite(props.entity, props.kind, props.target);
  const Star = kept ? IconStarFilled : IconStar;
  return (
    <ActionIcon
      aria-label={t('favourite.of', { name: props.name })}
      aria-pressed={kept}
      onClick={() => void toggle().catch((error: unknown) => toasts.show({ text: problemText(error), tone: 'bad' }))}
    >
      <Star size={17} stroke={1.6} />
    </ActionIcon>
  );
}
