import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconChevronDown,
  IconChevronRight,
  IconChevronUp,
  IconCopy,
  IconDots,
  IconEye,
  IconLink,
  IconLock,
  IconPencil,
  IconPrinter,
  IconShare,
  IconTrash,
  IconUserSearch,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Entity } from '../api/model';
import { recordName } from '../api/records';
import { useFormat, useLabel, useSession } from '../api/session';
import type { RecordData } from '../api/types';
import { ManualItems } from '../automation/ManualItems';
import { copyOf } from '../form/copy';
import { useOpenCreate } from '../form/createUrl';
import { useT, withMore } from '../i18n';
import { type Trail, trailKey } from '../list/useRows';
import { useKeys } from '../shell/keys';
import { Avatar } from '../ui/Avatar';
import { FavouriteButton } from '../ui/FavouriteButton';
import { FieldValue, isEmpty } from '../ui/FieldValue';
import { Kbd } from '../ui/Tag';
import classes from './record.module.css';
import { StagePath } from './StagePath';

const Hold = lazy(() => import('./Hold'));
const ExplainAccess = lazy(() => import('./ExplainAccess'));
const OwnerDialog = lazy(() => withMore(import('./OwnerDialog')));

interface HeaderProps {
  entity: Entity;
  record: RecordData;
  onEdit: () => void;
  onDelete: () => void;
}

const KEY_FIELDS = 5;

