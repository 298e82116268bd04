import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import type { Entity } from '../api/model';
import { useRecordActions } from '../api/mutations';
import { listPage, lookupName, recordName } from '../api/records';
import { useFormat, useModel, useSession } from '../api/session';
import type { FieldMeta, RecordData } from '../api/types';
import { DateField } from '../form/DateField';
import { localDate } from '../form/zone';
import { useT } from '../i18n';
import type { MessageKey } from '../i18n/catalog';
import { toasts } from '../shell/toast';
import { UnknownPage } from '../shell/UnknownPage';
import { useDocumentTitle } from '../shell/useDocumentTitle';
import { AfterPatience, Bone, ErrorState } from '../ui/states';
import { useProblemText } from '../ui/useProblemText';
import { activityEntity, emptyDraft, valuesOf } from './activities';
import classes from './activity.module.css';
import { DoneBox } from './DoneBox';
import { KindIcon } from './KindIcon';

/** The parts of the day: a heading, and what of the person's activities stands under it. */
const PARTS: [MessageKey, string, string][] = [
  ['day.overdue', "kind eq 'task' and done eq false and Relata.BeforeToday(dueDate)", 'dueDate'],
  ['day.today', 'done eq false and (Relata.Today(dueDate) or Relata.Today(at))', 'at,dueDate'],
  [
    'day.next',
    'done eq false and (Relata.NextDays(dueDate,7) or Relata.NextDays(at,7)) and not (Relata.Today(dueDate) or Relata.Today(at))',
    'dueDate,at',
  ],
  ['day.someday', "kind eq 'task' and done eq false and dueDate eq null", 'createdAt desc'],
  ['day.done', 'done eq true and Relata.Today(updatedAt)', 'updatedAt desc'],
];

const MOST = 100;

/** The records that an activity is about, by name. */
function About({ activity, record }: { activity: Entity; record: RecordData }) {
  const model = useModel();
  const links = activity.fields.flatMap((field: FieldMeta) => {
    const target = field.type === 'lookup' ? model.target(field) : undefined;
    const name = lookupName(model, field, record);
    return target === undefined || name === undefined
      ? []
      : [{ path: `/${target.setName}/${String(record[field.property])}`, name }];
  });
  return (
    <span className={classes.about}>
      {links.map((link, index) => (
        <span key={link.path}>
          {index > 0 && ' · '}
          <Link to={link.path} dir="auto">
            {link.name}
          </Link>
        </span>
      ))}
    </span>
  );
}

function Line({ activity, record, late }: { activity: Entity; record: RecordData; late: boolean }) {
  const format = useFormat();
  const name = recordName(activity, record);
  return (
    <li className={classes.planned}>
      <DoneBox activity={activity} record={record} />
      <KindIcon kind={String(record.kind)} />
      <Link to={`/${activity.setName}/${record.id}`} className={classes.name} dir="auto">
        {name}
      </Link>
      <About activity={activity} record={record} />
      <span className={classes.when} data-late={late}>
        {record.dueDate
          ? format.date(String(record.dueDate), true)
          : record.at
            ? format.dateTime(String(record.at), true)
            : ''}
      </span>
    </li>
  );
}

function Part({ activity, part }: { activity: Entity; part: (typeof PARTS)[number] }) {
  const t = useT();
  const model = useModel();
  const { me } = useSession();
  const [title, condition, orderby] = part;
  const { data, error, refetch } = useQuery({
    queryKey: ['records', activity.setName, 'day', title, me.user.id],
    queryFn: ({ signal }) => {
      const filter = `owner eq ${me.user.id} and (${condition})`;
      return listPage(model, activity, { fields: activity.fields, filter, orderby, pageSize: MOST }, undefined, signal);
    },
  });
  if (error !== null) {
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return (
      <AfterPatience>
        <Bone width={280} />
      </AfterPatience>
    );
  }
  const empty = data.records.length === 0;
  return empty && title !== 'day.today' ? null : (
    <section aria-label={t(title)}>
      <h2 className={classes.sectionTitle}>
        {t(title)} <span className={classes.count}>{data.count}</span>
      </h2>
      {empty && <p className={classes.empty}>{t('day.free')}</p>}
      <ul className={classes.list}>
        {data.records.map((record) => (
          <Line key={record.id} activity={activity} record={record} late={title === 'day.overdue'} />
        ))}
      </ul>
    </section>
  );
}

/** A task in one line: what, and by when. */
function AddTask({ activity }: { activity: Entity }) {
  const t = useT();
  const { me } = useSession();
  const { timeZone } = useFormat();
  const problemText = useProblemText();
  const actions = useRecordActions(activity);
  const now = new Date().toISOString();
  const today = localDate(now, timeZone);
  const [subject, setSubject] = useState('');
  const [due, setDue] = useState(today);
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (subject.trim() === '') {
      return;
    }
    try {
      const draft = { ...emptyDraft('task', today), subject, due };
      await actions.create(valuesOf(draft, me.user.id, { now, meeting: undefined }));
      setSubject('');
    } catch (error) {
      toasts.show({ text: problemText(error), tone: 'bad' });
    }
  };
  return (
    <form className={classes.add} onSubmit={(event) => void add(event)}>
      <TextInput
        aria-label={t('activity.prompt.task')}
        placeholder={t('activity.prompt.task')}
        maxLength={300}
        value={subject}
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      <DateField label={undefined} ariaLabel={t('activity.due')} value={due} onChange={setDue} />
      <Button type="submit" variant="filled" disabled={subject.trim() === ''}>
        {t('day.add')}
      </Button>
    </form>
  );
}

/** What the person has to do: late, today, in the next days, without a day; and what is done already. */
export default function MyDayPage() {
  const t = useT();
  const activity = activityEntity(useModel());
  useDocumentTitle(t('day.title'));
  if (activity === undefined) {
    return <UnknownPage />;
  }
  return (
    <div className={classes.page}>
      <h1 className={classes.title}>{t('day.title')}</h1>
      <AddTask activity={activity} />
      {PARTS.map((part) => (
        <Part key={part[0]} activity={activity} part={part} />
      ))}
    </div>
  );
}
