import { lazy, Suspense, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useModel } from '../api/session';
import { CREATE, presets, withoutCreate } from './createUrl';

const CreateSheet = lazy(() => import('./CreateSheet'));

/** Opens the form for a new record when the address asks for it, over any page. */
export function CreateOutlet() {
  const model = useModel();
  const [params, setParams] = useSearchParams();
  const entity = model.set(params.get(CREATE) ?? undefined);
  const given = useMemo(() => presets(params), [params]);
  return entity === undefined ? null : (
    <Suspense>
      <CreateSheet
        key={entity.name}
        entity={entity}
        presets={given}
        onClose={() => setParams(withoutCreate, { replace: true })}
      />
    </Suspense>
  );
}
