import {
  type Icon,
  IconArrowRight,
  IconCalendarEvent,
  IconChecklist,
  IconMail,
  IconNote,
  IconPhone,
} from '@tabler/icons-react';

const ICONS: Record<string, Icon> = {
  note: IconNote,
  call: IconPhone,
  meeting: IconCalendarEvent,
  email: IconMail,
  task: IconChecklist,
};

export function KindIcon({ kind, size = 16 }: { kind: string; size?: number }) {
  const Drawn = ICONS[kind] ?? IconArrowRight;
  return <Drawn size={size} stroke={1.6} aria-hidden="true" />;
}
