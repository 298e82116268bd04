import { IconCheck, IconMinus, IconStar, IconStarFilled } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { Entity } from '../api/model';
import { findRecord, lookupName, targetOf } from '../api/records';
import { useFormat, useLabel, useModel, useSession, useUsers } from '../api/session';
import type { FieldMeta, RecordData } from '../api/types';
import { durationText } from '../form/duration';
import { useT } from '../i18n';
import type { Formatter } from '../i18n/format';
import { Avatar } from './Avatar';
import { asDefined, masked } from './displayFormat';
import { harmless, plainText } from './html';
import { EntityIcon } from './icons';
import { currencyOf } from './money';
import { OBJECTS, ObjectValue } from './ObjectValue';
import { phoneText } from './phone';
import { optionOf } from './stage';
import { StageMeter, Tag } from './Tag';
import classes from './ui.module.css';

/** `cell` is one clipped line without links, so that a row stays one target. */
export type Place = 'cell' | 'full';

interface ValueProps {
  field: FieldMeta;
  record: RecordData;
  place?: Place;
  /** The picklist the entity moves along shows how far it is. */
  stage?: boolean;
}

export function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** The name of a record that came without it, as in a history or a conflict; of whichever entity it is. */
function AskedLookup({ targets, id, place }: { targets: readonly Entity[]; id: string; place: Place | undefined }) {
  const model = useModel();
  const { data } = useQuery({
    queryKey: ['records', targets.map((target) => target.setName).join(' '), 'named', id],
    queryFn: async ({ signal }) => (await findRecord(model, targets, id, signal)) ?? null,
  });
  return data === undefined || data === null ? '…' : <LinkedName {...data} id={id} place={place} />;
}

function LinkedName(props: { entity: Entity; name: string; id: string; place: Place | undefined }) {
  return props.place === 'cell' ? (
    <span dir="auto">{props.name}</span>
  ) : (
    <Link className="rl-link" to={`/${props.entity.setName}/${props.id}`} dir="auto">
      {props.name}
    </Link>
  );
}

function LookupValue({ field, record, place }: ValueProps) {
  const label = useLabel();
  const model = useModel();
  const id = record[field.property];
  if (typeof id !== 'string') {
    return null;
  }
  const entity = targetOf(model, field, record);
  const name = lookupName(model, field, record);
  if (entity === undefined || name === undefined) {
    return <AskedLookup targets={model.targets(field)} id={id} place={place} />;
  }
  const linked = <LinkedName entity={entity} name={name} id={id} place={place} />;
  return field.targets === undefined ? (
    linked
  ) : (
    <span className={classes.person}>
      <EntityIcon name={entity.meta.icon} size={15} />
      <span className="rl-visually-hidden">{label(entity.meta.label, entity.name)}</span>
      {linked}
    </span>
  );
}

function UserValue({ value }: { value: string }) {
  const users = useUsers();
  const { me } = useSession();
  const t = useT();
  const name = users.get(value)?.displayName ?? (value === me.user.id ? me.user.displayName : t('history.system'));
  return (
    <span className={classes.person}>
      <Avatar name={name} />
      <span className={classes.clip}>{name}</span>
    </span>
  );
}

function PicklistValue({ field, value, stage }: { field: FieldMeta; value: string; stage: boolean }) {
  const label = useLabel();
  const option = optionOf(field, value);
  const text = label(option?.label, value);
  return stage ? (
    <span className={classes.stage}>
      <StageMeter field={field} value={value} />
      <span className={classes.clip}>{text}</span>
    </span>
  ) : (
    <Tag>{text}</Tag>
  );
}

/** Several words, each in a frame of its own. */
function ListValue({ field, values, place }: { field: FieldMeta; values: readonly unknown[]; place: Place }) {
  const label = useLabel();
  return (
    <span className={classes.tags} data-place={place}>
      {values.map(String).map((value) => (
        <Tag key={value}>{label(optionOf(field, value)?.label, value)}</Tag>
      ))}
    </span>
  );
}

function RatingValue({ field, value }: { field: FieldMeta; value: number }) {
  const t = useT();
  const stars = Number(field.max ?? 5);
  return (
    <span className={classes.stars} role="img" aria-label={t('form.stars', { count: value, of: stars })}>
      {Array.from({ length: stars }, (_, star) => star + 1).map((star) =>
        star <= value ? <IconStarFilled key={star} size={14} /> : <IconStar key={star} size={14} stroke={1.4} />,
      )}
    </span>
  );
}

