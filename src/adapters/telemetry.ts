// Metrics and traces for OpenTelemetry, off unless an endpoint is configured. The only importer of its packages. Never holds a text.

import { context, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Messenger, Store } from '../app/ports.ts';

const EVERY_MS = 60_000;

export type Telemetry = {
  /** A span for what is done, and its duration by outcome. `outcome` names what came of it, never what it held. */
  measure<T>(name: string, task: () => Promise<T>, outcome: (result: T) => string): Promise<T>;
  charge(operation: string, ru: number): void;
  /** Sends what is left. */
  stop(): Promise<void>;
};

/** `endpoint` is the base address of a collector that speaks OTLP over HTTP; `lateMs` is asked at every export. */
export function startTelemetry(endpoint: string, instance: string, lateMs: () => Promise<number>): Telemetry {
  const base = endpoint.replace(/\/$/, '');
  const resource = resourceFromAttributes({ 'service.name': 'helpdesk', 'service.instance.id': instance });
  const tracers = new TracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${base}/v1/traces` }) })],
  });
  const meters = new MeterProvider({
    resource,
    readers: [
      new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({ url: `${base}/v1/metrics` }),
        exportIntervalMillis: EVERY_MS,
      }),
    ],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const tracer = tracers.getTracer('helpdesk');
  const meter = meters.getMeter('helpdesk');
  const durations = meter.createHistogram('helpdesk.duration', { unit: 'ms' });
  const charges = meter.createCounter('helpdesk.store.request_units');
  meter.createObservableGauge('helpdesk.outbox.late', { unit: 'ms' }).addCallback(async (result) => {
    result.observe(await lateMs());
  });
  meter.createObservableGauge('process.memory.usage', { unit: 'By' }).addCallback((result) => {
    result.observe(process.memoryUsage.rss());
  });

  return {
    measure: async (name, task, outcome) => {
      const began = performance.now();
      const span: Span = tracer.startSpan(name);
      const end = (how: string): void => {
        durations.record(performance.now() - began, { name, outcome: how });
        span.setAttribute('outcome', how).end();
      };
      try {
        const result = await context.with(trace.setSpan(context.active(), span), task);
        end(outcome(result));
        return result;
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR });
        end('error');
        throw error;
      }
    },
    charge: (operation, ru) => charges.add(ru, { operation }),
    stop: async () => {
      await Promise.allSettled([tracers.shutdown(), meters.shutdown()]);
      context.disable();
    },
  };
}

/** The same store, of which every call is a span and counts in the metrics. */
export function measuredStore(store: Store, { measure }: Telemetry): Store {
  const done = () => 'done';
  return {
    ...store,
    read: (pk, id) =>
      measure(
        'store.read',
        () => store.read(pk, id),
        (found) => (found ? 'found' : 'missing'),
      ),
    create: (doc) =>
      measure(
        'store.create',
        () => store.create(doc),
        ({ outcome }) => outcome,
      ),
    replace: (doc, version) =>
      measure(
        'store.replace',
        () => store.replace(doc, version),
        ({ outcome }) => outcome,
      ),
    list: (filter, options) => measure('store.list', () => store.list(filter, options), done),
    changes: (since, limit) => measure('store.changes', () => store.changes(since, limit), done),
    erase: (pk) => measure('store.erase', () => store.erase(pk), done),
  };
}

/** The same of every call to the connector, by its outcome. */
export function measuredMessenger(messenger: Messenger, { measure }: Telemetry): Messenger {
  return {
    ...messenger,
    post: (to, message) =>
      measure(
        'connector.post',
        () => messenger.post(to, message),
        ({ outcome }) => outcome,
      ),
    update: (to, message) =>
      measure(
        'connector.update',
        () => messenger.update(to, message),
        ({ outcome }) => outcome,
      ),
  };
}
