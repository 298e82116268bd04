import { Button } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { call } from '../api/client';
import type { Model } from '../api/model';
import { useFormat, useLabel, useModel } from '../api/session';
import { useT } from '../i18n';
import { ErrorState, State, StateText } from '../ui/states';
import { Tag } from '../ui/Tag';
import classes from './designer.module.css';
import type { ChangeWish } from './plans';
import type { Planning } from './usePlanning';

const USES = ['equal', 'range', 'text', 'list', 'order', 'group'] as const;

/** A field without an index by which people look for records, with how often and how long that took. */
interface Advice {
  component: string;
  way: 'index' | 'store' | 'none';
  uses: (typeof USES)[number][];
  times: number;
  records: number;
  millis: number;
  slowest: number;
  first: string;
  last: string;
  change?: ChangeWish;
}

function useComponentName(): (component: string) => string {
  const label = useLabel();
  const model: Model = useModel();
  return (component) => {
    const dot = component.lastIndexOf('.');
    const entity = model.entities.find((one) => (one.meta.key ?? one.name) === component.slice(0, dot));
    const field = entity?.field(component.slice(dot + 1));
    return entity === undefined || field === undefined
      ? component
      : `${label(entity.meta.label, entity.name)}: ${label(field.label, field.name)}`;
  };
}

/** Which fields queries would profit from if they were indexed, and the way to have them so. */
export function AdviceTab({ planning }: { planning: Planning }) {
  const t = useT();
  const format = useFormat();
  const nameOf = useComponentName();
  const { data, error, refetch } = useQuery({
    queryKey: ['advice'],
    queryFn: async ({ signal }) => (await call<{ value: Advice[] }>('/api/v1/metadata/advice', { signal })).value,
  });
  if (error !== null && data === undefined) {
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  if (data?.length === 0) {
    return (
      <State icon={<IconBolt size={22} stroke={1.6} aria-hidden="true" />} title={t('design.noAdvice')}>
        <StateText>{t('design.noAdviceText')}</StateText>
      </State>
    );
  }
  return (
    <>
      {data !== undefined && <p className={classes.empty}>{t('design.adviceText')}</p>}
      <ul className={classes.list} aria-label={t('design.advice')}>
        {data?.map((one) => {
          const name = nameOf(one.component);
          const { change } = one;
          return (
            <li key={one.component} className={classes.row}>
              <span className={classes.rowName}>
                {name}
                <span>
                  {t('design.adviceCount', { count: one.times })} ·{' '}
                  {t('design.adviceTime', {
                    total: format.number(one.millis),
                    slowest: format.number(one.slowest),
                  })}{' '}
                  · {format.dateTime(one.last, true)}
                </span>
              </span>
              <span className={classes.marks}>
                {one.uses.map((use) => (
                  <Tag key={use}>{t(`design.use.${use}`)}</Tag>
                ))}
              </span>
              {change === undefined ? (
                <span className={classes.rowCount}>{t(`design.way.${one.way === 'store' ? 'store' : 'none'}`)}</span>
              ) : (
                <Button
                  aria-label={`${t('design.markIndexed')}: ${name}`}
                  onClick={() => planning.planNow(name, [change])}
                >
                  {t('design.markIndexed')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
