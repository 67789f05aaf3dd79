package io.qilin.data.failover;

import io.qilin.api.source.BarQuery;
import io.qilin.api.source.MarketDataSource;
import io.qilin.testkit.FaultySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The fault plan's scenario F9 in virtual time: the first of three sources fails, then recovers. */
final class FaultHarness {
  static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final Duration SLACK = Duration.ofMillis(100);
  private static final Duration BETWEEN = Duration.ofMillis(100);
  private static final int QUERIES = 150;

  private final VirtualTime time;
  private final FaultySource first;
  private final MarketDataSource subject;

  FaultHarness(VirtualTime time, FaultySource first, MarketDataSource subject) {
    this.time = time;
    this.first = first;
    this.subject = subject;
  }

  /** What the subject does not keep of F9; empty if it keeps all. */
  List<String> violations(FaultySource.Fault fault, Duration openTime) throws InterruptedException {
    List<String> found = new ArrayList<>();
    first.then(fault);
    int before = first.calls();
    int undisturbed = 0;
    int failing = 0;
    for (int k = 0; k < QUERIES; k++) {
      int calls = first.calls();
      long took = ask(found);
      if (took > DEADLINE.plus(SLACK).toNanos()) {
        found.add("query " + k + " took " + Duration.ofNanos(took));
      }
      int made = first.calls() - calls;
      failing += undisturbed == 0 ? made : 0;
      if (made == 0) {
        undisturbed++;
        if (took > 0) {
          found.add(
              "query " + k + " waited " + Duration.ofNanos(took) + " without asking the first");
        }
      }
      time.advance(BETWEEN);
    }
    if (undisturbed == 0 || failing > 10) {
      found.add("the first was asked " + failing + " times before it was left alone");
    }
    int load = first.calls() - before;
    if (load > QUERIES * 1.1) {
      found.add(load + " calls for " + QUERIES + " queries");
    }
    recover(found, openTime);
    return found;
  }

  private void recover(List<String> found, Duration openTime) throws InterruptedException {
    first.then(FaultySource.Fault.NONE);
    time.advance(openTime);
    for (int probe = 0; probe < 2; probe++) {
      if (subject.bars(BarQuery.ALL).provenance().provider().equals("s0")) {
        return;
      }
    }
    found.add("the first is not in use again after the open time and two probes");
  }

  private long ask(List<String> found) {
    long start = time.getAsLong();
    String provider = subject.bars(BarQuery.ALL).provenance().provider();
    if (provider.equals("s0")) {
      found.add("the failing source served");
    }
    return time.getAsLong() - start;
  }
}
