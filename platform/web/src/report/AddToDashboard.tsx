import { Alert, Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { type ReportDefinition, type TileDefinition, useKept, useKeptActions } from '../api/reports';
import { useT } from '../i18n';
import { useProblemText } from '../ui/useProblemText';

const NEW = '+';

/** What a tile of its kind needs to be read. */
function tileOf(title: string, report: ReportDefinition): TileDefinition {
  const kind = report.kind ?? 'table';
  return { title, width: kind === 'number' ? 1 : 2, height: kind === 'number' ? 1 : 2, report };
}

interface Props {
  title: string;
  definition: ReportDefinition;
  onClose: () => void;
}

/** Puts a report on a dashboard, as it is asked now. */
export default function AddToDashboard({ title, definition, onClose }: Props) {
  const t = useT();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const { data = [] } = useKept('dashboards');
  const { create, update } = useKeptActions('dashboards');
  const own = data.filter((dashboard) => dashboard.changeable);
  const [chosen, setChosen] = useState<string>();
  const [name, setName] = useState(title);
  const [board, setBoard] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const target = chosen ?? own[0]?.id ?? NEW;
  const add = async () => {
    setBusy(true);
    try {
      const tile = tileOf(name.trim(), definition);
      const found = own.find((dashboard) => dashboard.id === target);
      const kept =
        found === undefined
          ? await create({ name: board.trim(), shared: false, definition: { tiles: [tile] } })
          : await update(found.id, { definition: { tiles: [...found.definition.tiles, tile] } });
      onClose();
      navigate(`/dashboards/${kept.id}`);
    } catch (error) {
      setProblem(problemText(error));
      setBusy(false);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('report.toDashboard')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('dashboard.tileTitle')}
            data-autofocus
            required
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label={t('dashboard.dashboard')}
            allowDeselect={false}
            data={[
              ...own.map((dashboard) => ({ value: dashboard.id, label: dashboard.name })),
              { value: NEW, label: t('dashboard.new') },
            ]}
            value={target}
            onChange={(next) => next !== null && setChosen(next)}
          />
          {target === NEW && (
            <TextInput
              label={t('dashboard.name')}
              required
              maxLength={80}
              value={board}
              onChange={(event) => setBoard(event.currentTarget.value)}
            />
          )}
          {problem !== undefined && (
            <Alert color="bad" role="alert">
              {problem}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button onClick={onClose}>{t('action.cancel')}</Button>
            <Button
              type="submit"
              variant="filled"
              loading={busy}
              disabled={name.trim() === '' || (target === NEW && board.trim() === '')}
            >
              {t('dashboard.add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
