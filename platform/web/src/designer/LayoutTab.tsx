import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconGripVertical, IconPlus, IconTrash, IconX } from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Entity } from '../api/model';
import { useLabel } from '../api/session';
import type { FieldMeta } from '../api/types';
import { useT } from '../i18n';
import { FieldIcon } from '../ui/icons';
import classes from './designer.module.css';
import {
  type LayoutDraft,
  layoutDraft,
  moved,
  NOWHERE,
  type SectionDraft,
  type Spot,
  sectionsOf,
  stepped,
  taken,
  unplaced,
} from './layoutForm';
import type { Planning } from './usePlanning';

interface Moves {
  dragged: string | undefined;
  onDrag: (name: string | undefined) => void;
  onDrop: (to: Spot) => void;
  onKey: (event: KeyboardEvent, name: string) => void;
  onTake: (name: string) => void;
}

interface PlacedProps extends Moves {
  field: FieldMeta;
  spot: Spot;
}

function Placed({ field, spot, dragged, onDrag, onDrop, onKey, onTake }: PlacedProps) {
  const t = useT();
  const label = useLabel();
  const [over, setOver] = useState(false);
  const name = label(field.label, field.name);
  return (
    <li
      className={classes.placed}
      data-over={over || undefined}
      data-dragged={dragged === field.name || undefined}
      onDragOver={(event) => {
        if (dragged !== undefined) {
          event.preventDefault();
          event.stopPropagation();
          setOver(true);
        }
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setOver(false);
        onDrop(spot);
      }}
    >
      <button
        type="button"
        className={classes.handle}
        data-handle={field.name}
        draggable
        aria-label={t('design.moveField', { name })}
        aria-describedby="layout-hint"
        onDragStart={(event: DragEvent) => {
          event.dataTransfer.effectAllowed = 'move';
          event.dataTransfer.setData('text/plain', field.name);
          onDrag(field.name);
        }}
        onDragEnd={() => onDrag(undefined)}
        onKeyDown={(event) => onKey(event, field.name)}
      >
        <IconGripVertical size={16} stroke={1.6} aria-hidden="true" />
        <FieldIcon type={field.type} />
        <span>{name}</span>
      </button>
      {spot.section !== NOWHERE && (
        <ActionIcon size={26} aria-label={t('design.takeField', { name })} onClick={() => onTake(field.name)}>
          <IconX size={15} />
        </ActionIcon>
      )}
    </li>
  );
}

interface SectionProps extends Moves {
  entity: Entity;
  names: readonly string[];
  at: number;
  head: ReactNode;
  empty: string;
  label: string;
}

function Section({ entity, names, at, head, empty, label, ...moves }: SectionProps) {
  const fields = names.map((name) => entity.field(name)).filter((field) => field !== undefined);
  return (
    <section
      className={classes.layoutSection}
      aria-label={label}
      onDragOver={(event) => moves.dragged !== undefined && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        moves.onDrop({ section: at, place: names.length });
      }}
    >
      {head}
      {fields.length === 0 && <p className={classes.counts}>{empty}</p>}
      <ul className={classes.placedList}>
        {fields.map((field, place) => (
          <Placed key={field.name} field={field} spot={{ section: at, place }} {...moves} />
        ))}
      </ul>
    </section>
  );
}

function SectionHead(props: {
  section: SectionDraft;
  first: boolean;
  last: boolean;
  onChange: (changes: Partial<SectionDraft>) => void;
  onMove: (by: number) => void;
  onRemove: () => void;
}) {
  const { section } = props;
  const t = useT();
  return (
    <div className={classes.sectionHead}>
      <TextInput
        label={t('design.english')}
        value={section.en}
        onChange={(event) => props.onChange({ en: event.currentTarget.value })}
      />
      <TextInput
        label={t('design.chinese')}
        value={section.zh}
        onChange={(event) => props.onChange({ zh: event.currentTarget.value })}
      />
      <div className={classes.sectionTools}>
        <ActionIcon disabled={props.first} aria-label={t('design.up')} onClick={() => props.onMove(-1)}>
          <IconArrowUp size={16} />
        </ActionIcon>
        <ActionIcon disabled={props.last} aria-label={t('design.down')} onClick={() => props.onMove(1)}>
          <IconArrowDown size={16} />
        </ActionIcon>
        <ActionIcon aria-label={t('design.removeSection')} onClick={props.onRemove}>
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      </div>
    </div>
  );
}

