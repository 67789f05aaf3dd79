package io.qilin.ops.logging.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.qilin.ops.health.HealthResult;
import io.qilin.ops.health.HealthStatus;
import io.qilin.ops.logging.LogAccount;
import io.qilin.ops.logging.LogLevel;
import io.qilin.ops.logging.LogOutcome;
import io.qilin.ops.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** From the callers to the sinks: rates, queue, writer and its thread, from start to close. Thread-safe. */
final class EventPipe {
  private static final Duration LONGEST_STEP = Duration.ofSeconds(10);

  private final SampleRates rates;
  private final EventQueue queue;
  private final EventWriter writer;
  private final Worker worker;
  private final Losses losses;
  private final LogAccount account;
  private final LongSupplier ticker;

  EventPipe(
      String name,
      SampleRates rates,
      EventQueue queue,
      List<Outlet> outlets,
      LogAccount account,
      UnaryOperator<HeldEvent> masker,
      Function<String, HeldEvent> notice,
      LongSupplier ticker) {
    this.rates = rates;
    this.queue = queue;
    this.account = account;
    this.ticker = ticker;
    this.losses = new Losses(account, ticker.getAsLong());
    this.writer = new EventWriter(queue, outlets, account, losses, masker, notice, ticker);
    this.worker = Worker.start(name, writer, ticker, LONGEST_STEP);
  }

  /** Takes an event in, or counts why not. */
  void offer(ILoggingEvent event, Function<ILoggingEvent, HeldEvent> reader) {
    LogLevel level = EventReader.level(event.getLevel());
    account.receive(level);
    boolean important = EventReader.important(event);
    long now = ticker.getAsLong();
    if (!important && !rates.take(event.getLoggerName(), level, now)) {
      account.book(level, LogOutcome.SAMPLED);
      return;
    }
    boolean in = false;
    try {
      in = queue.offer(reader.apply(event), !writer.itself());
    } finally {
      if (!in) {
        account.book(level, LogOutcome.DROPPED);
        losses.dropped(important, now);
      }
    }
    if (writer.mustWake()) {
      worker.wake();
    }
    writer.discardIfAsked();
  }

  /** Writes what is there, for at most so long, then ends the thread and gives up the rest. */
  void close(Duration drain) {
    writer.drain();
    worker.wake();
    writer.awaitEmpty(drain.toNanos());
    worker.close();
    writer.discard();
  }

  HealthResult health() {
    long now = ticker.getAsLong();
    HealthResult thread = worker.health();
    HealthResult result;
    if (thread.status() == HealthStatus.UNHEALTHY) {
      result = HealthResult.unhealthy("the log stands still: " + thread.reason());
    } else if (losses.droppingImportant(now)) {
      result =
          HealthResult.unhealthy("the log lost lines of ERROR, WARN or AUDIT in the last 10 s");
    } else if (writer.failing()) {
      result = HealthResult.degraded("the sink of the log takes nothing");
    } else if (losses.dropping(now)) {
      result = HealthResult.degraded("the log dropped lines in the last 10 s");
    } else if (thread.status() == HealthStatus.DEGRADED) {
      result = HealthResult.degraded(thread.reason());
    } else {
      result = HealthResult.healthy();
    }
    return result
        .with("offered", account.offered())
        .with("written", account.count(LogOutcome.WRITTEN))
        .with("sampled", account.count(LogOutcome.SAMPLED))
        .with("dropped", account.count(LogOutcome.DROPPED));
  }
}
