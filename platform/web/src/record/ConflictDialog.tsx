import { Button, Modal, Radio } from '@mantine/core';
import { useState } from 'react';
import type { Entity } from '../api/model';
import { useLabel } from '../api/session';
import type { FieldMeta, Value } from '../api/types';
import { useT } from '../i18n';
import { FieldValue } from '../ui/FieldValue';
import { Kbd } from '../ui/Tag';
import { merged } from './conflict';
import classes from './record.module.css';
import type { Conflict } from './useSave';

interface SideProps {
  field: FieldMeta;
  side: string;
  value: Value;
  chosen: boolean;
  onChoose: () => void;
}

function Side({ field, side, value, chosen, onChoose }: SideProps) {
  return (
    <Radio
      name={`conflict-${field.property}`}
      checked={chosen}
      onChange={onChoose}
      label={
        <>
          <span className="rl-visually-hidden">{side}: </span>
          <FieldValue field={field} record={{ id: '', [field.property]: value }} />
        </>
      }
    />
  );
}

/** Somebody saved first: shows the fields that clash, and only those, with both values. */
export function ConflictDialog({ entity, conflict }: { entity: Entity; conflict: Conflict }) {
  const t = useT();
  const label = useLabel();
  const [keepTheirs, setKeepTheirs] = useState<ReadonlySet<string>>(new Set());
  const choose = (property: string, theirs: boolean) => {
    const next = new Set(keepTheirs);
    if (theirs) {
      next.add(property);
    } else {
      next.delete(property);
    }
    setKeepTheirs(next);
  };
  return (
    <Modal
      opened
      onClose={() => conflict.settle(null)}
      size={560}
      title={t('conflict.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <p className={classes.conflictText}>{t('conflict.text', { count: conflict.clashes.length })}</p>
      <table className={classes.conflict}>
        <thead>
          <tr>
            <th scope="col">{t('conflict.field')}</th>
            <th scope="col">{t('conflict.yours')}</th>
            <th scope="col">{t('conflict.theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {conflict.clashes.map((clash) => {
            const field = entity.fieldByProperty(clash.property);
            return field === undefined ? null : (
              <tr key={clash.property}>
                <th scope="row">{label(field.label, field.name)}</th>
                <td>
                  <Side
                    field={field}
                    side={t('conflict.yours')}
                    value={clash.mine}
                    chosen={!keepTheirs.has(clash.property)}
                    onChoose={() => choose(clash.property, false)}
                  />
                </td>
                <td>
                  <Side
                    field={field}
                    side={t('conflict.theirs')}
                    value={clash.theirs}
                    chosen={keepTheirs.has(clash.property)}
                    onChoose={() => choose(clash.property, true)}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <div className={classes.dialogFoot}>
        <Button onClick={() => conflict.settle(null)}>{t('conflict.discard')}</Button>
        <Button
          variant="filled"
          data-autofocus
          rightSection={<Kbd>↵</Kbd>}
          onClick={() => conflict.settle(merged(conflict.mine, keepTheirs))}
        >
          {t('conflict.save')}
        </Button>
      </div>
    </Modal>
  );
}
