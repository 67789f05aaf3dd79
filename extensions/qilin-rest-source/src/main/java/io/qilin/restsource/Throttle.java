package io.qilin.restsource;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.function.LongSupplier;

/** Keeps requests apart as a rate says. Safe for use by several threads. */
final class Throttle {
  private final Bucket bucket;
  private final RestRate rate;

  Throttle(RestRate rate, LongSupplier ticker) {
    this.rate = rate;
    this.bucket = Bucket.builder()
        .addLimit(Bandwidth.builder()
            .capacity(rate.requests())
            .refillGreedy(rate.requests(), rate.per())
            .build())
        .withCustomTimePrecision(new Ticker(ticker))
        .build();
  }

  /**
   * Waits until the next request may be sent.
   *
   * @throws QilinException RATE_LIMITED at once if that would be after the deadline
   */
  void await(Deadline deadline, String where) throws InterruptedException {
    boolean may = bucket.asBlocking().tryConsume(1, deadline.check(), deadline::pause);
    if (!may) {
      throw new QilinException(
          ErrorCode.RATE_LIMITED,
          where + ": " + rate.requests() + " requests in " + rate.per()
              + " are used up, and the next"
              + " would be sent after the end of the query; ask for less at once, or raise queryTime");
    }
  }

  /** The ticker as Bucket4j wants it. */
  private record Ticker(LongSupplier nanos) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanos.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
