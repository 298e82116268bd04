import { Menu } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Entity } from '../api/model';
import { useT } from '../i18n';
import { toasts } from '../shell/toast';
import { useProblemText } from '../ui/useProblemText';
import { listManual, startRuns } from './automations';

/** In the menu of a record: the automations that people start themselves. */
export function ManualItems({ entity, id }: { entity: Entity; id: string }) {
  const t = useT();
  const client = useQueryClient();
  const problemText = useProblemText();
  const { data = [] } = useQuery({
    queryKey: ['manual', entity.name],
    queryFn: ({ signal }) => listManual(entity.name, signal),
  });
  const start = (automation: string, name: string) =>
    void startRuns(automation, [id]).then(
      () => {
        toasts.show({ text: t('automation.started', { name }) });
        void client.invalidateQueries({ queryKey: ['records'] });
      },
      (failure: unknown) => toasts.show({ text: problemText(failure), tone: 'bad' }),
    );
  return data.length === 0
    ? null
    : data.map((one) => (
        <Menu.Item
          key={one.id}
          leftSection={<IconBolt size={16} aria-hidden="true" />}
          onClick={() => start(one.id, one.name)}
        >
          {t('automation.start', { name: one.name })}
        </Menu.Item>
      ));
}
