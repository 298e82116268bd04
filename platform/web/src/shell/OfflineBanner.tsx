import { IconWifiOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useFormat } from '../api/session';
import { useT } from '../i18n';
import classes from './shell.module.css';

function useOfflineSince(): Date | undefined {
  const [since, setSince] = useState<Date | undefined>(() => (navigator.onLine ? undefined : new Date()));
  useEffect(() => {
    const gone = () => setSince(new Date());
    const back = () => setSince(undefined);
    window.addEventListener('offline', gone);
    window.addEventListener('online', back);
    return () => {
      window.removeEventListener('offline', gone);
      window.removeEventListener('online', back);
    };
  }, []);
  return since;
}

export function OfflineBanner() {
  const t = useT();
  const format = useFormat();
  const since = useOfflineSince();
  return (
    <div role="status">
      {since !== undefined && (
        <div className={classes.offline}>
          <IconWifiOff size={18} aria-hidden="true" />
          {t('state.offline', { time: format.time(since) })}
        </div>
      )}
    </div>
  );
}
