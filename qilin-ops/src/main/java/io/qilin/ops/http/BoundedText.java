package io.qilin.ops.http;

import io.qilin.ops.internal.OneCall;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A text of somebody else, in time and of bounded length, or a refusal. Safe to share between threads. */
final class BoundedText {
  private static final Logger LOG = LoggerFactory.getLogger(BoundedText.class);
  private static final int LONGEST = 16 << 20;

  private final String what;
  private final String type;
  private final OneCall<String> call;

  BoundedText(
      String what,
      String type,
      Supplier<String> source,
      Executor executor,
      LongSupplier ticker,
      Duration timeout) {
    this.what = what;
    this.type = type;
    this.call = new OneCall<>(source::get, executor, ticker, timeout);
  }

  OpsReply reply() {
    OneCall.Outcome<String> outcome;
    try {
      outcome = call.ask();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OpsReply.busy("the server ends");
    }
    String text = outcome.value();
    if (outcome.end() == OneCall.End.LATE) {
      return OpsReply.busy("the " + what + " take too long");
    }
    if (outcome.end() == OneCall.End.REFUSED) {
      return OpsReply.busy("too many questions at a time");
    }
    if (text == null || text.length() > LONGEST) {
      LOG.warn(
          "the {} were not told: {}",
          what,
          text == null ? "they failed" : "longer than " + LONGEST + " characters",
          outcome.error());
      return OpsReply.refusal(500, "the " + what + " failed");
    }
    return new OpsReply(200, type, text, java.util.Map.of());
  }
}
