/** Scripts that complete `apq` in a shell, written from the definitions of the commands. */
import { type Command, longName } from './command';
import type { Option } from './option';

/** Shells that can be helped. */
const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
type Shell = (typeof SHELLS)[number];

/** Their names. */
export const SHELL_NAMES: readonly string[] = SHELLS;

/** The script for a shell; undefined for an unknown one. */
export function completionFor(shell: string, commands: readonly Command[]): string | undefined {
  const known = SHELLS.find((each) => each === shell);
  return known === undefined ? undefined : WRITERS[known](commands);
}

/** An option as shells need it. */
interface Word {
  readonly long: string;
  readonly letter: string | undefined;
  readonly option: Option<unknown>;
}

const wordsOf = ({ options }: Command): Word[] =>
  Object.entries(options).map(([name, option]) => ({
    long: longName(name),
    letter: option.letter === undefined ? undefined : `-${option.letter}`,
    option,
  }));

/** What is said of an option, as far as a shell has room for it. */
const short = (meaning: string): string => meaning.replace(/(?<=\w{8,}.*) ?[(:].*$/, '');

/** A text in single quotes, for shells of the Bourne family. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const namesOf = (commands: readonly Command[]): string => commands.map(({ name }) => name).join(' ');

const WRITERS: Readonly<Record<Shell, (commands: readonly Command[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};

function bashScript(commands: readonly Command[]): string {
  const cases = commands.map((command) => {
    const words = wordsOf(command);
    const values = words.flatMap(({ long, letter, option: { choices } }) =>
      choices === undefined
        ? []
        : [
            `        ${[long, ...(letter === undefined ? [] : [letter])].join('|')}) choices='${choices.join(' ')}' ;;`,
          ],
    );
    const operands = command.operands?.choices;
    return [
      `    ${command.name})`,
      `      options='${words.map(({ long }) => long).join(' ')} --help'`,
      ...(operands === undefined ? [] : [`      choices='${operands.join(' ')}'`]),
      ...(values.length === 0 ? [] : ['      case $before in', ...values, '      esac']),
      '      ;;',
    ].join('\n');
  });
  return `# Completion of apq for bash.
_apq() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} options='' choices=''
  if [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}; fi
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '${namesOf(commands)} help --help --version' -- "$word"))
    return
  fi
  case \${COMP_WORDS[1]} in
${cases.join('\n')}
  esac
  # bash splits a word at “=”.
  if [[ $word == = ]]; then word=; elif [[ $word == -* ]]; then choices=$options; fi
  # Without an answer, bash completes files.
  COMPREPLY=($(compgen -W "$choices" -- "$word"))
}
complete -o default -F _apq apq
`;
}

function zshScript(commands: readonly Command[]): string {
  /** The characters that \`_arguments\` takes for its own. */
  const plain = (text: string) => text.replace(/[[\]:\\]/g, '\\$&');
  const argumentOf = ({ choices, value }: Option<unknown>) => {
    if (value === undefined) return '';
    const otherwise = value.includes('FILE') ? '_files' : ' ';
    return `:${plain(value)}:${choices === undefined ? otherwise : `(${choices.join(' ')})`}`;
  };
  const cases = commands.map((command) => {
    const operands = command.operands?.choices;
    const lines = wordsOf(command).flatMap(({ long, letter, option }) =>
      [long, ...(letter === undefined ? [] : [letter])].map(
        (name) =>
          `      ${quoted(`${option.repeated === true ? '*' : ''}${name}[${plain(short(option.meaning))}]${argumentOf(option)}`)}`,
      ),
    );
    const rest = operands === undefined ? '_files' : `(${operands.join(' ')})`;
    return [
      `    (${command.name}) _arguments -s \\`,
      ...lines.map((line) => `${line} \\`),
      `      ${quoted(`*:${command.operands?.name ?? ''}:${rest}`)} ;;`,
    ].join('\n');
  });
  return `#compdef apq
# Completion of apq for zsh.
_apq() {
  local -a commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name}:${plain(summary)}`)}`).join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${cases.join('\n')}
  esac
}
[[ $funcstack[1] == _apq ]] && _apq "$@" || compdef _apq apq
`;
}

function fishScript(commands: readonly Command[]): string {
  /** A text in single quotes, for fish. */
  const text = (written: string) => `'${written.replace(/['\\]/g, '\\$&')}'`;
  const lines = commands.flatMap((command) => {
    const when = text(`__fish_seen_subcommand_from ${command.name}`);
    const operands = command.operands?.choices;
    return [
      `complete -c apq -n __fish_use_subcommand -f -a ${command.name} -d ${text(command.summary)}`,
      ...(operands === undefined ? [] : [`complete -c apq -n ${when} -f -a ${text(operands.join(' '))}`]),
      ...wordsOf(command).map(({ long, letter, option: { choices, value, meaning } }) =>
        [
          `complete -c apq -n ${when} -l ${long.slice(2)}`,
          ...(letter === undefined ? [] : [`-s ${letter.slice(1)}`]),
          ...(value === undefined ? [] : ['-r']),
          ...(choices === undefined ? [] : [`-f -a ${text(choices.join(' '))}`]),
          `-d ${text(short(meaning))}`,
        ].join(' '),
      ),
    ];
  });
  return `# Completion of apq for fish.\n${lines.join('\n')}\n`;
}

function powershellScript(commands: readonly Command[]): string {
  const list = (words: readonly string[]) => `@(${words.map((each) => `'${each}'`).join(', ')})`;
  const options = commands.map(
    (command) => `    '${command.name}' = ${list([...wordsOf(command).map(({ long }) => long), '--help'])}`,
  );
  const values = commands.flatMap((command) => [
    ...wordsOf(command).flatMap(({ long, letter, option: { choices } }) =>
      choices === undefined
        ? []
        : [long, ...(letter === undefined ? [] : [letter])].map(
            (name) => `    '${command.name} ${name}' = ${list(choices)}`,
          ),
    ),
    ...(command.operands?.choices === undefined
      ? []
      : [`    '${command.name}' = ${list(command.operands.choices)}`]),
  ]);
  return `# Completion of apq for PowerShell.
Register-ArgumentCompleter -Native -CommandName apq -ScriptBlock {
  param($word, $line, $cursor)
  $options = @{
${options.join('\n')}
  }
  $values = @{
${values.join('\n')}
  }
  $words = @($line.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { $_.ToString() })
  $command = if ($words.Count -gt 1) { $words[1] } else { '' }
  $found = if ($command -eq '') { $options.Keys }
    elseif ($values.ContainsKey("$command $($words[-1])")) { $values["$command $($words[-1])"] }
    elseif ($word -like '-*') { $options[$command] }
    else { $values[$command] }
  $found | Where-Object { $_ -like "$word*" } | Sort-Object | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}
