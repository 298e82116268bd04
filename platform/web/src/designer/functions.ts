/** The functions of expressions, as they are called. */
export const FUNCTIONS = [
  {
    of: 'any',
    names: ['isEmpty(value)', 'ifEmpty(value, otherwise)', 'coalesce(value, other)', 'condition ? value : other'],
  },
  {
    of: 'number',
    names: [
      'round(number, digits)',
      'floor(number)',
      'ceil(number)',
      'abs(number)',
      'min(a, b)',
      'max(a, b)',
      'number(text)',
    ],
  },
  {
    of: 'date',
    names: [
      'today()',
      'now()',
      "date('2026-01-31')",
      'daysBetween(from, to)',
      'addDays(date, count)',
      'addMonths(date, count)',
      'startOfMonth(date)',
      'endOfMonth(date)',
      'year(date)',
      'month(date)',
      'weekday(date)',
    ],
  },
  {
    of: 'text',
    names: [
      'contains(text, part)',
      'startsWith(text, part)',
      "matches(text, r'[A-Z]{2}\\d+')",
      'lower(text)',
      'upper(text)',
      'trim(text)',
      'left(text, count)',
      'right(text, count)',
      'size(text)',
      'text(value)',
      'label(picklist)',
    ],
  },
] as const;
