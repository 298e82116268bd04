import { ActionIcon, Button, Modal, NativeSelect, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useSaved } from '../access/useSaved';
import { useAccess } from '../api/access';
import type { Entity } from '../api/model';
import { recordName } from '../api/records';
import { useFormat, useSession, useUsers } from '../api/session';
import { assign, ownerOf, type Share, type ShareLevel, share, sharesOf, unshare } from '../api/sharing';
import type { RecordData } from '../api/types';
import { DayInput } from '../form/input/DateInputs';
import { labelled } from '../form/input/labelled';
import { instantOf } from '../form/zone';
import { useT } from '../i18n';
import { AfterPatience, Bone, ErrorState } from '../ui/states';
import classes from './record.module.css';

interface Principals {
  options: { group: string; items: { value: string; label: string }[] }[];
  nameOf: (id: string) => string;
}

/** Whoever can own a record or be shown it. Teams are known to administrators; others see that there is one. */
function usePrincipals(): Principals {
  const t = useT();
  const { me } = useSession();
  const users = useUsers();
  const { data: teams = [] } = useAccess('teams', me.role === 'administrator');
  const people = [...users.values()].map((user) => ({ value: user.id, label: user.displayName }));
  const named = teams.map((team) => ({ value: team.id, label: team.name }));
  return {
    options: [
      { group: t('access.tab.people'), items: people },
      { group: t('access.tab.teams'), items: named },
    ].filter((one) => one.items.length > 0),
    nameOf: (id) => [...people, ...named].find((one) => one.value === id)?.label ?? t('share.someTeam'),
  };
}

function ShareRow(props: { shared: Share; name: string; onLevel: (level: ShareLevel) => void; onRemove: () => void }) {
  const t = useT();
  const format = useFormat();
  const { shared, name } = props;
  return (
    <li className={classes.way}>
      <span className={classes.wayText}>
        <strong>{name}</strong>
        {shared.until !== null && <span>{t('explain.until', { when: format.dateTime(shared.until) })}</span>}
      </span>
      <NativeSelect
        aria-label={t('share.levelOf', { name })}
        value={shared.level}
        data={[
          { value: 'read', label: t('explain.reads') },
          { value: 'update', label: t('explain.updates') },
        ]}
        onChange={(event) => props.onLevel(event.currentTarget.value as ShareLevel)}
      />
      <ActionIcon aria-label={t('share.remove', { name })} onClick={props.onRemove}>
        <IconX size={16} stroke={1.6} />
      </ActionIcon>
    </li>
  );
}

function NewShare(props: {
  principals: Principals;
  onShare: (principal: string, level: ShareLevel, until: string | null) => Promise<boolean>;
}) {
  const t = useT();
  const { timeZone } = useFormat();
  const [principal, setPrincipal] = useState<string | null>(null);
  const [level, setLevel] = useState<ShareLevel>('read');
  const [until, setUntil] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (principal !== null) {
      const end = until === '' ? null : instantOf(until, '23:59', timeZone);
      void props.onShare(principal, level, end).then((done) => {
        if (done) {
          setPrincipal(null);
          setUntil('');
        }
      });
    }
  };
  return (
    <form className={classes.shareForm} onSubmit={submit}>
      <Select
        label={t('share.with')}
        searchable
        openOnFocus={false}
        data={props.principals.options}
        value={principal}
        onChange={setPrincipal}
      />
      <NativeSelect
        label={t('share.level')}
        value={level}
        data={[
          { value: 'read', label: t('explain.reads') },
          { value: 'update', label: t('explain.updates') },
        ]}
        onChange={(event) => setLevel(event.currentTarget.value as ShareLevel)}
      />
      <DayInput field={labelled('until', 'date', t('share.until'))} value={until} onChange={setUntil} />
      <Button type="submit" disabled={principal === null}>
        {t('share.add')}
      </Button>
    </form>
  );
}

/** Who owns a record, and to whom it is shown besides; both can be changed. */
export default function OwnerDialog(props: { entity: Entity; record: RecordData; onClose: () => void }) {
  const t = useT();
  const client = useQueryClient();
  const saved = useSaved();
  const principals = usePrincipals();
  const { setName } = props.entity;
  const { id } = props.record;
  const key = ['sharing', setName, id];
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const [owner, shares] = await Promise.all([ownerOf(setName, id, signal), sharesOf(setName, id, signal)]);
      return { owner, shares };
    },
  });
  const refresh = () => {
    void client.invalidateQueries({ queryKey: key });
    void client.invalidateQueries({ queryKey: ['explain', setName, id] });
  };
  const run = (work: Promise<unknown>, text: string, undo: () => Promise<unknown>) =>
    saved(work, text, () => undo().finally(refresh)).finally(refresh);
  const handOver = (owner: string) => {
    const before = data?.owner;
    if (before !== undefined && owner !== before) {
      void run(assign(setName, id, owner), t('share.handedOver', { name: principals.nameOf(owner) }), () =>
        before === null ? Promise.resolve() : assign(setName, id, before),
      );
    }
  };
  const put = (principal: string, level: ShareLevel, until: string | null) => {
    const before = data?.shares.find((one) => one.principal === principal);
    return run(
      share(setName, id, principal, level, until),
      t('share.shared', { name: principals.nameOf(principal) }),
      () =>
        before === undefined
          ? unshare(setName, id, principal)
          : share(setName, id, principal, before.level, before.until),
    );
  };
  const remove = (shared: Share) =>
    void run(
      unshare(setName, id, shared.principal),
      t('share.removed', { name: principals.nameOf(shared.principal) }),
      () => share(setName, id, shared.principal, shared.level, shared.until),
    );
  return (
    <Modal
      opened
      onClose={props.onClose}
      size={560}
      title={t('share.title', { name: recordName(props.entity, props.record) })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {error !== null && data === undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && (
        <AfterPatience>
          <Bone width={240} />
        </AfterPatience>
      )}
      {data !== undefined && (
        <>
          <Select
            label={t('share.owner')}
            description={t('share.ownerHint')}
            searchable
            allowDeselect={false}
            openOnFocus={false}
            data={principals.options}
            value={data.owner}
            placeholder={data.owner === null ? '' : principals.nameOf(data.owner)}
            onChange={(owner) => owner !== null && handOver(owner)}
          />
          <h2 className={classes.shareHead}>{t('share.besides')}</h2>
          {data.shares.length === 0 && <p className={classes.shareNone}>{t('share.none')}</p>}
          <ul className={classes.ways} aria-label={t('share.besides')}>
            {data.shares.map((one) => (
              <ShareRow
                key={one.principal}
                shared={one}
                name={principals.nameOf(one.principal)}
                onLevel={(level) => void put(one.principal, level, one.until)}
                onRemove={() => remove(one)}
              />
            ))}
          </ul>
          <NewShare principals={principals} onShare={put} />
        </>
      )}
    </Modal>
  );
}
