/** The variables of the environment that `apq` heeds. */

/** Those of commands that ask a platform. */
export const PLATFORM = [
  'APQ_ROOT',
  'APQ_API_KEY',
  'APQ_USERNAME',
  'APQ_PASSWORD',
  'HTTPS_PROXY',
  'NO_PROXY',
  'SSL_CERT_FILE',
] as const;

export const ENVIRONMENT = {
  APQ_ROOT: 'The platform’s root, where --root is not given',
  APQ_API_KEY: 'The API key',
  APQ_USERNAME: 'Without a key: the user’s name',
  APQ_PASSWORD: 'Without a key: the user’s password',
  APQ_METADATA: 'The metadata file, where --metadata is not given',
  APQ_KEEP: 'Of how many runs the old records of changes are kept, 0 for none (default: 1000)',
  HTTPS_PROXY: 'The proxy, as curl has it (also ALL_PROXY)',
  NO_PROXY: 'Hosts that are reached without it',
  GITHUB_WORKSPACE: 'The root of the repository, from which the formats github and sarif name files',
  SSL_CERT_FILE: 'Certificates to trust instead of the system’s (NODE_EXTRA_CA_CERTS: besides)',
  NO_COLOR: 'Not empty: no colours',
  FORCE_COLOR: 'Colours even where there is no terminal; 0: none',
} as const;

export type Variable = keyof typeof ENVIRONMENT;
