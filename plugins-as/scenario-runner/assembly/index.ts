/** A guest that calls the interface of each scenario, and says whether each answer is right. */
import { level as oldLevel } from './bindings/wasm-plugin-gauge-gauge0_1_0';
import { level } from './bindings/wasm-plugin-gauge-gauge0_2_0';
import { done, fail, Result, Unit } from './bindings/wit';
import { thunk } from './bindings/world';
import { check, found, start } from './check';
import { runLists } from './lists';
import { runNumbers } from './numbers';
import { runFlavorful, runManyArguments, runRecords } from './records';
import { runResourceBorrow, runResources, runResourceWithLists, runThings } from './resources';
import {
  runResourceAlias,
  runResourceBorrowInRecord,
  runResourceFloats,
  runResourceInAggregates,
} from './resources-in-values';
import { runListInVariant, runOptions, runStrings } from './texts';
import { runResults, runVariants } from './variants';

export function run(scenario: string): Result<Unit, string> {
  start();
  if (scenario == 'numbers') runNumbers();
  else if (scenario == 'strings') runStrings();
  else if (scenario == 'lists') runLists();
  else if (scenario == 'records') runRecords();
  else if (scenario == 'variants') runVariants();
  else if (scenario == 'flavorful') runFlavorful();
  else if (scenario == 'many-arguments') runManyArguments();
  else if (scenario == 'options') runOptions();
  else if (scenario == 'results') runResults();
  else if (scenario == 'list-in-variant') runListInVariant();
  else if (scenario == 'resources') runResources();
  else if (scenario == 'resource-with-lists') runResourceWithLists();
  else if (scenario == 'resource-borrow') runResourceBorrow();
  else if (scenario == 'resource-in-aggregates') runResourceInAggregates();
  else if (scenario == 'resource-borrow-in-record') runResourceBorrowInRecord();
  else if (scenario == 'resource-alias') runResourceAlias();
  else if (scenario == 'resource-floats') runResourceFloats();
  else if (scenario == 'resource-import-and-export') runThings();
  else if (scenario == 'versions') check(oldLevel() == 42 && level(5) == 2.5, 'level');
  else if (scenario == 'smoke') check(thunk() + 1 == thunk(), 'thunk');
  else check(false, 'the name of the scenario');
  const failure = found();
  return failure === null ? done<string>() : fail<string>(failure);
}
