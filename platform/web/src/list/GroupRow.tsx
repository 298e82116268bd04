import type { Entity } from '../api/model';
import { useFormat, useLabel } from '../api/session';
import type { FieldMeta } from '../api/types';
import { useT } from '../i18n';
import { FieldValue, formatScalar, isEmpty } from '../ui/FieldValue';
import type { Line } from './groups';
import classes from './list.module.css';

interface HeadProps {
  entity: Entity;
  group: FieldMeta;
  line: Extract<Line, { kind: 'group' }>;
  sumField: FieldMeta | undefined;
}

/** What the records below have in common, how many there are and what they add up to. */
export function GroupHead({ entity, group, line, sumField }: HeadProps) {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const name = label(group.label, group.name);
  const { totals } = line;
  return (
    <>
      <span className={classes.groupName}>
        {isEmpty(line.value) ? (
          t('list.groupEmpty', { name })
        ) : (
          <FieldValue
            field={group}
            record={line.record}
            place="cell"
            stage={group.name === entity.stageField()?.name}
          />
        )}
      </span>
      {totals !== undefined && (
        <span className={classes.groupFigures}>
          {t('list.records', { count: totals.count })}
          {sumField !== undefined &&
            totals.sum !== undefined &&
            ` · ${formatScalar(format, sumField, totals.sum, false)}`}
        </span>
      )}
    </>
  );
}

export function GroupRow({ top, columns, ...head }: HeadProps & { top: number; columns: number }) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the rows have the roving focus
    <div role="row" className={classes.groupRow} style={{ transform: `translateY(${top}px)` }}>
      {/* biome-ignore lint/a11y/useFocusableInteractive: the rows have the roving focus */}
      <div role="gridcell" aria-colindex={1} aria-colspan={columns + 1} className={classes.groupCell}>
        <GroupHead {...head} />
      </div>
    </div>
  );
}
