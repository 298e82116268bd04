import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useFormat, useUsers } from '../api/session';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { ErrorState } from '../ui/states';
import { Tag } from '../ui/Tag';
import { useProblemText } from '../ui/useProblemText';
import classes from './automation.module.css';
import {
  type Automation,
  automationsKey,
  definitionOf,
  listVersions,
  replaceAutomation,
  type Version,
} from './automations';
import { sayAutomation } from './sentence';
import { useWords } from './useWords';

/** What an automation said before, and the way back to it. */
export function Versions({ automation }: { automation: Automation }) {
  const t = useT();
  const format = useFormat();
  const users = useUsers();
  const words = useWords();
  const client = useQueryClient();
  const problemText = useProblemText();
  const { data, error, refetch } = useQuery({
    queryKey: [...automationsKey, automation.id, 'versions', automation.version],
    queryFn: ({ signal }) => listVersions(automation.id, signal),
  });
  if (error !== null && data === undefined) {
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  // It says again what it said; whether it runs is another matter.
  const restore = ({ version, definition }: Version) =>
    void replaceAutomation(automation.id, { ...definitionOf(definition), active: automation.active })
      .then(
        (saved) => {
          client.setQueryData([...automationsKey, automation.id], saved);
          toasts.show({ text: t('automation.restored', { number: version }) });
        },
        (failure: unknown) => toasts.show({ text: problemText(failure), tone: 'bad' }),
      )
      .finally(() => void client.invalidateQueries({ queryKey: automationsKey }));
  return (
    <div className={classes.body}>
      <ul className={classes.list} aria-label={t('automation.tab.versions')}>
        {data?.map((version) => (
          <li key={version.version} className={classes.row}>
            <div className={classes.main}>
              <span>
                <strong>{t('automation.version', { number: version.version })}</strong>{' '}
                {version.version === automation.version && <Tag tone="good">{t('automation.current')}</Tag>}
              </span>
              <span className={classes.sentence}>{sayAutomation(words, version.definition)}</span>
              <span className={classes.meta}>
                {users.get(version.madeBy)?.displayName ?? t('automation.somebody')} ·{' '}
                {format.dateTime(version.madeAt, true)}
              </span>
            </div>
            {version.version !== automation.version && (
              <Button
                aria-label={`${t('settings.restore')}: ${t('automation.version', { number: version.version })}`}
                onClick={() => restore(version)}
              >
                {t('settings.restore')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
