// Sends a file whole, with the progress of sending. `fetch` cannot tell how far it is; the older
// interface can.
import { Refused, unexpected, unreachable, type Problem, type Schemas } from './client';
import { currentToken, waitForSignIn } from './session_gate';

export interface Upload {
  file: File;
  data_set: Schemas['DataSet'];
  month: string;
  extract: Schemas['Extract'];
}

function sent(upload: Upload, key: string, progress: (share: number) => void) {
  const query = new URLSearchParams({
    data_set: upload.data_set,
    month: upload.month,
    extract: upload.extract,
    file_name: upload.file.name,
  });
  return new Promise<XMLHttpRequest>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/uploads?${query}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('X-CSRF-Token', currentToken());
    request.setRequestHeader('Idempotency-Key', key);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    };
    request.onload = () => resolve(request);
    request.onerror = () => reject(unreachable());
    request.send(upload.file);
  });
}

/** What refused it: the server in its own words, or something between it and us in others. */
function problemIn(request: XMLHttpRequest): Problem {
  try {
    const body: unknown = JSON.parse(request.responseText);
    if (body && typeof body === 'object' && 'detail' in body) return body as Problem;
  } catch {
    // Not the server's own answer.
  }
  return unexpected(request.status).problem;
}

export async function sendExtract(
  upload: Upload,
  key: string,
  progress: (share: number) => void,
): Promise<Schemas['Job']> {
  let request = await sent(upload, key, progress);
  if (request.status === 401) {
    await waitForSignIn();
    request = await sent(upload, key, progress);
  }
  if (request.status === 202) return JSON.parse(request.responseText) as Schemas['Job'];
  throw new Refused(problemIn(request));
}
