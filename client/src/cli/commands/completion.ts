/** `apq completion`: prints the script with which a shell completes `apq`. */
import { usage } from '../exit';
import { type Command, command } from '../frame/command';
import { completionFor, SHELL_NAMES } from '../frame/completion';
import { near } from '../frame/near';
import { alternatives } from '../frame/words';
import { print } from '../terminal';

/** `commands`: all, this one included, when it is run. */
export const completion = (commands: () => readonly Command[]): Command =>
  command({
    name: 'completion',
    summary: 'Print the script with which a shell completes apq',
    operands: { name: 'SHELL', least: 1, most: 1, choices: SHELL_NAMES },
    options: {},
    examples: [
      [
        'completion bash > ~/.local/share/bash-completion/completions/apq',
        'For bash, from the next shell on.',
      ],
      ['completion zsh > "${fpath[1]}/_apq"', 'For zsh, into the first folder of its functions.'],
      ['completion fish > ~/.config/fish/completions/apq.fish', 'For fish.'],
      ['completion powershell >> $PROFILE', 'For PowerShell.'],
    ],
    statuses: {},
    environment: [],
    run: async ([shell = '']) => {
      const script = completionFor(shell, commands());
      if (script === undefined)
        throw usage(
          `apq completion is for ${alternatives(SHELL_NAMES)}, not “${shell}”.${near(shell, SHELL_NAMES)}`,
        );
      await print(script);
      return 0;
    },
  });