/** The list one came from; a record opened by its address has none. */
function useTrail(entity: Entity): Trail | undefined {
  const { data } = useQuery<Trail | null>({
    queryKey: trailKey(entity),
    queryFn: () => null,
    enabled: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? undefined;
}

function Neighbours({ entity, id, trail }: { entity: Entity; id: string; trail: Trail }) {
  const t = useT();
  const navigate = useNavigate();
  const format = useFormat();
  const index = trail.ids.indexOf(id);
  const before = trail.ids[index - 1];
  const after = trail.ids[index + 1];
  const go = (to: string | undefined) => {
    if (to !== undefined) {
      navigate(`/${entity.setName}/${to}`);
    }
  };
  useKeys({ '[': () => go(before), ']': () => go(after) }, index >= 0);
  return index < 0 ? null : (
    <>
      <span className={classes.position}>
        {t('list.position', {
          position: format.number(index + 1),
          total: format.number(trail.count ?? trail.ids.length),
        })}
      </span>
      <ActionIcon aria-label={t('action.previous')} disabled={before === undefined} onClick={() => go(before)}>
        <IconChevronUp size={18} />
      </ActionIcon>
      <ActionIcon aria-label={t('action.next')} disabled={after === undefined} onClick={() => go(after)}>
        <IconChevronDown size={18} />
      </ActionIcon>
    </>
  );
}

function TopBar({ entity, record, onDelete }: Omit<HeaderProps, 'onEdit'>) {
  const t = useT();
  const label = useLabel();
  const { me } = useSession();
  const trail = useTrail(entity);
  const create = useOpenCreate();
  const [explained, setExplained] = useState(false);
  const [sharing, setSharing] = useState(false);
  const [holding, setHolding] = useState(false);
  const { timeZone } = useFormat();
  const cloned = () => copyOf(entity, record, timeZone);
  return (
    <>
      <div className={classes.topBar} data-print="none">
        <nav className={classes.crumbs}>
          <Link to={`/${entity.setName}`}>{label(entity.meta.pluralLabel, entity.setName)}</Link>
          {trail !== undefined && (
            <>
              <IconChevronRight size={14} aria-hidden="true" />
              <Link to={`/${entity.setName}${trail.search}`}>{trail.title}</Link>
            </>
          )}
        </nav>
        {trail !== undefined && <Neighbours entity={entity} id={record.id} trail={trail} />}
        <span className={classes.grow} />
        <ActionIcon aria-label={t('explain.open')} title={t('explain.open')} onClick={() => setExplained(true)}>
          <IconEye size={18} stroke={1.6} />
        </ActionIcon>
        {explained && (
          <Suspense>
            <ExplainAccess entity={entity} record={record} onClose={() => setExplained(false)} />
          </Suspense>
        )}
        {sharing && (
          <Suspense>
            <OwnerDialog entity={entity} record={record} onClose={() => setSharing(false)} />
          </Suspense>
        )}
        <FavouriteButton entity={entity} kind="record" target={record.id} name={recordName(entity, record)} />
        <ActionIcon
          aria-label={t('action.copyLink')}
          onClick={() => void navigator.clipboard?.writeText(window.location.href)}
        >
          <IconLink size={18} stroke={1.6} />
        </ActionIcon>
        <Menu position="bottom-end" width={180}>
          <Menu.Target>
            <ActionIcon aria-label={t('action.more')}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconCopy size={16} aria-hidden="true" />} onClick={() => create(entity, cloned())}>
              {t('action.clone')}
            </Menu.Item>
            <Menu.Item leftSection={<IconPrinter size={16} aria-hidden="true" />} onClick={() => window.print()}>
              {t('action.print')}
            </Menu.Item>
            <Menu.Item leftSection={<IconShare size={16} aria-hidden="true" />} onClick={() => setSharing(true)}>
              {t('action.share')}
            </Menu.Item>
            {me.privacy === true && entity.fields.some((field) => field.personal === true) && (
              <Menu.Item
                component={Link}
                to={`/settings/privacy?entity=${entity.name}&of=${record.id}`}
                leftSection={<IconUserSearch size={16} aria-hidden="true" />}
              >
                {t('action.findPerson')}
              </Menu.Item>
            )}
            {me.privacy === true && (
              <Menu.Item leftSection={<IconLock size={16} aria-hidden="true" />} onClick={() => setHolding(true)}>
                {t('hold.place')}
              </Menu.Item>
            )}
            <ManualItems entity={entity} id={record.id} />
            <Menu.Item color="bad" leftSection={<IconTrash size={16} aria-hidden="true" />} onClick={onDelete}>
              {t('action.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <Suspense>
        <Hold entity={entity} id={record.id} placing={holding} onPlaced={() => setHolding(false)} />
      </Suspense>
    </>
  );
}

function KeyFields({ entity, record }: { entity: Entity; record: RecordData }) {
  const label = useLabel();
  const stage = entity.stageField()?.name;
  const fields = entity
    .view(undefined)
    .columns.map((name) => entity.field(name))
    .filter((field) => field !== undefined)
    .filter((field) => field.name !== entity.nameField.name && field.name !== stage && !isEmpty(record[field.property]))
    .sort((a, b) => Number(b.type === 'money') - Number(a.type === 'money'))
    .slice(0, KEY_FIELDS);
  return (
    <dl className={classes.keyFields}>
      {fields.map((field) => (
        <div key={field.name} data-strong={field.type === 'money'}>
          <dt>{label(field.label, field.name)}</dt>
          <dd>
            <FieldValue field={field} record={record} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function RecordHeader({ entity, record, onEdit, onDelete }: HeaderProps) {
  const t = useT();
  const name = recordName(entity, record);
  const stage = entity.stageField();
  return (
    <header className={classes.header}>
      <TopBar entity={entity} record={record} onDelete={onDelete} />
      <div className={classes.headBody}>
        <div className={classes.titleRow}>
          <Avatar name={name} shape="square" size="large" />
          <h1 className={classes.title} dir="auto">
            {name}
          </h1>
          <Button
            data-print="none"
            leftSection={<IconPencil size={15} aria-hidden="true" />}
            rightSection={<Kbd>E</Kbd>}
            onClick={onEdit}
          >
            {t('action.edit')}
          </Button>
        </div>
        <KeyFields entity={entity} record={record} />
        {stage !== undefined && <StagePath entity={entity} field={stage} record={record} />}
      </div>
    </header>
  );
}
