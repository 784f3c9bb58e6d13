/** The commands of `apq`, in the order of the help. */
import type { Command } from '../frame/command';
import { check } from './check';
import { completion } from './completion';
import { convert } from './convert';
import { doctor } from './doctor';
import { format } from './format';
import { importCommand } from './import';
import { lsp } from './lsp';
import { metadata } from './metadata';
import { run } from './run';
import { test } from './test';

export const COMMANDS: readonly Command[] = [
  run,
  test,
  check,
  format,
  convert,
  metadata,
  importCommand,
  doctor,
  lsp,
  completion(() => COMMANDS),
];
