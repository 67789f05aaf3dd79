package io.qilin.ops.resilience;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of one dependency over all its policies. Safe for use by several threads: adders, and one lock for the failures. */
final class Tally {
  private static final int REMEMBERED = 8;

  final LatencyRing latencies = new LatencyRing();
  final LongAdder failures = new LongAdder();
  final LongAdder retries = new LongAdder();
  final LongAdder hedges = new LongAdder();
  final LongAdder hedgeWins = new LongAdder();
  final LongAdder refusals = new LongAdder();
  final LongAdder fallbacks = new LongAdder();
  final LongAdder failedCalls = new LongAdder();

  private final ArrayDeque<SeenFailure> last = new ArrayDeque<>();

  void failed(Instant at, CallFailure failure) {
    failures.increment();
    synchronized (last) {
      if (last.size() == REMEMBERED) {
        last.removeFirst();
      }
      last.addLast(new SeenFailure(at, failure));
    }
  }

  List<SeenFailure> lastFailures() {
    synchronized (last) {
      return List.copyOf(last);
    }
  }
}
