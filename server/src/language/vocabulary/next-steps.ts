/**
 * What a user can do next, said for the program in which it is read: VS Code has commands, a terminal has options. Every
 * message that ends with such advice takes it from here.
 */

/**
 * A kind of program that shows messages. `editor`: one that has the language server, but not our extension. `builder`: the
 * page of VS Code on which nothing is written by hand.
 */
export const CLIENT_KINDS = ['vscode', 'builder', 'editor', 'terminal'] as const;
export type ClientKind = (typeof CLIENT_KINDS)[number];

/** One sentence or more; `about` is what the step is about: a name, a host, where a key came from. */
type Advice = string | ((about: string) => string);

interface Row {
  readonly vscode: Advice;
  readonly terminal: Advice;
  /** Absent: as in a terminal, which is where such an editor sends its user for all that the server can't do. */
  readonly editor?: Advice;
  /** Absent: as in VS Code. */
  readonly builder?: Advice;
}

const WRITE_METADATA = 'apq metadata --output FILE';
const TRY_OUT = 'Run “APQ: Add Connection”, or “APQ: Open Sample Platform” to try things out.';
const came = (what: string, from: string) => (from === '' ? '' : `${what} came from ${from}. `);

export const NEXT_STEPS = {
  // The language
  'first-metadata': {
    vscode: 'Add a connection, then run “APQ: Refresh Metadata”.',
    editor: `Write a metadata file in a terminal (${WRITE_METADATA}), and name it in the language server’s options (metadataFile).`,
    terminal: `Write a metadata file (${WRITE_METADATA}), and name it with --metadata FILE.`,
  },
  'first-module': {
    vscode: `Modules are known once you have a connection. ${TRY_OUT}`,
    terminal: `Modules are known from a metadata file, which ${WRITE_METADATA} writes.`,
  },
  'refresh-metadata': {
    vscode: 'Run “APQ: Refresh Metadata”.',
    editor: `Write the metadata file again, in a terminal: ${WRITE_METADATA}.`,
    terminal: `Write the metadata file again: ${WRITE_METADATA}.`,
  },
  'list-fields': {
    vscode: 'Press Ctrl+Space to list the fields.',
    builder: 'Choose another field.',
    editor: 'Completion lists the fields.',
    terminal: `Check its spelling; a new field needs new metadata (${WRITE_METADATA}).`,
  },
  /** About the module whose records are searched by their names. */
  'find-record': {
    vscode: (module) => `Press Ctrl+Space at the end of the name to search ${module}, and choose the record.`,
    builder: (module) => `Look the ID up in ${module}.`,
    terminal: (module) => `Look the ID up in ${module}.`,
  },
  'list-modules': {
    vscode: 'Press Ctrl+Space to list the modules.',
    builder: 'Choose another module.',
    editor: 'Completion lists the modules.',
    terminal: `Check its spelling; a new module needs new metadata (${WRITE_METADATA}).`,
  },
  /** How a date is written. */
  'write-date': {
    vscode: "Write year-month-day, such as '2025-01-31T09:00:00'.",
    builder: 'Write, for example, in 45 days or 14/12/2026.',
    terminal: "Write year-month-day, such as '2025-01-31T09:00:00'.",
  },
  /** About the conditions for a whole day. */
  'mean-day': {
    vscode: (conditions) => `If you mean the whole day, write ${conditions}.`,
    builder: 'You may mean the whole day.',
    terminal: (conditions) => `If you mean the whole day, write ${conditions}.`,
  },
  /** About the platform that is named. */
  'choose-platform': {
    vscode: (platform) => `If you mean ${platform}, choose another connection.`,
    terminal: (platform) =>
      `If you mean ${platform}, run it with the --root of that platform, or name that with --connection NAME=URL.`,
  },
  /** About the connection of a `# @connection` line. */
  'know-connection': {
    vscode: 'Add it (APQ: Add Connection), or change the line.',
    terminal: (name) => `Say which platform that is: --connection "${name}=https://…".`,
  },
  'name-connection': {
    vscode: 'Add one: run “APQ: Add Connection”.',
    terminal:
      'Write a name of your own. In a terminal, --connection NAME=URL says which platform it stands for.',
  },
  'keep-secret': {
    vscode: 'A key of the API belongs to the connection (APQ: Add Connection).',
    terminal: 'A key of the API belongs in APQ_API_KEY, or is passed with --api-key-stdin.',
  },
  import: {
    vscode: 'Copy it, and run “APQ: Paste as Request”.',
    terminal: 'Save it in a file, and run apq convert FILE.',
    editor: 'Save it in a file of its own, and run apq convert FILE in a terminal.',
  },
  // The server
  'report-fault': {
    vscode: 'Please report the fault, with the output “APQ Language Server”.',
    terminal: 'Please report the fault, with the log of the language server.',
  },
  // Running
  connect: {
    vscode: TRY_OUT,
    terminal: 'Name the platform: --root https://NAME.accessplanit.com/accessplan (or set APQ_ROOT).',
  },
  /** About a variable. */
  'give-value': {
    vscode: (name) => `Give it a value: @${name} = …`,
    terminal: (name) => `Give it with --var ${name}=value.`,
  },
  'allow-changes': {
    vscode: 'Use another connection, or allow changes on this one.',
    terminal: 'Name another platform with --root.',
  },
  // The API
  'check-network': {
    vscode: 'Check your network, VPN and proxy, and the connection’s address, then try again.',
    terminal:
      'Check your network, VPN and proxy, and the platform’s address (--root or APQ_ROOT), then try again.',
  },
  'check-name': {
    vscode: 'Check the platform’s name in the connection, and your network.',
    terminal: 'Check the platform’s address (--root or APQ_ROOT), and your network.',
  },
  'check-address': {
    vscode: 'Check the connection’s address.',
    terminal: 'Check the platform’s address (--root or APQ_ROOT).',
  },
  /** About where the key came from. */
  'renew-key': {
    vscode: 'Copy the key again, or ask a Super Administrator for a new one.',
    terminal: (from) =>
      `${came('The key', from)}Check that it is the whole key, and of this site, or ask a Super Administrator for a new one.`,
  },
  /** About where they came from. */
  'check-password': {
    vscode: 'Check both; the user also needs the API role.',
    terminal: (from) => `${came('They', from)}Check both; the user also needs the API role.`,
  },
  /** About where the key came from. */
  'copy-key': {
    vscode: 'Enter it again.',
    terminal: (from) => `${came('It', from)}Copy it there again.`,
  },
  'give-key': {
    vscode: 'Add one to the connection.',
    terminal: 'Set APQ_API_KEY, or APQ_USERNAME and APQ_PASSWORD, or pass the key with --api-key-stdin.',
  },
  'get-permission': {
    vscode: 'Ask a Super Administrator for the permission, or use another connection.',
    terminal: 'Ask a Super Administrator for the permission, or use the key of another user.',
  },
  'see-details': {
    vscode: 'The output has the details.',
    terminal: 'With --verbose, you see the details.',
  },
  'send-details': {
    vscode: 'Send the output to support.',
    terminal: 'Run it again with --verbose, and send what you see to support.',
  },
  'report-to-platform': {
    vscode: 'A fault of the platform: send the output to accessplanit’s support.',
    terminal:
      'A fault of the platform: run it again with --verbose, and send what you see to accessplanit’s support.',
  },
} as const satisfies Readonly<Record<string, Row>>;

export type NextStep = keyof typeof NEXT_STEPS;

/** Returns the advice for this kind of client. */
export function nextStep(client: ClientKind | undefined, step: NextStep, about = ''): string {
  const advice = adviceFor(client, NEXT_STEPS[step]);
  return typeof advice === 'string' ? advice : advice(about);
}

function adviceFor(client: ClientKind | undefined, { vscode, builder, editor, terminal }: Row): Advice {
  switch (client) {
    case 'vscode':
      return vscode;
    case 'builder':
      return builder ?? vscode;
    case 'terminal':
      return terminal;
    case 'editor':
    case undefined:
      return editor ?? terminal;
  }
}
