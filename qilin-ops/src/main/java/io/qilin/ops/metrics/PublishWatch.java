package io.qilin.ops.metrics;

import io.micrometer.core.ipc.http.HttpSender;
import io.qilin.api.error.QilinException;
import io.qilin.ops.health.HealthResult;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what a registry that pushes, such as that of InfluxDB, could not send: such a registry only logs it. Give it to the
 * registry's builder as its client. Thread-safe.
 */
public final class PublishWatch implements HttpSender {
  private final HttpSender sender;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private volatile String failure = "";

  /** Watches a sender. */
  public PublishWatch(HttpSender sender) {
    this.sender = Objects.requireNonNull(sender, "sender");
  }

  @Override
  public Response send(Request request) throws Throwable {
    try {
      Response response = sender.send(request);
      if (response.isSuccessful()) {
        sent.incrementAndGet();
        failure = "";
      } else {
        lost("it was answered " + response.code());
      }
      return response;
    } catch (Throwable e) {
      lost(e.getClass().getSimpleName());
      throw e;
    }
  }

  private void lost(String why) {
    lost.incrementAndGet();
    failure = why;
  }

  /** Requests that were answered well. */
  public long sent() {
    return sent.get();
  }

  /** Requests that failed, each with up to one batch of meters. */
  public long lost() {
    return lost.get();
  }

  /** DEGRADED from a failed request until one goes well. */
  public HealthResult health() {
    String why = failure;
    HealthResult result = why.isEmpty()
        ? HealthResult.healthy()
        : HealthResult.degraded("the last publishing failed: " + QilinException.quote(why));
    return result.with("sent", sent()).with("lost", lost());
  }
}
