import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { call } from '../api/client';
import type { Entity } from '../api/model';
import { useFormat, useLabel, useSession } from '../api/session';
import type { Value } from '../api/types';
import { DateTimeInput } from '../form/input/DateInputs';
import { labelled } from '../form/input/labelled';
import { instantOf, localDate, localTime } from '../form/zone';
import { useT } from '../i18n';
import { useUrlParams } from '../shell/url';
import { FieldValue, isEmpty } from '../ui/FieldValue';
import { ErrorState } from '../ui/states';
import classes from './record.module.css';

/** A record as it was. */
interface Past {
  version: number;
  deleted: boolean;
  values: Record<string, Value>;
  /** What the history does not say. */
  unknown: string[];
}

/** The moment at which the record is looked at, in the address; none for now. */
export function useMoment(): [string | null, (moment: string | undefined) => void] {
  const [params, setParams] = useUrlParams();
  return [params.get('at'), (moment) => setParams({ at: moment })];
}

function Values({ entity, id, past }: { entity: Entity; id: string; past: Past }) {
  const t = useT();
  const label = useLabel();
  const unknown = new Set(past.unknown);
  const fields = entity.fields.filter(
    (field) => unknown.has(field.name) || unknown.has(field.property) || !isEmpty(past.values[field.property]),
  );
  return (
    <dl className={classes.past}>
      {fields.map((field) => (
        <div key={field.name}>
          <dt>{label(field.label, field.name)}</dt>
          <dd>
            {unknown.has(field.name) || unknown.has(field.property) ? (
              t('history.notKept')
            ) : (
              <FieldValue field={field} record={{ ...past.values, id }} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The record as it was at a moment, to be chosen or taken from an entry of the history. */
export function AsOf({ entity, id }: { entity: Entity; id: string }) {
  const t = useT();
  const format = useFormat();
  const zone = useSession().me.tenant.timeZone;
  const [moment, setMoment] = useMoment();
  const { data, error } = useQuery({
    queryKey: ['records', entity.setName, 'past', id, moment],
    queryFn: ({ signal }) =>
      call<Past>(`/api/v1/history/${entity.setName}/${id}/at?time=${encodeURIComponent(moment ?? '')}`, { signal }),
    enabled: moment !== null,
    retry: false,
  });
  const typed = moment === null ? '' : `${localDate(moment, zone)}T${localTime(moment, zone)}`;
  return (
    <section className={classes.asOf} aria-label={t('history.asOf')}>
      <div className={classes.asOfHead}>
        <DateTimeInput
          field={labelled('at', 'datetime', t('history.asOf'))}
          value={typed}
          onChange={(text) => {
            const [day = '', time = ''] = text.split('T');
            setMoment(day === '' ? undefined : instantOf(day, time === '' ? '00:00' : time, zone));
          }}
        />
        {moment !== null && (
          <ActionIcon aria-label={t('history.backToNow')} onClick={() => setMoment(undefined)}>
            <IconX size={16} />
          </ActionIcon>
        )}
      </div>
      {error !== null && <ErrorState error={error} />}
      {moment !== null && data !== undefined && (
        <>
          <p className={classes.asOfText} role="status">
            {t(data.deleted ? 'history.wasDeleted' : 'history.was', { when: format.dateTime(moment) })}
          </p>
          <Values entity={entity} id={id} past={data} />
        </>
      )}
    </section>
  );
}
