import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Entity } from '../api/model';
import { history, listPage, recordName } from '../api/records';
import { useFormat, useLabel, useModel, useUsers } from '../api/session';
import type { FieldMeta, RecordData } from '../api/types';
import { localDate } from '../form/zone';
import { useT } from '../i18n';
import { HistoryItem } from '../record/History';
import { optionOf } from '../ui/stage';
import { AfterPatience, Bone, ErrorState } from '../ui/states';
import { activityEntity, linkTo, momentOf } from './activities';
import classes from './activity.module.css';
import { Composer } from './Composer';
import { DoneBox } from './DoneBox';
import { KindIcon } from './KindIcon';
import { type Moment, type Shown, timelineOf } from './timeline';

const MOST = 200;

function useActivities(activity: Entity | undefined, link: FieldMeta | undefined, id: string) {
  const model = useModel();
  return useQuery({
    queryKey: ['records', activity?.setName, 'timeline', link?.name, id],
    queryFn: ({ signal }) => {
      if (activity === undefined || link === undefined) {
        return [];
      }
      const fields = [...activity.fields, ...activity.systemFields()].filter((field) => field !== link);
      const query = { fields, filter: `${link.property} eq ${id}`, orderby: 'createdAt desc', pageSize: MOST };
      return listPage(model, activity, query, undefined, signal).then((page) => page.records);
    },
    enabled: activity !== undefined && link !== undefined,
  });
}

function Planned({ activity, record }: { activity: Entity; record: RecordData }) {
  const t = useT();
  const format = useFormat();
  const users = useUsers();
  const name = recordName(activity, record);
  const today = localDate(new Date().toISOString(), format.timeZone);
  const due = record.dueDate === null || record.dueDate === undefined ? undefined : String(record.dueDate);
  const late = due !== undefined && due < today;
  return (
    <li className={classes.planned}>
      <DoneBox activity={activity} record={record} />
      <KindIcon kind={String(record.kind)} />
      <Link to={`/${activity.setName}/${record.id}`} className={classes.name} dir="auto">
        {name}
      </Link>
      <span className={classes.who}>{users.get(String(record.owner))?.displayName}</span>
      <span className={classes.when} data-late={late}>
        {late && `${t('activity.overdue')} · `}
        {due !== undefined ? format.date(due, true) : record.at ? format.dateTime(String(record.at), true) : ''}
      </span>
    </li>
  );
}

function Done({ activity, record }: { activity: Entity; record: RecordData }) {
  const label = useLabel();
  const format = useFormat();
  const users = useUsers();
  const at = momentOf(record);
  const kind = activity.field('kind');
  const direction = activity.field('direction');
  const words = [
    kind && label(optionOf(kind, String(record.kind))?.label),
    direction && record.direction ? label(optionOf(direction, String(record.direction))?.label) : undefined,
    users.get(String(record.owner))?.displayName,
  ].filter((word) => word !== undefined && word !== '');
  const text = String(record.description ?? '');
  const name = recordName(activity, record);
  return (
    <li className={classes.entry}>
      <span className={classes.mark}>
        <KindIcon kind={String(record.kind)} />
      </span>
      <div className={classes.entryBody}>
        <div className={classes.entryHead}>
          <Link to={`/${activity.setName}/${record.id}`} className={classes.name} dir="auto">
            {name}
          </Link>
          <time dateTime={at} title={format.dateTime(at)}>
            {format.relative(at)}
          </time>
        </div>
        <div className={classes.meta}>{words.join(' · ')}</div>
        {text !== '' && text !== name && (
          <p className={classes.text} dir="auto">
            {text}
          </p>
        )}
      </div>
    </li>
  );
}

/** Moments of the same day stand under its date. */
function byDay(past: readonly Moment[], zone: string): [string, Moment[]][] {
  const days = new Map<string, Moment[]>();
  for (const moment of past) {
    const day = moment.at === '' ? '' : localDate(moment.at, zone);
    days.set(day, [...(days.get(day) ?? []), moment]);
  }
  return [...days];
}

interface TimelineProps {
  entity: Entity;
  record: RecordData;
}

/** What is planned and what happened with the record: activities and changes of its fields, and a place to write. */
export function Timeline({ entity, record }: TimelineProps) {
  const t = useT();
  const format = useFormat();
  const activity = activityEntity(useModel());
  const link = activity === undefined ? undefined : linkTo(activity, entity);
  const [shown, setShown] = useState<Shown>('all');
  const activities = useActivities(activity, link, record.id);
  const acts = useQuery({
    queryKey: ['records', entity.setName, 'history', record.id],
    queryFn: ({ signal }) => history(entity, record.id, signal),
  });
  const error = activities.error ?? acts.error;
  const { planned, past } = timelineOf(activities.data ?? [], acts.data ?? [], shown, new Date().toISOString());
  const today = localDate(new Date().toISOString(), format.timeZone);
  return (
    <div className={classes.timeline}>
      <h2 className="rl-visually-hidden">{t('record.timeline')}</h2>
      {activity !== undefined && link !== undefined && (
        <>
          <Composer key={record.id} activity={activity} entity={entity} record={record} />
          <SegmentedControl
            className={classes.show ?? ''}
            data-print="none"
            aria-label={t('activity.show')}
            value={shown}
            onChange={(value) => setShown(value as Shown)}
            data={[
              { value: 'all', label: t('activity.show.all') },
              { value: 'activities', label: t('activity.show.activities') },
              { value: 'changes', label: t('activity.show.changes') },
            ]}
          />
        </>
      )}
      {error !== null && <ErrorState error={error} />}
      {acts.data === undefined && error === null && (
        <AfterPatience>
          <Bone width={220} />
        </AfterPatience>
      )}
      {planned.length > 0 && activity !== undefined && (
        <section aria-label={t('activity.planned')}>
          <h3 className={classes.day}>{t('activity.planned')}</h3>
          <ul className={classes.list}>
            {planned.map((one) => (
              <Planned key={one.id} activity={activity} record={one} />
            ))}
          </ul>
        </section>
      )}
      {byDay(past, format.timeZone).map(([day, moments]) => (
        <section key={day} aria-label={format.date(day)}>
          <h3 className={classes.day}>{day === today ? t('activity.today') : format.date(day, true)}</h3>
          <ol className={classes.list}>
            {moments.map((moment) =>
              moment.kind === 'change' ? (
                <HistoryItem key={moment.at + moment.entry.action} entity={entity} entry={moment.entry} />
              ) : (
                activity !== undefined && <Done key={moment.record.id} activity={activity} record={moment.record} />
              ),
            )}
          </ol>
        </section>
      ))}
    </div>
  );
}
