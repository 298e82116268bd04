import type { FieldMeta, FieldType } from '../../api/types';

/** A field of no entity, so that what a page asks for is written in the same inputs as records are. */
export function labelled(name: string, type: FieldType, text: string): FieldMeta {
  return { name, property: name, type, label: { en: text, 'zh-CN': text } };
}
