import { sessionHeaders } from './client';
import { ApiProblem } from './problem';

/** What is known of a file that was sent. */
export interface FileValue {
  id: string;
  name: string;
  contentType: string;
  size: number;
  hash: string;
  width?: number;
  height?: number;
}

const FILES = '/api/v1/files';

export function fileUrl(file: FileValue, inline = false): string {
  return `${FILES}/${file.id}${inline ? '?inline=true' : ''}`;
}

export function thumbnailUrl(file: FileValue): string {
  return `${FILES}/${file.id}/thumbnail`;
}

/** Images that the server makes small. */
export function isPicture(file: FileValue): boolean {
  return ['image/png', 'image/jpeg', 'image/gif'].includes(file.contentType);
}

/** What the browser can show by itself. */
export function canBeShown(file: FileValue): boolean {
  return isPicture(file) || ['image/webp', 'application/pdf', 'text/plain', 'text/csv'].includes(file.contentType);
}

function problemOf(request: XMLHttpRequest): Promise<ApiProblem> {
  const type = request.getResponseHeader('Content-Type') ?? '';
  return ApiProblem.from(
    new Response(request.responseText, { status: request.status, headers: { 'Content-Type': type } }),
  );
}

/** Sends a file; what is told meanwhile is the part that has gone, 0 to 1. Sent again with its key, it is taken once. */
export function sendFile(
  file: File,
  key: string,
  progress: (part: number) => void,
  signal: AbortSignal,
): Promise<FileValue> {
  return new Promise((resolve, reject) => {
    // fetch cannot tell how much of a body has gone.
    const request = new XMLHttpRequest();
    request.open('POST', `${FILES}?name=${encodeURIComponent(file.name)}`);
    const headers = {
      ...sessionHeaders('POST'),
      Accept: 'application/json, application/problem+json',
      'Content-Type': 'application/octet-stream',
      'Idempotency-Key': key,
    };
    for (const [name, value] of Object.entries(headers)) {
      request.setRequestHeader(name, value);
    }
    request.upload.onprogress = (event) => progress(event.total === 0 ? 1 : event.loaded / event.total);
    request.onerror = () => reject(ApiProblem.unreachable());
    request.onabort = () => reject(new DOMException('', 'AbortError'));
    request.onload = () => {
      if (request.status === 201) {
        resolve(JSON.parse(request.responseText) as FileValue);
      } else {
        void problemOf(request).then(reject, reject);
      }
    };
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