/** Where the fields stand on the record page and in the form: moved by dragging, or by the arrow keys. */
export function LayoutTab({ entity, planning }: { entity: Entity; planning: Planning }) {
  const t = useT();
  const label = useLabel();
  const box = useRef<HTMLDivElement>(null);
  const kept = layoutDraft(entity.meta.layout?.sections ?? []);
  const [layout, setLayout] = useState<LayoutDraft>(kept);
  const [dragged, setDragged] = useState<string>();
  const [focus, setFocus] = useState<{ name: string }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was applied is shown as it is now
  useEffect(() => setLayout(kept), [entity]);
  useEffect(() => {
    if (focus !== undefined) {
      box.current?.querySelector<HTMLElement>(`[data-handle="${CSS.escape(focus.name)}"]`)?.focus();
    }
  }, [focus]);
  const move = (next: LayoutDraft, name: string) => {
    setLayout(next);
    setFocus({ name });
  };
  const moves: Moves = {
    dragged,
    onDrag: setDragged,
    onDrop: (to) => {
      if (dragged !== undefined) {
        move(moved(layout, dragged, to), dragged);
        setDragged(undefined);
      }
    },
    onKey: (event, name) => {
      const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : undefined;
      if (by !== undefined) {
        event.preventDefault();
        move(stepped(layout, name, by), name);
      } else if (event.key === 'Delete') {
        event.preventDefault();
        move(taken(layout, name), name);
      }
    },
    onTake: (name) => move(taken(layout, name), name),
  };
  const change = (at: number, changes: Partial<SectionDraft>) =>
    setLayout(layout.map((section, index) => (index === at ? { ...section, ...changes } : section)));
  const swap = (at: number, by: number) => {
    const rest = layout.filter((_, index) => index !== at);
    const section = layout[at];
    if (section !== undefined) {
      setLayout([...rest.slice(0, at + by), section, ...rest.slice(at + by)]);
    }
  };
  const key = Math.max(-1, ...layout.map((section) => section.key)) + 1;
  const changed = JSON.stringify(sectionsOf(layout)) !== JSON.stringify(sectionsOf(kept));
  const review = () =>
    planning.planNow(`${label(entity.meta.label, entity.name)}: ${t('design.layout')}`, [
      {
        op: 'change',
        component: `${entity.meta.key ?? entity.name}/layout`,
        value: { sections: sectionsOf(layout) },
      },
    ]);
  const rest = unplaced(
    layout,
    entity.fields.map((field) => field.name),
  );
  return (
    <div ref={box} className={classes.layout}>
      <p id="layout-hint" className={classes.counts}>
        {t('design.layoutHint')}
      </p>
      {layout.map((section, at) => (
        <Section
          key={section.key}
          entity={entity}
          names={section.fields}
          at={at}
          label={label({ en: section.en, 'zh-CN': section.zh }, t('design.section'))}
          empty={t('design.dropHere')}
          head={
            <SectionHead
              section={section}
              first={at === 0}
              last={at === layout.length - 1}
              onChange={(changes) => change(at, changes)}
              onMove={(by) => swap(at, by)}
              onRemove={() => setLayout(layout.filter((_, index) => index !== at))}
            />
          }
          {...moves}
        />
      ))}
      <Button
        leftSection={<IconPlus size={16} aria-hidden="true" />}
        onClick={() => setLayout([...layout, { key, en: '', zh: '', fields: [] }])}
      >
        {t('design.newSection')}
      </Button>
      <Section
        entity={entity}
        names={rest}
        at={NOWHERE}
        label={t('design.unplaced')}
        empty={t('design.allPlaced')}
        head={
          <>
            <h2 className={classes.sectionTitle}>{t('design.unplaced')}</h2>
            <p className={classes.counts}>{t('design.unplacedHint')}</p>
          </>
        }
        {...moves}
      />
      <div className={classes.sticky}>
        <Button disabled={!changed} onClick={() => setLayout(kept)}>
          {t('action.cancel')}
        </Button>
        <Button variant="filled" disabled={!changed} onClick={review}>
          {t('design.toReview')}
        </Button>
      </div>
    </div>
  );
}
