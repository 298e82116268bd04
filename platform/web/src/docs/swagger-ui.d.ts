/** The part of Swagger UI that we use; the package brings no types of its own. */
declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  export interface SwaggerRequest {
    url: string;
    method?: string;
    credentials?: RequestCredentials;
    headers: Record<string, string>;
  }

  export interface SwaggerOptions {
    domNode: HTMLElement;
    spec: object;
    deepLinking: boolean;
    docExpansion: 'list' | 'full' | 'none';
    defaultModelsExpandDepth: number;
    displayRequestDuration: boolean;
    filter: boolean;
    showMutatedRequest: boolean;
    validatorUrl: string | null;
    requestInterceptor: (request: SwaggerRequest) => SwaggerRequest;
  }

  export default function SwaggerUI(options: SwaggerOptions): void;
}
