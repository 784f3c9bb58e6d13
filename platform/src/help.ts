/**
 * The help feeds. That they list the modules' names and each field's name, type, and whether it can be sorted and
 * filtered: D. The shapes: A.
 *
 *     {"results":[{"name":"CourseDate","url":"http://…/apihelp/v2/modules/CourseDate"}, …]}
 *     {"module":"CourseDate","fields":[{"fieldName":"StartDate","dataType":"DateTime","sortable":true,"filterable":true}, …]}
 */
import type { Module } from './catalog';

export const moduleFeed = (names: readonly string[], siteRoot: string): unknown => ({
  results: names.map((name) => ({ name, url: `${siteRoot}/apihelp/v2/modules/${name}` })),
});

export const fieldFeed = (module: Module): unknown => ({
  module: module.name,
  fields: module.fields.map(({ name, dataType, sortable, filterable }) => ({
    fieldName: name,
    dataType,
    sortable,
    filterable,
  })),
});