function RichValue({ html, place }: { html: string; place: Place }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.replaceChildren(...harmless(html)), [html]);
  return place === 'cell' ? (
    <span dir="auto">{plainText(html)}</span>
  ) : (
    <div ref={box} className={classes.rich} dir="auto" />
  );
}

function linkTarget(field: FieldMeta, text: string): string | undefined {
  switch (field.type) {
    case 'email':
      return `mailto:${text}`;
    case 'phone':
      return `tel:${text.replace(/[^+\d]/g, '')}`;
    case 'url':
      // Anything else (javascript:, data:) stays text.
      return /^https?:\/\//i.test(text) ? text : undefined;
    default:
      return undefined;
  }
}

function TextValue({ field, text, place }: { field: FieldMeta; text: string; place: Place }) {
  const href = place === 'full' ? linkTarget(field, text) : undefined;
  const plain = masked(field.format?.mask, text);
  const shown = field.type === 'phone' && plain === text ? phoneText(text, field.country) : plain;
  if (href !== undefined) {
    const outside = field.type === 'url' ? { target: '_blank', rel: 'noreferrer noopener' } : {};
    return (
      <a className="rl-link" href={href} {...outside}>
        {shown}
      </a>
    );
  }
  return (
    <span dir="auto" className={place === 'full' ? classes.long : undefined}>
      {shown}
    </span>
  );
}

function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}

/** A number or date as text, in the person's language; undefined when the type is not of that kind. */
export function formatScalar(
  format: Formatter,
  field: FieldMeta,
  value: string | number,
  short: boolean,
  currency = field.currency,
) {
  const wanted = asDefined(format, field, value, currency);
  if (wanted !== undefined) {
    return wanted;
  }
  switch (field.type) {
    case 'money':
      return format.money(value, currency);
    case 'percent':
      return format.percent(value);
    case 'decimal':
      return format.number(value, field.scale);
    case 'integer':
      return format.integer(value);
    case 'date':
      return format.date(String(value), short);
    case 'datetime':
      return format.dateTime(String(value), short);
    case 'time':
      return format.timeOfDay(String(value));
    case 'duration':
      return durationText(Number(value));
    default:
      return undefined;
  }
}

/** One field of one record, for reading. */
export function FieldValue({ field, record, place = 'full', stage = false }: ValueProps) {
  const format = useFormat();
  const t = useT();
  const value = record[field.property];
  if (isEmpty(value)) {
    return place === 'cell' ? null : (
      <span className={classes.muted}>
        <span aria-hidden="true">—</span>
        <span className="rl-visually-hidden">{t('history.nothing')}</span>
      </span>
    );
  }
  if (field.type === 'lookup') {
    return <LookupValue field={field} record={record} place={place} />;
  }
  if (field.type === 'user') {
    return <UserValue value={String(value)} />;
  }
  if (field.type === 'picklist') {
    return <PicklistValue field={field} value={String(value)} stage={stage} />;
  }
  if (OBJECTS.has(field.type)) {
    return <ObjectValue type={field.type} value={value} place={place} />;
  }
  if (Array.isArray(value)) {
    return <ListValue field={field} values={value} place={place} />;
  }
  if (field.type === 'rating') {
    return <RatingValue field={field} value={Number(value)} />;
  }
  if (field.type === 'richText') {
    return <RichValue html={String(value)} place={place} />;
  }
  if (field.type === 'json') {
    return place === 'cell' ? (
      <code>{String(value)}</code>
    ) : (
      <pre className={classes.code}>{indented(String(value))}</pre>
    );
  }
  if (field.type === 'boolean') {
    const Drawn = value === true ? IconCheck : IconMinus;
    return (
      <span className={classes.person}>
        <Drawn size={15} aria-hidden="true" /> {t(value === true ? 'value.yes' : 'value.no')}
      </span>
    );
  }
  const scalar = formatScalar(
    format,
    field,
    value as string | number,
    place === 'cell',
    currencyOf(field, (name) => record[name]),
  );
  return scalar === undefined ? <TextValue field={field} text={String(value)} place={place} /> : <span>{scalar}</span>;
}
