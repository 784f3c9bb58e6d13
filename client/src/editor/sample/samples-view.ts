/** The view of the sample queries, beside the connections while the sample platform is among them. */
import * as vscode from 'vscode';
import type { SampleFile, SampleFiles } from './sample-files';

export class SamplesView implements vscode.TreeDataProvider<SampleFile> {
  constructor(private readonly files: SampleFiles) {}

  async getChildren(file?: SampleFile): Promise<SampleFile[]> {
    return file === undefined ? this.files.list() : [];
  }

  getTreeItem({ name, path, about }: SampleFile): vscode.TreeItem {
    const item = new vscode.TreeItem(name);
    item.resourceUri = vscode.Uri.file(path);
    item.iconPath = vscode.ThemeIcon.File;
    item.description = about;
    item.tooltip = about;
    item.command = { title: 'Open', command: 'vscode.open', arguments: [item.resourceUri] };
    return item;
  }
}
