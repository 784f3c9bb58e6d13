/** The folder in which APQ keeps what is the user's, wherever they work: of the editor and the command line alike. */
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Returns its path, as the system has it for the state of programs; undefined where the user has no home. */
export function userFolder(
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  home: () => string = homedir,
): string | undefined {
  const paths = platform === 'win32' ? win32 : posix;
  const absolute = (path: string | undefined) =>
    path !== undefined && paths.isAbsolute(path) ? path : undefined;
  const inHome = (...parts: readonly string[]) => {
    const found = absolute(homeOf(home));
    return found === undefined ? undefined : paths.join(found, ...parts);
  };
  const folder = () => {
    if (platform === 'win32') return absolute(environment['LOCALAPPDATA']) ?? inHome('AppData', 'Local');
    if (platform === 'darwin') return inHome('Library', 'Application Support');
    return absolute(environment['XDG_STATE_HOME']) ?? inHome('.local', 'state');
  };
  const found = folder();
  return found === undefined ? undefined : paths.join(found, 'apq');
}

/** A user whom the system does not know has none. */
function homeOf(home: () => string): string | undefined {
  try {
    return home();
  } catch {
    return undefined;
  }
}
