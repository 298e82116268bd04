import { useQueries } from '@tanstack/react-query';
import { Link } from 'react-router';
import { listPage, recordName } from '../api/records';
import { useFormat, useLabel, useModel, useUsers } from '../api/session';
import type { FieldMeta } from '../api/types';
import { useT } from '../i18n';
import { EntityIcon } from '../ui/icons';
import classes from './home.module.css';

const SHOWN = 10;

/** What changed last, over all kinds of records. */
export function Recent() {
  const t = useT();
  const label = useLabel();
  const format = useFormat();
  const users = useUsers();
  const model = useModel();
  const answers = useQueries({
    queries: model.entities.map((entity) => {
      const fields = ['updatedAt', 'updatedBy'].map((name) => entity.field(name)) as FieldMeta[];
      return {
        queryKey: ['records', entity.setName, 'recent'],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          listPage(model, entity, { fields, orderby: 'updatedAt desc', pageSize: SHOWN }, undefined, signal),
      };
    }),
  });
  const rows = model.entities
    .flatMap((entity, index) => (answers[index]?.data?.records ?? []).map((record) => ({ entity, record })))
    .sort((a, b) => String(b.record.updatedAt).localeCompare(String(a.record.updatedAt)))
    .slice(0, SHOWN);
  const settled = answers.every((answer) => !answer.isPending);
  return (
    <section className={classes.card} aria-label={t('home.recent')}>
      <h2 className={classes.cardTitle}>{t('home.recent')}</h2>
      {settled && rows.length === 0 && <p className={classes.empty}>{t('home.empty')}</p>}
      <ul className={classes.recent}>
        {rows.map(({ entity, record }) => {
          const who = users.get(String(record.updatedBy))?.displayName;
          const when = format.relative(String(record.updatedAt));
          return (
            <li key={record.id}>
              <Link to={`/${entity.setName}/${record.id}`} className={classes.row}>
                <EntityIcon name={entity.meta.icon} size={16} />
                <span className={classes.rowName} dir="auto">
                  {recordName(entity, record)}
                </span>
                <span className={classes.rowKind}>{label(entity.meta.label, entity.name)}</span>
                <span className={classes.rowWhen}>
                  {who === undefined ? when : t('home.changedBy', { name: who, when })}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
