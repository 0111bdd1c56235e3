/** A guest that implements the interface of each scenario. */
import * as flavorful from './flavorful';
import * as wasmPluginGaugeGauge0_1_0 from './gauge-1';
import * as wasmPluginGaugeGauge0_2_0 from './gauge-2';
import * as listInVariant from './list-in-variant';
import * as lists from './lists';
import * as manyArguments from './many-arguments';
import * as numbers from './numbers';
import * as options from './options';
import * as records from './records';
import * as resourceAlias from './resource-alias';
import * as resourceAliasUser from './resource-alias-user';
import * as resourceBorrow from './resource-borrow';
import * as resourceBorrowInRecord from './resource-borrow-in-record';
import * as resourceFloats from './resource-floats';
import * as resourceInAggregates from './resource-in-aggregates';
import * as resourceWithLists from './resource-with-lists';
import * as resources from './resources';
import * as results from './results';
import * as strings from './strings';
import * as things from './things';
import * as variants from './variants';

export {
  flavorful,
  listInVariant,
  lists,
  manyArguments,
  numbers,
  options,
  records,
  resourceAlias,
  resourceAliasUser,
  resourceBorrow,
  resourceBorrowInRecord,
  resourceFloats,
  resourceInAggregates,
  resourceWithLists,
  resources,
  results,
  strings,
  things,
  variants,
  wasmPluginGaugeGauge0_1_0,
  wasmPluginGaugeGauge0_2_0,
};

let calls: u32 = 0;

export function thunk(): u32 {
  return ++calls;
}
