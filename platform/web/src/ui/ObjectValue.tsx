import type { FileValue } from '../api/files';
import { useFormat } from '../api/session';
import type { FieldType } from '../api/types';
import { type Address, addressText } from './address';
import { FileLink } from './FileLink';
import { placeText, pointText } from './point';

/** The types whose values consist of parts. */
export const OBJECTS: ReadonlySet<FieldType> = new Set<FieldType>(['address', 'geo', 'file', 'image']);

interface ObjectProps {
  type: FieldType;
  value: unknown;
  place: 'cell' | 'full';
}

/** A value that consists of parts, for reading. */
export function ObjectValue({ type, value, place }: ObjectProps) {
  const { lang } = useFormat();
  if (type === 'address') {
    return <span dir="auto">{addressText(value as Address, lang)}</span>;
  }
  if (type === 'file' || type === 'image') {
    return <FileLink file={value as FileValue} place={place} />;
  }
  const text = placeText(value, lang);
  return place === 'cell' ? (
    <span>{text}</span>
  ) : (
    <a className="rl-link" href={`geo:${pointText(value).replace(' ', '')}`}>
      {text}
    </a>
  );
}
