import { Modal, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Way, waysTo } from '../api/access';
import type { Entity } from '../api/model';
import { recordName } from '../api/records';
import { useFormat, useSession, useUsers } from '../api/session';
import type { RecordData } from '../api/types';
import { useT } from '../i18n';
import type { MessageKey } from '../i18n/catalog';
import { AfterPatience, Bone, ErrorState } from '../ui/states';
import { Tag } from '../ui/Tag';
import classes from './record.module.css';

const LEVELS: Record<string, MessageKey> = {
  own: 'access.level.own',
  unit: 'access.level.unit',
  tree: 'access.level.tree',
  tenant: 'access.level.tenant',
};

function WayRow({ way }: { way: Way }) {
  const t = useT();
  const format = useFormat();
  const users = useUsers();
  const by = way.grantedBy === null ? undefined : users.get(way.grantedBy)?.displayName;
  const name =
    way.kind === 'manager'
      ? t('explain.manager.of', { name: (way.through && users.get(way.through)?.displayName) ?? '?' })
      : (way.name ?? t(`explain.${way.kind}.unnamed`));
  const reach = LEVELS[way.level];
  return (
    <li className={classes.way}>
      <Tag tone="accent">{t(`explain.${way.kind}`)}</Tag>
      <span className={classes.wayText}>
        <strong>{name}</strong>
        <span>
          {reach !== undefined && `${t('explain.reaches', { level: t(reach) })} `}
          {way.through !== null && way.kind !== 'manager' && `${t('explain.through')} `}
          {by !== undefined && `${t('explain.by', { name: by })} `}
          {way.until !== null && t('explain.until', { when: format.dateTime(way.until) })}
        </span>
      </span>
      <span className={classes.wayRight}>{t(way.updatable ? 'explain.updates' : 'explain.reads')}</span>
    </li>
  );
}

interface ExplainProps {
  entity: Entity;
  record: RecordData;
  onClose: () => void;
}

/** Every way by which somebody sees this record; administrators ask for others too. */
export default function ExplainAccess({ entity, record, onClose }: ExplainProps) {
  const t = useT();
  const { me } = useSession();
  const users = useUsers();
  const [user, setUser] = useState(me.user.id);
  const { data, error, refetch } = useQuery({
    queryKey: ['explain', entity.setName, record.id, user],
    queryFn: ({ signal }) => waysTo(entity.setName, record.id, user, signal),
  });
  const name = users.get(user)?.displayName ?? me.user.displayName;
  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      title={t('explain.title', { name: recordName(entity, record) })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {me.role === 'administrator' && (
        <Select
          label={t('explain.person')}
          searchable
          allowDeselect={false}
          openOnFocus={false}
          data={[...users.values()].map((one) => ({ value: one.id, label: one.displayName }))}
          value={user}
          onChange={(next) => next !== null && setUser(next)}
        />
      )}
      {error !== null && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && (
        <AfterPatience>
          <Bone width={240} />
        </AfterPatience>
      )}
      <div role="status">{data?.length === 0 && <p className={classes.wayNone}>{t('explain.none', { name })}</p>}</div>
      <ul className={classes.ways} aria-label={t('explain.ways')}>
        {data?.map((way) => (
          <WayRow key={`${way.kind} ${way.name} ${way.through} ${way.level}`} way={way} />
        ))}
      </ul>
    </Modal>
  );
}
