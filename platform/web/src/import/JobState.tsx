import type { ImportJob } from '../api/types';
import { useT } from '../i18n';
import type { Tone } from '../ui/stage';
import { Tag } from '../ui/Tag';

const TONES: Record<ImportJob['state'], Tone> = {
  queued: 'neutral',
  running: 'accent',
  done: 'good',
  failed: 'bad',
  cancelled: 'warn',
};

export function JobState({ state }: { state: ImportJob['state'] }) {
  const t = useT();
  return <Tag tone={TONES[state]}>{t(`import.state.${state}`)}</Tag>;
}
