import { ActionIcon, Button, Select } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import type { Entity } from '../api/model';
import { all, searchExpression } from '../api/odata';
import { listPage, recordName } from '../api/records';
import { useFormat, useLabel, useModel } from '../api/session';
import type { FieldMeta, RecordData } from '../api/types';
import { useOpenCreate } from '../form/createUrl';
import { instantOf, localDate } from '../form/zone';
import { useT } from '../i18n';
import type { ListState } from '../list/listState';
import PeekPanel from '../list/PeekPanel';
import { changed } from '../shell/url';
import { optionOf, toneOf } from '../ui/stage';
import { ErrorState } from '../ui/states';
import { usePhone } from '../ui/usePhone';
import classes from './calendar.module.css';
import { addMonths, isMonth, nextDay, weeksOf } from './month';

const MOST = 1_000;
const SHOWN = 4;

function isDay(field: FieldMeta): boolean {
  return field.type === 'date' || field.type === 'datetime';
}

/** The days by which the records can stand in a calendar; the view's own first. */
export function dayFields(entity: Entity): FieldMeta[] {
  return [...entity.fields, ...entity.systemFields()].filter(isDay);
}

/** By which day the records stand: what the address or the view says, else the first that the columns show. */
function dayField(entity: Entity, state: ListState): FieldMeta {
  const fields = dayFields(entity);
  const named = fields.find((field) => field.name === state.groupName);
  return (named ?? state.columns.find(isDay) ?? fields[0]) as FieldMeta;
}

/** From this day on and before that one, as the API asks it; a day of a moment begins where the tenant is. */
function between(field: FieldMeta, from: string, before: string, zone: string): string {
  const bound = (day: string) => (field.type === 'date' ? day : instantOf(day, '00:00', zone));
  return `${field.property} ge ${bound(from)} and ${field.property} lt ${bound(before)}`;
}

function useMonth(entity: Entity, state: ListState, field: FieldMeta, weeks: string[][]) {
  const model = useModel();
  const { timeZone } = useFormat();
  const from = weeks[0]?.[0] ?? '';
  const last = weeks.at(-1)?.[6] ?? '';
  const filter = all(state.filter, between(field, from, nextDay(last), timeZone));
  const search = searchExpression(state.search);
  const stage = entity.stageField();
  const query = useQuery({
    queryKey: ['records', entity.setName, 'calendar', { filter, search, field: field.name }],
    queryFn: ({ signal }) => {
      const fields = stage === undefined ? [field] : [field, stage];
      const asked = { fields, filter, search, orderby: field.property, pageSize: MOST };
      return listPage(model, entity, asked, undefined, signal);
    },
    placeholderData: keepPreviousData,
  });
  const days = new Map<string, RecordData[]>();
  for (const record of query.data?.records ?? []) {
    const value = String(record[field.property] ?? '');
    const day = field.type === 'date' ? value.slice(0, 10) : localDate(value, timeZone);
    days.set(day, [...(days.get(day) ?? []), record]);
  }
  return { ...query, days };
}

interface DayProps {
  entity: Entity;
  state: ListState;
  field: FieldMeta;
  day: string;
  records: readonly RecordData[];
}

function Entries({ entity, state, field, day, records }: DayProps) {
  const t = useT();
  const format = useFormat();
  const [params] = useSearchParams();
  const stage = entity.stageField();
  const shown = records.length > SHOWN ? records.slice(0, SHOWN - 1) : records;
  const filter = all(state.filter, between(field, day, nextDay(day), format.timeZone));
  const rest = changed(params, { layout: 'list', group: '', filter, month: undefined, peek: undefined });
  return (
    <ul className={classes.entries}>
      {shown.map((record) => (
        <li key={record.id}>
          <button
            type="button"
            className={classes.entry}
            data-tone={stage === undefined ? 'accent' : toneOf(optionOf(stage, record[stage.property]))}
            aria-pressed={record.id === state.peek}
            title={recordName(entity, record)}
            onClick={() => state.change({ peek: record.id === state.peek ? undefined : record.id })}
          >
            {field.type === 'datetime' && (
              <span className={classes.hour}>{format.time(new Date(String(record[field.property])))}</span>
            )}
            <span className={classes.entryName} dir="auto">
              {recordName(entity, record)}
            </span>
          </button>
        </li>
      ))}
      {records.length > shown.length && (
        <li>
          <Link className={classes.rest} to={`/${entity.setName}?${rest}`}>
            {t('calendar.more', { count: records.length - shown.length })}
          </Link>
        </li>
      )}
    </ul>
  );
}

