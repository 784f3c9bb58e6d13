/** Modules and fields as they stand in the view of connections. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import { ageInWords } from '#core/text/age';
import { forLabel, harmless } from '#core/text/foreign-text';
import {
  describeField,
  describeModule,
  fieldCount,
  type FieldInfo,
  fieldSummary,
  type FieldType,
  type ModuleInfo,
} from '#language';

export interface ModuleNode {
  readonly kind: 'module';
  readonly connection: Connection;
  readonly module: ModuleInfo;
}

export interface FieldNode {
  readonly kind: 'field';
  readonly connection: Connection;
  readonly module: ModuleInfo;
  readonly field: FieldInfo;
}

/** A module with what it is, and when its fields were fetched. */
export function moduleItem({ connection, module }: ModuleNode): vscode.TreeItem {
  const item = new vscode.TreeItem(forLabel(module.name), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${connection.id} ${module.name}`;
  item.iconPath = new vscode.ThemeIcon('symbol-class');
  item.contextValue = 'module';
  const sentence = describeModule(module.name);
  const count = module.fields === undefined ? undefined : fieldCount(module.fields);
  const description = sentence ?? count;
  if (description !== undefined) item.description = description;
  const fetched =
    module.fetchedAt === undefined
      ? 'Its fields are fetched when you open it.'
      : `${count ?? 'Fields'}, fetched ${ageInWords(module.fetchedAt, new Date())}`;
  item.tooltip = harmless([module.name, ...(sentence === undefined ? [] : [sentence]), fetched].join('\n'));
  return item;
}

const ICONS: Readonly<Record<FieldType, string>> = {
  string: 'symbol-string',
  integer: 'symbol-number',
  decimal: 'symbol-number',
  boolean: 'symbol-boolean',
  datetime: 'calendar',
  date: 'calendar',
  time: 'watch',
  list: 'symbol-array',
  unknown: 'symbol-field',
};

/** A field with its type, what it can’t be used for and, when it is pointed at, what it is. */
export function fieldItem({ connection, module, field }: FieldNode): vscode.TreeItem {
  const item = new vscode.TreeItem(forLabel(field.name));
  item.id = `${connection.id} ${module.name} ${field.name}`;
  item.iconPath = new vscode.ThemeIcon(ICONS[field.type]);
  item.contextValue = 'field';
  const summary = fieldSummary(field);
  item.description = summary;
  const sentence = describeField(module.name, field);
  const lines = [
    `${module.name}.${field.name}${field.label === undefined ? '' : ` (${field.label})`}`,
    summary,
    ...(sentence === undefined ? [] : [sentence]),
    ...(field.values === undefined ? [] : [`Values: ${field.values.slice(0, 20).join(', ')}`]),
  ];
  item.tooltip = harmless(lines.join('\n'));
  return item;
}
