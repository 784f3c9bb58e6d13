/** Which module is read. */
import { find, make } from '../../view/dom';
import { Combobox } from './combobox';
import type { BuilderPage, PageRequest, Part } from './parts';

const NO_MODULES =
  'The modules of the platform are not known yet. Connect to a platform, or write a name of a module.';

export class ModulePart implements Part {
  readonly #module: Combobox;
  readonly #about = make('p', { class: 'hint', id: 'module-about' });

  constructor(page: BuilderPage) {
    this.#module = new Combobox({
      id: 'module',
      label: 'Module',
      placeholder: 'Choose a module, for example CourseDate',
      free: () => page.shown().modules.length === 0,
      choices: () => page.shown().modules.map(({ name, text }) => ({ value: name, text })),
      chosen: (name) => {
        if (name.trim() !== '') page.want({ kind: 'module', name: name.trim() });
        else this.#module.set(page.shown().module);
      },
    });
    this.#module.input.setAttribute('aria-describedby', 'module-about');
    find('module-part').append(this.#module.element, this.#about);
  }

  show({ module, moduleText = '', modules }: PageRequest): void {
    this.#module.set(module);
    this.#module.refresh();
    this.#about.textContent = modules.length === 0 ? NO_MODULES : moduleText;
  }

  focus(): void {
    this.#module.input.focus();
  }
}
