import { useQuery } from '@tanstack/react-query';
import { call } from '../api/client';
import { useFormat } from '../api/session';
import { useT } from '../i18n';
import { Bar } from '../ui/Bar';
import { ErrorState } from '../ui/states';
import { Tag } from '../ui/Tag';
import classes from './settings.module.css';

interface Used {
  limit: number;
  used: number;
}

const KINDS = ['user', 'tenant', 'database', 'exports', 'files'] as const;
type Kind = (typeof KINDS)[number];

const ASK_AGAIN_MS = 10_000;

/** From here on it is said that little is left. */
const NEARLY = 0.9;

function Meter({ kind, used }: { kind: Kind; used: Used }) {
  const t = useT();
  const format = useFormat();
  const amount = (value: number) => {
    switch (kind) {
      case 'database':
        return t('settings.seconds', { seconds: format.number(Math.round(value / 100) / 10) });
      case 'files':
        return format.bytes(value);
      default:
        return format.number(value);
    }
  };
  const share = used.limit > 0 ? Math.min(used.used / used.limit, 1) : 1;
  return (
    <li className={classes.row}>
      <div className={classes.main}>
        <span>
          <strong>{t(`settings.limit.${kind}`)}</strong>{' '}
          {share >= NEARLY && <Tag tone="bad">{t('settings.nearly')}</Tag>}
        </span>
        <span className={classes.meta}>{t(`settings.limitHint.${kind}`)}</span>
        <span className={classes.gauge}>
          <Bar share={share} place={undefined} />
        </span>
        <span>
          {t('settings.usedOf', { used: amount(used.used), limit: amount(used.limit), share: format.share(share) })}
        </span>
      </div>
    </li>
  );
}

/** What the tenant uses of what it may use. */
export function LimitsTab() {
  const t = useT();
  const { data, error, refetch } = useQuery({
    queryKey: ['limits'],
    queryFn: ({ signal }) => call<Partial<Record<Kind, Used>>>('/api/v1/limits', { signal }),
    refetchInterval: ASK_AGAIN_MS,
  });
  if (error !== null && data === undefined) {
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <p className={classes.hint}>{t('settings.limitsText')}</p>
      <ul className={classes.list} aria-label={t('settings.tab.limits')}>
        {KINDS.map((kind) => {
          const used = data?.[kind];
          return used === undefined ? null : <Meter key={kind} kind={kind} used={used} />;
        })}
      </ul>
    </>
  );
}
