import { IconArrowRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Entity } from '../api/model';
import { history } from '../api/records';
import { useFormat, useLabel } from '../api/session';
import type { HistoryEntry } from '../api/types';
import { isMessage, useT } from '../i18n';
import { Avatar } from '../ui/Avatar';
import { FieldValue } from '../ui/FieldValue';
import { AfterPatience, Bone, ErrorState } from '../ui/states';
import { AsOf, useMoment } from './AsOf';
import classes from './record.module.css';
import { wayOf } from './wayOf';

/** A word the server uses, in the person's language; a word not known here is shown as it is. */
function useWord(): (prefix: 'history' | 'history.origin', word: string) => string {
  const t = useT();
  return (prefix, word) => {
    const key = `${prefix}.${word.toLowerCase()}`;
    return isMessage(key) ? t(key) : word;
  };
}

function Change({ entity, change }: { entity: Entity; change: HistoryEntry['changes'][number] }) {
  const t = useT();
  const label = useLabel();
  const field = entity.field(change.field) ?? entity.fieldByProperty(change.field);
  if (field === undefined) {
    return null;
  }
  return (
    <li>
      <span className={classes.changeField}>{label(field.label, field.name)}</span>
      {field.audited === false ? (
        <span className={classes.change}>{t('history.unkept')}</span>
      ) : (
        <span className={classes.change}>
          <span className="rl-visually-hidden">{t('history.from')} </span>
          <FieldValue field={field} record={{ id: '', [field.property]: change.old }} />
          <IconArrowRight size={14} aria-hidden="true" className={classes.changeArrow} />
          <span className="rl-visually-hidden">{t('history.to')} </span>
          <FieldValue field={field} record={{ id: '', [field.property]: change.new }} />
        </span>
      )}
    </li>
  );
}

/** One act on the record: who, how, and what became of its fields. */
export function HistoryItem(props: { entity: Entity; entry: HistoryEntry; then?: boolean }) {
  const { entity, entry, then = false } = props;
  const t = useT();
  const format = useFormat();
  const word = useWord();
  const [, setMoment] = useMoment();
  const who = entry.actor?.displayName ?? t('history.system');
  const shown = entry.action.toLowerCase() === 'create' ? [] : entry.changes;
  return (
    <li className={classes.entry}>
      <Avatar name={who} />
      <div className={classes.entryBody}>
        <div className={classes.entryHead}>
          <span>
            <strong>{who}</strong> {word('history', entry.action)}{' '}
            <span className={classes.origin}>{word('history.origin', wayOf(entry))}</span>
          </span>
          <time dateTime={entry.at} title={format.dateTime(entry.at)}>
            {format.relative(entry.at)}
          </time>
        </div>
        {then && (
          <button type="button" className={classes.then} onClick={() => setMoment(entry.at)}>
            {t('history.then')}
          </button>
        )}
        {shown.length > 0 && (
          <ul className={classes.changes}>
            {shown.map((change) => (
              <Change key={change.field} entity={entity} change={change} />
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

/** Who changed what, newest first. */
export function History({ entity, id }: { entity: Entity; id: string }) {
  const t = useT();
  const { data, error, refetch } = useQuery({
    queryKey: ['records', entity.setName, 'history', id],
    queryFn: ({ signal }) => history(entity, id, signal),
  });
  if (error !== null) {
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return (
      <AfterPatience>
        <Bone width={220} />
      </AfterPatience>
    );
  }
  return data.length === 0 ? (
    <p className={classes.relatedNone}>{t('history.empty')}</p>
  ) : (
    <>
      <AsOf entity={entity} id={id} />
      <ol className={classes.history} aria-label={t('record.history')}>
        {data.map((entry) => (
          <HistoryItem key={entry.at + entry.action} entity={entity} entry={entry} then />
        ))}
      </ol>
    </>
  );
}
