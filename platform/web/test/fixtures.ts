import { Model } from '../src/api/model';
import type { EntityMeta, FieldMeta } from '../src/api/types';

export function field(name: string, type: FieldMeta['type'], more: Partial<FieldMeta> = {}): FieldMeta {
  return { name, property: name, type, label: { en: name, 'zh-CN': `${name}（中）` }, ...more };
}

const lookup = (name: string, target: string): FieldMeta =>
  field(name, 'lookup', { property: `${name}Id`, navigation: name, target });

function entity(name: string, setName: string, fields: FieldMeta[]): EntityMeta {
  return { name, setName, label: { en: name }, pluralLabel: { en: setName }, nameField: 'name', fields, views: [] };
}

export const stage = field('stage', 'picklist', {
  options: [
    { value: 'prospecting', label: { en: 'Prospecting' }, color: 'blue', order: 1 },
    { value: 'engaging', label: { en: 'Engaging' }, color: 'indigo', order: 2 },
    { value: 'won', label: { en: 'Won' }, color: 'green', order: 3 },
    { value: 'lost', label: { en: 'Lost' }, color: 'gray', order: 4 },
  ],
});

export const model = new Model({
  version: 1,
  entities: [
    entity('account', 'accounts', [
      field('name', 'text', { required: true }),
      field('sector', 'picklist', { options: [] }),
      field('employees', 'integer'),
      lookup('parent', 'account'),
    ]),
    entity('opportunity', 'opportunities', [
      field('name', 'text', { required: true, maxLength: 20 }),
      stage,
      field('amount', 'money', { scale: 2, min: '0' }),
      field('closeDate', 'date'),
      field('visitAt', 'datetime'),
      field('hot', 'boolean'),
      lookup('account', 'account'),
    ]),
  ],
  navigation: [{ label: { en: 'Sales' }, entities: ['opportunity'] }],
  fieldTypes: [],
});

export function known(name: string) {
  const found = model.entity(name);
  if (found === undefined) {
    throw new Error(`No entity ${name}`);
  }
  return found;
}
