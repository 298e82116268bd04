import type { Entity, Model } from '../api/model';
import type { FieldMeta, RecordData, Value } from '../api/types';

export const KINDS = ['note', 'call', 'meeting', 'email', 'task'] as const;
export type Kind = (typeof KINDS)[number];

const KEY = 'sales.activity';

/** Activities: what was done and is to be done about records. */
export function activityEntity(model: Model): Entity | undefined {
  return model.entities.find((entity) => entity.meta.key === KEY);
}

/** The lookup by which an activity is about records of the entity. */
export function linkTo(activity: Entity, entity: Entity): FieldMeta | undefined {
  return activity.fields.find((field) => field.type === 'lookup' && field.target === entity.name);
}

/** What an activity about a record is about besides: a deal's call is also its customer's. */
export function linksOf(activity: Entity, entity: Entity, record: RecordData): Record<string, Value> {
  const own = linkTo(activity, entity);
  const links: Record<string, Value> = own === undefined ? {} : { [own.property]: record.id };
  for (const lookup of entity.fields) {
    const link = activity.fields.find((field) => field.type === 'lookup' && field.target === lookup.target);
    const id = record[lookup.property];
    // A record of the same entity, such as a parent, is another matter.
    if (lookup.type === 'lookup' && link !== undefined && link !== own && typeof id === 'string') {
      links[link.property] = id;
    }
  }
  return links;
}

/** What stands in the composer. */
export interface Draft {
  kind: Kind;
  subject: string;
  text: string;
  /** Of tasks: a day. */
  due: string;
  /** Of meetings: a day and a time of day. */
  day: string;
  time: string;
  minutes: string;
  incoming: boolean;
}

export const SUBJECT_LENGTH = 300;

/** A note has no subject of its own: its first line is one. */
export function subjectOf(draft: Draft): string {
  const text = draft.subject.trim() === '' ? (draft.text.trim().split('\n')[0] ?? '') : draft.subject.trim();
  return text.length > SUBJECT_LENGTH ? `${text.slice(0, SUBJECT_LENGTH - 1)}…` : text;
}

export interface Moment {
  /** Now, as the API writes it. */
  now: string;
  /** When the meeting is, if the draft says. */
  meeting: string | undefined;
}

/** The values of the activity that the draft means. */
export function valuesOf(draft: Draft, owner: string, { now, meeting }: Moment): Record<string, Value> {
  const { kind } = draft;
  const minutes = Number.parseInt(draft.minutes, 10);
  const timed = kind === 'call' || kind === 'meeting';
  const at = kind === 'meeting' ? (meeting ?? now) : now;
  return {
    subject: subjectOf(draft),
    kind,
    owner,
    // A meeting that is still to come is not done; what is logged afterwards is.
    done: kind !== 'task' && at <= now,
    ...(draft.text.trim() !== '' && { description: draft.text.trim() }),
    ...(kind === 'task' ? (draft.due === '' ? {} : { dueDate: draft.due }) : { at }),
    ...(timed && minutes > 0 && { duration: minutes * 60 }),
    ...((kind === 'call' || kind === 'email') && { direction: draft.incoming ? 'incoming' : 'outgoing' }),
  };
}

export function emptyDraft(kind: Kind, today: string): Draft {
  return { kind, subject: '', text: '', due: today, day: today, time: '', minutes: '', incoming: false };
}

/** An activity that is still to be done stands above the past. */
export function isPlanned(record: RecordData, now: string): boolean {
  return record.done !== true && (record.kind === 'task' || String(record.at ?? '') > now);
}

/** When an activity was, for its place among the others. */
export function momentOf(record: RecordData): string {
  return String(record.at ?? record.updatedAt ?? record.createdAt ?? '');
}
