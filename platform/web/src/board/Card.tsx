import { useDraggable } from '@dnd-kit/core';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconGripVertical } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Entity } from '../api/model';
import { recordName } from '../api/records';
import { useLabel } from '../api/session';
import type { FieldMeta, RecordData } from '../api/types';
import { useT } from '../i18n';
import { FieldValue, isEmpty } from '../ui/FieldValue';
import classes from './board.module.css';

export interface CardProps {
  entity: Entity;
  record: RecordData;
  fields: readonly FieldMeta[];
  column: string;
}

/** What a card shows: the name, who it is about, the amount, then dates and the rest in small. */
function CardBody({ entity, record, fields }: Omit<CardProps, 'column'>) {
  const label = useLabel();
  const shown = fields.filter((field) => field !== entity.nameField && !isEmpty(record[field.property]));
  const lookups = shown.filter((field) => field.type === 'lookup');
  const amounts = shown.filter((field) => field.type === 'money');
  const rest = shown.filter(
    (field) => field.type !== 'lookup' && field.type !== 'money' && field !== entity.stageField(),
  );
  const value = (field: FieldMeta) => (
    <span key={field.name} title={label(field.label, field.name)}>
      <FieldValue field={field} record={record} place="cell" />
    </span>
  );
  return (
    <>
      {lookups.length > 0 && <span className={classes.line}>{lookups.map(value)}</span>}
      {amounts.length > 0 && <span className={classes.amount}>{amounts.map(value)}</span>}
      {rest.length > 0 && <span className={classes.small}>{rest.map(value)}</span>}
    </>
  );
}

/** The card in the hand while it is dragged. */
export function LiftedCard({ entity, record, fields }: Omit<CardProps, 'column'>) {
  return (
    <div className={classes.card} data-lifted="true">
      <span className={classes.name} dir="auto">
        {recordName(entity, record)}
        <IconGripVertical size={16} aria-hidden="true" className={classes.grip} />
      </span>
      <CardBody entity={entity} record={record} fields={fields} />
    </div>
  );
}

export interface Destination {
  name: string;
  move: (record: RecordData) => void;
}

/** The way to move a card without dragging it. */
function MoveMenu({ name, record, destinations }: { name: string; record: RecordData; destinations: Destination[] }) {
  const t = useT();
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <ActionIcon
          size={24}
          className={classes.moveMenu ?? ''}
          aria-label={`${t('board.moveTo')}: ${name}`}
          onMouseDown={(event) => event.stopPropagation()}
          onTouchStart={(event) => event.stopPropagation()}
          onKeyDown={(event) => event.stopPropagation()}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown onMouseDown={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()}>
        <Menu.Label>{t('board.moveTo')}</Menu.Label>
        {destinations.map((destination) => (
          <Menu.Item key={destination.name} onClick={() => destination.move(record)}>
            {destination.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function Card(props: CardProps & { busy: boolean; destinations: Destination[] }) {
  const { entity, record, fields, column, busy, destinations } = props;
  const t = useT();
  const name = recordName(entity, record);
  const { setNodeRef, listeners, attributes, isDragging } = useDraggable({
    id: record.id,
    data: { record },
    disabled: busy,
    attributes: { roleDescription: t('list.board') },
  });
  return (
    <li className={classes.cardItem}>
      <div
        ref={setNodeRef}
        {...listeners}
        {...attributes}
        role="group"
        aria-label={t('board.card', { name, column })}
        className={classes.card}
        data-card={record.id}
        data-dragging={isDragging}
        data-busy={busy}
      >
        <Link
          to={`/${entity.setName}/${record.id}`}
          className={classes.name}
          tabIndex={-1}
          draggable={false}
          dir="auto"
        >
          {name}
        </Link>
        <MoveMenu name={name} record={record} destinations={destinations} />
        <CardBody entity={entity} record={record} fields={fields} />
      </div>
    </li>
  );
}
