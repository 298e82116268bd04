import 'swagger-ui-dist/swagger-ui.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import SwaggerUI, { type SwaggerRequest } from 'swagger-ui-dist/swagger-ui-es-bundle.js';
import { sessionHeaders } from '../api/client';
import classes from './docs.module.css';

const DARK = 'dark-mode';

/** Calls go out as the signed-in person, with what protects the session. */
function asThisSession(request: SwaggerRequest): SwaggerRequest {
  return {
    ...request,
    credentials: 'same-origin',
    headers: { ...request.headers, ...sessionHeaders(request.method) },
  };
}

function useSwaggerTheme(): void {
  const scheme = useComputedColorScheme();
  useEffect(() => {
    const root = document.documentElement.classList;
    root.toggle(DARK, scheme === 'dark');
    return () => root.remove(DARK);
  }, [scheme]);
}

/** The description of the API, with every call to be tried. */
export default function ApiDocs({ description }: { description: object }) {
  const place = useRef<HTMLDivElement>(null);
  useSwaggerTheme();
  useEffect(() => {
    // Swagger UI never lets go of an element it has drawn into: each drawing gets its own.
    const element = document.createElement('div');
    place.current?.append(element);
    SwaggerUI({
      domNode: element,
      spec: { ...description, servers: [{ url: window.location.origin }] },
      deepLinking: true,
      docExpansion: 'none',
      defaultModelsExpandDepth: -1,
      displayRequestDuration: true,
      filter: true,
      showMutatedRequest: false,
      validatorUrl: null,
      requestInterceptor: asThisSession,
    });
    return () => element.remove();
  }, [description]);
  return <div ref={place} className={classes.docs} />;
}
