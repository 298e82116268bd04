import { ActionIcon, Button } from '@mantine/core';
import { IconArrowsMaximize, IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Entity } from '../api/model';
import { recordName } from '../api/records';
import { useFormat, useLabel } from '../api/session';
import { useT } from '../i18n';
import { StagePath } from '../record/StagePath';
import { useRecord } from '../record/useRecord';
import { FieldValue, isEmpty } from '../ui/FieldValue';
import { AfterPatience, Bone, ErrorState } from '../ui/states';
import { Kbd } from '../ui/Tag';
import classes from './list.module.css';
import type { ListState } from './listState';

interface PeekProps {
  entity: Entity;
  id: string;
  state: ListState;
  ids: readonly string[];
  count: number | undefined;
}

function PeekHead({ entity, id, state, ids, count }: PeekProps) {
  const t = useT();
  const format = useFormat();
  const index = ids.indexOf(id);
  const go = (to: string | undefined) => to !== undefined && state.change({ peek: to }, 'replace');
  return (
    <div className={classes.peekHead}>
      {index >= 0 && (
        <span className={classes.peekPosition}>
          {t('list.position', { position: format.number(index + 1), total: format.number(count ?? ids.length) })}
        </span>
      )}
      <ActionIcon aria-label={t('action.previous')} disabled={index <= 0} onClick={() => go(ids[index - 1])}>
        <IconChevronUp size={18} />
      </ActionIcon>
      <ActionIcon aria-label={t('action.next')} disabled={index < 0} onClick={() => go(ids[index + 1])}>
        <IconChevronDown size={18} />
      </ActionIcon>
      <span className={classes.grow} />
      <ActionIcon component={Link} to={`/${entity.setName}/${id}`} aria-label={t('action.open')}>
        <IconArrowsMaximize size={17} stroke={1.6} />
      </ActionIcon>
      <ActionIcon aria-label={t('action.close')} onClick={() => state.change({ peek: undefined })}>
        <IconX size={18} />
      </ActionIcon>
    </div>
  );
}

/** A record beside its list, for reading. */
export default function PeekPanel(props: PeekProps) {
  const { entity, id } = props;
  const t = useT();
  const label = useLabel();
  const { data: record, error } = useRecord(entity, id);
  const stage = entity.stageField();
  return (
    <aside className={classes.peek} aria-label={t('list.peek')}>
      <PeekHead {...props} />
      <div className={classes.peekBody}>
        {error !== null && <ErrorState error={error} />}
        {record === undefined && error === null && (
          <AfterPatience>
            <Bone width={240} />
          </AfterPatience>
        )}
        {record !== undefined && (
          <>
            <h2 className={classes.peekName} dir="auto">
              {recordName(entity, record)}
            </h2>
            {stage !== undefined && <StagePath entity={entity} field={stage} record={record} compact />}
            <dl className={classes.peekFields}>
              {entity.fields
                .filter((field) => field.name !== entity.nameField.name && !isEmpty(record[field.property]))
                .map((field) => (
                  <div key={field.name} className={classes.peekField}>
                    <dt>{label(field.label, field.name)}</dt>
                    <dd>
                      <FieldValue field={field} record={record} stage={field === stage} />
                    </dd>
                  </div>
                ))}
            </dl>
          </>
        )}
      </div>
      <div className={classes.peekFoot}>
        <Button component={Link} to={`/${entity.setName}/${id}`}>
          {t('action.open')}
        </Button>
        <Button component={Link} variant="filled" to={`/${entity.setName}/${id}?edit=1`} rightSection={<Kbd>E</Kbd>}>
          {t('action.edit')}
        </Button>
      </div>
    </aside>
  );
}