function AddOn({ entity, field, day }: { entity: Entity; field: FieldMeta; day: string }) {
  const t = useT();
  const format = useFormat();
  const create = useOpenCreate();
  return field.readOnly ? null : (
    <ActionIcon
      size={24}
      className={classes.add ?? ''}
      aria-label={t('calendar.add', { day: format.date(day) })}
      onClick={() =>
        create(entity, {
          [field.property]: field.type === 'date' ? day : instantOf(day, '09:00', format.timeZone),
        })
      }
    >
      <IconPlus size={15} />
    </ActionIcon>
  );
}

function MonthTable(
  props: Omit<DayProps, 'day' | 'records'> & {
    weeks: string[][];
    days: Map<string, RecordData[]>;
    month: string;
    today: string;
  },
) {
  const format = useFormat();
  const { weeks, days, month, today, ...rest } = props;
  return (
    <table className={classes.month}>
      <thead>
        <tr>
          {(weeks[0] ?? []).map((day) => (
            <th key={day} scope="col">
              {format.weekday(day)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <td key={day} data-out={!day.startsWith(month)} data-today={day === today}>
                <div className={classes.dayHead}>
                  <time dateTime={day}>
                    <span className="rl-visually-hidden">{format.date(day)}</span>
                    <span aria-hidden="true">{Number(day.slice(8))}</span>
                  </time>
                  <AddOn entity={rest.entity} field={rest.field} day={day} />
                </div>
                <Entries {...rest} day={day} records={days.get(day) ?? []} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** On a phone the days that have something, one below the other. */
function Agenda(props: Omit<DayProps, 'day' | 'records'> & { days: Map<string, RecordData[]>; month: string }) {
  const t = useT();
  const format = useFormat();
  const { days, month, ...rest } = props;
  const shown = [...days].filter(([day]) => day.startsWith(month)).sort(([a], [b]) => a.localeCompare(b));
  return (
    <div className={classes.agenda}>
      {shown.length === 0 && <p>{t('calendar.none')}</p>}
      {shown.map(([day, records]) => (
        <section key={day} aria-label={format.date(day)}>
          <h2>{`${format.date(day, true)} · ${format.weekday(day)}`}</h2>
          <Entries {...rest} day={day} records={records} />
        </section>
      ))}
    </div>
  );
}

/** The records by one of their days, a month at a time. */
export default function Calendar({ entity, state }: { entity: Entity; state: ListState }) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const phone = usePhone();
  const [params] = useSearchParams();
  const today = localDate(new Date().toISOString(), format.timeZone);
  const asked = params.get('month');
  const month = isMonth(asked) ? asked : today.slice(0, 7);
  const field = dayField(entity, state);
  const weeks = weeksOf(month);
  const { days, data, error, refetch } = useMonth(entity, state, field, weeks);
  const go = (to: string | undefined) => state.change({ month: to, peek: undefined });
  const shared = { entity, state, field };
  const count = data?.count ?? 0;
  return (
    <div className={classes.body}>
      <div className={classes.page}>
        <div className={classes.head}>
          <ActionIcon aria-label={t('calendar.before')} onClick={() => go(addMonths(month, -1))}>
            <IconChevronLeft size={18} />
          </ActionIcon>
          <ActionIcon aria-label={t('calendar.after')} onClick={() => go(addMonths(month, 1))}>
            <IconChevronRight size={18} />
          </ActionIcon>
          <h2 className={classes.title} aria-live="polite">
            {format.month(month)}
          </h2>
          <Button onClick={() => go(undefined)}>{t('calendar.today')}</Button>
          <span className={classes.count}>
            {count > MOST ? t('calendar.cut', { count: MOST }) : t('list.records', { count })}
          </span>
          <Select
            aria-label={t('calendar.by')}
            allowDeselect={false}
            data={dayFields(entity).map((one) => ({ value: one.name, label: label(one.label, one.name) }))}
            value={field.name}
            onChange={(group) => group !== null && state.change({ group })}
          />
        </div>
        {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
        {phone ? (
          <Agenda {...shared} days={days} month={month} />
        ) : (
          <MonthTable {...shared} weeks={weeks} days={days} month={month} today={today} />
        )}
      </div>
      {state.peek !== undefined && !phone && (
        <PeekPanel
          entity={entity}
          id={state.peek}
          state={state}
          ids={(data?.records ?? []).map((record) => record.id)}
          count={data?.count}
        />
      )}
    </div>
  );
}
