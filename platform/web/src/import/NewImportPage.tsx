import { useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { type Preview, previewImport, startImport } from '../api/imports';
import type { Entity } from '../api/model';
import { useModel } from '../api/session';
import { useT } from '../i18n';
import { useDocumentTitle } from '../shell/useDocumentTitle';
import { useProblemText } from '../ui/useProblemText';
import classes from './import.module.css';
import { MapStep } from './MapStep';
import type { Mapping } from './mapping';
import { Steps } from './Steps';
import { type Upload, UploadStep } from './UploadStep';

function useBusy() {
  const problemText = useProblemText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(problemText(error));
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, run };
}

/** From a file to a running import: choose, map, start. Nothing is written before the start. */
export default function NewImportPage() {
  const t = useT();
  const model = useModel();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [entity, setEntity] = useState<Entity | undefined>(model.entity(params.get('entity') ?? undefined));
  const [preview, setPreview] = useState<Preview>();
  const [mapping, setMapping] = useState<Mapping>();
  const upload = useRef<Upload>(undefined);
  const { busy, problem, run } = useBusy();
  useDocumentTitle(t('import.newTitle'));

  const look = (chosen: Upload) =>
    run(async () => {
      const found = await previewImport(chosen.file, chosen.entity.name, chosen.settings);
      upload.current = chosen;
      setEntity(chosen.entity);
      setPreview(found);
      setMapping({ ...found.mapping, ...chosen.settings, entity: chosen.entity.name });
    });

  const start = () =>
    run(async () => {
      if (upload.current !== undefined && mapping !== undefined) {
        const job = await startImport(upload.current.file, mapping);
        navigate(`/imports/${job.id}`);
      }
    });

  return (
    <>
      <header className={classes.header}>
        <h1 className={classes.title}>{t('import.newTitle')}</h1>
        <Steps at={preview === undefined ? 0 : 1} />
      </header>
      {problem !== undefined && (
        <div role="alert" className={classes.problem}>
          {problem}
        </div>
      )}
      {preview === undefined || mapping === undefined || entity === undefined ? (
        <UploadStep entity={entity} busy={busy} onContinue={(chosen) => void look(chosen)} />
      ) : (
        <MapStep
          entity={entity}
          preview={preview}
          mapping={mapping}
          busy={busy}
          onChange={setMapping}
          onBack={() => setPreview(undefined)}
          onStart={() => void start()}
        />
      )}
    </>
  );
}
