import { useT } from '../i18n';
import { device } from './sessions';

/** What a person calls the browser that says this of itself. */
export function useDeviceName(): (agent: string | undefined) => string {
  const t = useT();
  return (agent) => {
    const { browser, system } = device(agent);
    if (browser === undefined) {
      return system === undefined ? t('settings.someBrowser') : t('settings.someBrowserOn', { system });
    }
    return system === undefined ? browser : t('settings.browserOn', { browser, system });
  };
}
