import { randomUUID } from 'node:crypto';
import { Svcm } from '@nats-io/services';
import { createInbox, errors, headers, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { ERROR_CODES, PluginError, printable, QuotaError, type ErrorCode } from '@wasm-plugin/abi';
import {
  inTime,
  parseHello,
  refuseHandles,
  Signature,
  type CallOptions,
  type Dialer,
  type Hello,
  type Linker,
} from '../rpc/index.js';
import { ByteReader, ByteWriter } from '../value/index.js';
import { connectNats, followConnection, type NatsOptions } from './nats-connection.node.js';
import { natsTransport } from './nats-transport.js';
import { connectSubject, functionSubject, HEADER, serviceName } from './subjects.js';

/** The longest call if nobody says, in milliseconds: NATS does not tell a caller that its host is gone. */
const MOST_CALL_MS = 30_000;

/**
 * Calls plugins of `serveNats`, whichever host takes the call: `rpc({ links: { nats: natsLink() } })` and
 * `"entry": "nats://localhost:4222"`. No call is made twice; one without an answer at its deadline may have run.
 */
export function natsLink(options: NatsOptions & { traceparent?: () => string | undefined } = {}): Linker {
  const { traceparent, ...login } = options;
  return async (address, { id }) => {
    const nats = await connectNats(address, login);
    try {
      const { functions } = await discover(nats, id, login.dialMs ?? 10_000);
      refuseHandles(functions, { plugin: id, way: 'NATS', instead: 'use "natsDialer"' });
      const signatures = functions.map((offered) => new Signature(offered));
      const writer = new ByteWriter();
      const lost = followConnection(nats);
      return {
        functions,
        survives: true,
        call(index, args, how = {}) {
          const signature = signatures[index] as Signature;
          writer.reset();
          signature.writeArguments(writer, args);
          const subject = functionSubject(id, functions[index] as Hello['functions'][number]);
          const trace = traceparent?.();
          return request(nats, {
            signature,
            subject,
            payload: writer.written().slice(),
            trace,
            lost,
            ...how,
          });
        },
        async drain() {
          if (!nats.isClosed()) await nats.drain();
        },
        close: () => void nats.close(),
      };
    } catch (error) {
      await nats.close();
      throw error;
    }
  };
}

/** Calls plugins of `serveNats` by a connection with an instance of its own: `rpc({ dialers: { nats: natsDialer() } })`. */
export function natsDialer(options: NatsOptions = {}): Dialer {
  return async (address, { id }) => {
    const nats = await connectNats(address, options);
    const inbox = createInbox();
    const receive = nats.subscribe(inbox);
    try {
      const answer = await nats.request(connectSubject(id), inbox, { timeout: options.dialMs ?? 10_000 });
      const transport = natsTransport(address, nats, { send: answer.string(), receive });
      const close = (): void => {
        transport.close();
        // The last message goes out first.
        void nats.drain().catch(() => undefined);
      };
      return {
        name: transport.name,
        pendingBytes: 0,
        sendLine: (line) => transport.sendLine(line),
        send: (frame) => transport.send(frame),
        start: (receiver) =>
          transport.start({
            onLine: (line) => receiver.onLine(line),
            onFrame: (frame) => receiver.onFrame(frame),
            onClose(reason) {
              void nats.drain().catch(() => undefined);
              receiver.onClose(reason);
            },
          }),
        close,
      };
    } catch (error) {
      await nats.close();
      throw new PluginError('WP_BRIDGE', `Cannot reach "${id}" by ${address}: ${reasonOf(error)}`, {
        cause: error,
      });
    }
  };
}

/** Asks who serves a plugin. @throws {PluginError} WP_BRIDGE nobody does */
async function discover(nats: NatsConnection, id: string, ms: number): Promise<Hello> {
  const client = new Svcm(nats as unknown as ConstructorParameters<typeof Svcm>[0]).client({
    strategy: 'count',
    maxMessages: 1,
    maxWait: ms,
  } as never);
  const nobody = new PluginError('WP_BRIDGE', `Cannot reach "${id}" by NATS: nobody serves it`);
  try {
    for await (const { metadata } of await client.info(serviceName(id))) {
      const hello = parseHello(metadata?.['wasm-plugin'] ?? '', `"${id}" by NATS`);
      if (hello.id !== id)
        throw new PluginError('WP_BRIDGE', `Cannot use "${id}": it says that it is ${String(hello.id)}`);
      return hello;
    }
  } catch (error) {
    if (PluginError.is(error)) throw error;
    throw nobody;
  }
  throw nobody;
}

/** The longest time of a timer, in milliseconds. */
const MOST_TIMER_MS = 2 ** 31 - 1;

interface Request extends CallOptions {
  signature: Signature;
  subject: string;
  payload: Uint8Array;
  trace: string | undefined;
  lost: () => Promise<void> | undefined;
}

async function request(
  nats: NatsConnection,
  { signature, subject, payload, trace, lost, deadlineMs = MOST_CALL_MS }: Request,
): Promise<unknown> {
  const { name } = signature;
  const back = lost();
  const waited = back === undefined ? 0 : await settled(back, { name, ms: deadlineMs });
  const timeout = Math.max(1, Math.min(deadlineMs - waited, MOST_TIMER_MS));
  const said = headers();
  said.set(HEADER.deadline, String(Math.ceil(timeout)));
  said.set(HEADER.callId, randomUUID());
  if (trace !== undefined) said.set(HEADER.trace, trace);
  let message: Msg;
  try {
    message = await nats.request(subject, payload, { timeout, headers: said });
  } catch (error) {
    throw failure(error, { name, timeout });
  }
  if (message.headers?.get('Nats-Service-Error-Code')) throw theirs(message, name);
  return signature.readResult(new ByteReader(new Uint8Array(message.data)));
}

/** Waits for a lost connection. Returns the milliseconds that it took. @throws {PluginError} WP_BRIDGE it takes longer than `ms` */
async function settled(back: Promise<void>, { name, ms }: { name: string; ms: number }): Promise<number> {
  const begun = performance.now();
  const message = `Cannot call "${name}" by NATS: the connection is lost for ${ms} ms`;
  await inTime(back, Math.min(ms, MOST_TIMER_MS), () => new PluginError('WP_BRIDGE', message));
  return performance.now() - begun;
}

function failure(error: unknown, { name, timeout }: { name: string; timeout: number }): PluginError {
  const causes = [error, error instanceof Error ? error.cause : undefined];
  if (causes.some((each) => each instanceof errors.TimeoutError))
    return new QuotaError('WP_QUOTA_WALL', {
      limit: 'wallMs',
      unit: 'ms',
      allowed: timeout,
      used: timeout,
      instanceUsable: true,
      reason: `"${name}" did not answer in ${timeout} ms; it may have run`,
    });
  const isNotRun = causes.some(
    (each) =>
      each instanceof errors.NoRespondersError ||
      each instanceof errors.InvalidArgumentError ||
      each instanceof errors.PermissionViolationError ||
      (each instanceof errors.RequestError && each.isNoResponders()),
  );
  return new PluginError(
    isNotRun ? 'WP_BRIDGE' : 'WP_BRIDGE_IN_DOUBT',
    `Cannot call "${name}" by NATS: ${reasonOf(error)}`,
    {
      cause: error,
    },
  );
}

function theirs({ headers: said }: Msg, name: string): PluginError {
  const code = said?.get(HEADER.code) ?? '';
  const text = printable(said?.get('Nats-Service-Error') ?? '');
  const known = Object.hasOwn(ERROR_CODES, code) ? (code as ErrorCode) : undefined;
  return new PluginError(
    said?.get(HEADER.mayHaveRun) === 'false' ? 'WP_BRIDGE' : 'WP_BRIDGE_IN_DOUBT',
    `Cannot call "${name}" by NATS: ${text} (${known ?? 'unknown'})`,
    known === undefined ? {} : { cause: new PluginError(known, text) },
  );
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof errors.NoRespondersError) return 'nobody serves it';
  return printable(cause instanceof Error ? cause.message : String(cause));
}
