import { PluginError } from '@wasm-plugin/abi';
import type { HandleCodecs } from '../value/index.js';
import { GivenHandles } from './given-handles.js';
import { HandleScope } from './handle-scope.js';
import { ReceivedHandles } from './received-handles.js';

/**
 * The handles of one connection: of this side's objects (`given`), and of the other side's (`received`). A connection whose
 * functions have no handles never comes here.
 */
export class HandleTables {
  readonly given: GivenHandles;
  readonly received: ReceivedHandles;
  #scope = new HandleScope();

  /** @param sendDrop tells the other side that this one has no use for a handle any more */
  constructor(sendDrop: (handle: Uint8Array) => void) {
    this.given = new GivenHandles(() => this.#scope);
    this.received = new ReceivedHandles(() => this.#scope, sendDrop);
  }

  /** Returns the codecs of handles in functions that this side offers (`mine`), or the other one (`theirs`). */
  codecs(offered: 'mine' | 'theirs'): HandleCodecs {
    const home = (imported: boolean): GivenHandles | ReceivedHandles =>
      (offered === 'mine') === imported ? this.received : this.given;
    return {
      own: (resource, imported) => home(imported).own(resource),
      borrow: (resource, imported) => home(imported).borrow(resource),
    };
  }

  /** Reads or writes a message whose handles `scope` settles. If that throws other than an error case, they are taken back. */
  within<Result>(scope: HandleScope, run: () => Result): Result {
    const outer = this.#scope;
    this.#scope = scope;
    try {
      return run();
    } catch (error) {
      if (PluginError.is(error) && error.code === 'WP_GUEST') scope.commit();
      else scope.undo();
      scope.end();
      throw error;
    } finally {
      this.#scope = outer;
    }
  }

  /** Ends all handles. */
  close(): void {
    this.given.close();
    this.received.close();
  }
}
