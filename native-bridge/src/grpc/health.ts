import {
  status,
  type sendUnaryData,
  type Server,
  type ServerUnaryCall,
  type ServerWritableStream,
} from '@grpc/grpc-js';
import { HEALTH_REQUEST_WIRE, HEALTH_RESPONSE_WIRE, HEALTH_STATUS } from './own-services.js';

/** Reports that a server is about to end. */
export interface HealthSwitch {
  /** Adds a service. */
  add(service: string): void;
  stop(): void;
}

interface Asked {
  service: string;
}

interface Answer {
  status: number;
}

/** Adds gRPC's service of health: the server, and each service by its name, is serving until `stop`. */
export function addHealth(server: Server, services: readonly string[]): HealthSwitch {
  const known = new Set(['', ...services]);
  const watchers = new Set<ServerWritableStream<Asked, Answer>>();
  let isServing = true;
  const statusOf = (service: string): number =>
    known.has(service)
      ? isServing
        ? HEALTH_STATUS.serving
        : HEALTH_STATUS.notServing
      : HEALTH_STATUS.unknown;
  const shared = {
    requestStream: false,
    requestSerialize: HEALTH_REQUEST_WIRE.serialize,
    requestDeserialize: HEALTH_REQUEST_WIRE.deserialize,
    responseSerialize: HEALTH_RESPONSE_WIRE.serialize,
    responseDeserialize: HEALTH_RESPONSE_WIRE.deserialize,
  };
  const path = '/grpc.health.v1.Health';
  server.addService(
    {
      check: { ...shared, path: `${path}/Check`, responseStream: false },
      watch: { ...shared, path: `${path}/Watch`, responseStream: true },
    },
    {
      check({ request }: ServerUnaryCall<Asked, Answer>, answer: sendUnaryData<Answer>) {
        if (known.has(request.service)) return answer(null, { status: statusOf(request.service) });
        answer({ code: status.NOT_FOUND, details: 'there is no such service' });
      },
      watch(call: ServerWritableStream<Asked, Answer>) {
        watchers.add(call);
        call.on('cancelled', () => watchers.delete(call));
        call.write({ status: statusOf(call.request.service) });
      },
    },
  );
  return {
    add: (service) => void known.add(service),
    stop() {
      isServing = false;
      for (const call of watchers) {
        call.write({ status: statusOf(call.request.service) });
        call.end();
      }
      watchers.clear();
    },
  };
}
