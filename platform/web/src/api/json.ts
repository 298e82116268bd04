/**
 * JSON with exact decimals. A money amount may have more digits than a double keeps: such numbers are read as their own
 * text, and decimals typed by people are written as they were typed.
 */
export class Decimal {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

type ReviverWithSource = (key: string, value: unknown, context?: { source?: string }) => unknown;

const keepLongNumbers: ReviverWithSource = (_key, value, context) => {
  if (typeof value !== 'number' || context?.source === undefined) {
    return value;
  }
  const digits = context.source.replace(/[^0-9]/g, '').length;
  return digits > 15 ? context.source : value;
};

export function parseJson(text: string): unknown {
  return JSON.parse(text, keepLongNumbers as (key: string, value: unknown) => unknown);
}

export function writeJson(value: unknown): string {
  if (value instanceof Decimal) {
    return value.text;
  }
  if (Array.isArray(value)) {
    return `[${value.map(writeJson).join(',')}]`;
  }
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${writeJson(member)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
