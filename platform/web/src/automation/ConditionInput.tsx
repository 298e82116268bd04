import { Button, Modal } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Entity } from '../api/model';
import { ExpressionInput } from '../designer/ExpressionInput';
import { useT } from '../i18n';
import { ConditionGroup } from '../list/filter/ConditionGroup';
import type { FilterItem } from '../list/filter/conditions';
import { type DraftGroup, finished, newGroup, newLine, replaced } from '../list/filter/draft';
import { useChoices } from '../list/filter/useChoices';
import classes from './automation.module.css';
import { both, comparable, writeExpression } from './expression';

/** Conditions by field, operator and value, as lists are filtered. */
function Chooser(props: { entity: Entity; onApply: (items: readonly FilterItem[]) => void; onClose: () => void }) {
  const t = useT();
  const all = useChoices(props.entity);
  const choices = useMemo(() => all.filter(comparable), [all]);
  const [group, setGroup] = useState(() => newGroup('all', [newLine()]));
  const [focus, setFocus] = useState<FilterItem | number | undefined>(group.items[0]?.id);
  return (
    <Modal
      opened
      size="lg"
      onClose={props.onClose}
      title={t('automation.choose')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <ConditionGroup
        group={group}
        depth={0}
        choices={choices}
        focus={focus}
        onFocus={setFocus}
        onReplace={(id, next) =>
          setGroup((before) =>
            before.id === id && next !== undefined ? (next as DraftGroup) : replaced(before, id, next),
          )
        }
      />
      <div className={classes.dialogActions}>
        <Button onClick={props.onClose}>{t('action.cancel')}</Button>
        <Button variant="filled" onClick={() => props.onApply(finished(group))}>
          {t('action.apply')}
        </Button>
      </div>
    </Modal>
  );
}

interface ConditionProps {
  entity: Entity;
  label: string;
  description?: string;
  required?: boolean;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** A condition as an expression, with a way to begin it by choosing. */
export function ConditionInput({ value, onChange, ...props }: ConditionProps) {
  const t = useT();
  const [choosing, setChoosing] = useState(false);
  return (
    <>
      <ExpressionInput {...props} kind="condition" value={value} onChange={onChange} />
      <div>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconFilter size={15} aria-hidden="true" />}
          onClick={() => setChoosing(true)}
        >
          {t('automation.choose')}
        </Button>
      </div>
      {choosing && (
        <Chooser
          entity={props.entity}
          onClose={() => setChoosing(false)}
          onApply={(items) => {
            setChoosing(false);
            onChange(both(value, writeExpression(items)));
          }}
        />
      )}
    </>
  );
}
