import '@mantine/dates/styles.css';
import 'dayjs/locale/zh-cn';
import { DateInput } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { useLanguage, useT } from '../i18n';

interface DateFieldProps {
  label: ReactNode;
  value: string;
  onChange: (value: string) => void;
  id?: string | undefined;
  error?: ReactNode;
  description?: ReactNode;
  required?: boolean | undefined;
  disabled?: boolean | undefined;
  autoFocus?: boolean | undefined;
  withinPortal?: boolean | undefined;
  ariaLabel?: string | undefined;
}

const FORMATS = { en: 'D MMM YYYY', 'zh-CN': 'YYYY年M月D日' };

/** Takes what people write: 2026-12-12, 2026/12/12, 20261212, 12 Dec 2026, 2026年12月12日. */
export function parseDay(typed: string): string | null {
  const text = typed.normalize('NFKC').trim();
  const numeric = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(text);
  if (numeric !== null) {
    const [, year, month, day] = numeric;
    const iso = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
    return dayjs(iso).isValid() && dayjs(iso).format('YYYY-MM-DD') === iso ? iso : null;
  }
  const worded = /^\d{1,2}\s+[A-Za-z]{3,}\s+\d{4}$/.test(text) ? dayjs(text) : undefined;
  return worded?.isValid() ? worded.format('YYYY-MM-DD') : null;
}

export function DateField(props: DateFieldProps) {
  const t = useT();
  const lang = useLanguage();
  return (
    <DateInput
      id={props.id}
      label={props.label}
      aria-label={props.ariaLabel}
      description={props.description}
      error={props.error}
      withAsterisk={props.required ?? false}
      disabled={props.disabled ?? false}
      data-autofocus={props.autoFocus || undefined}
      locale={lang === 'zh-CN' ? 'zh-cn' : 'en'}
      firstDayOfWeek={1}
      valueFormat={FORMATS[lang]}
      dateParser={parseDay}
      clearable
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      rightSection={props.value === '' ? <IconCalendar size={16} stroke={1.6} aria-hidden="true" /> : undefined}
      popoverProps={{ withinPortal: props.withinPortal ?? true }}
      value={props.value === '' ? null : props.value}
      onChange={(value) => props.onChange(value ?? '')}
    />
  );
}
