package io.qilin.data.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.data.stream.StreamPoison.Outcome;
import io.qilin.testkit.fault.FaultRun;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Scenario F14 with so many messages: {@code mvn -q -Pfaults test -pl qilin-data -am -Dscenario=F14 -Dn=1000000 -Dseed=7}. The
 * throughput with poison is told as a share of that without, from the better of the rounds by wall clock and by processor time.
 */
@Tag("fault")
@Tag("F14")
class StreamPoisonTest {
  /** Below so many messages a process has hardly begun to compile, so that its speed says nothing. */
  private static final int MEASURABLE = 100_000;

  private final FaultRun run = FaultRun.of("F14", 4_000);

  /** Passes once, with the message that hangs. Where nothing is measured, it is so long that no good message is late. */
  private final Duration deadline =
      run.n() < MEASURABLE ? Duration.ofSeconds(5) : Duration.ofMillis(500);

  private StreamPoison stream(int messages, long seed) {
    return new StreamPoison(seed, messages, 1, deadline);
  }

  @Test
  void whenMessagesArePoisonedAndTheProcessIsKilled_thenGoodOnesCountAndBadOnesAreSetAsideOnce()
      throws IOException, InterruptedException {
    List<String> failures = new ArrayList<>();
    long[] wall = {Long.MAX_VALUE, Long.MAX_VALUE};
    long[] cpu = {Long.MAX_VALUE, Long.MAX_VALUE};
    int rounds = run.n() < MEASURABLE ? 0 : 3;
    for (int i = 0; i < 2 * rounds; i++) {
      Outcome outcome =
          StreamPoison.in(stream(run.n(), run.seed() + i / 2), i % 2 == 1, 0, "handled");
      failures.addAll(outcome.failures());
      wall[i % 2] = Math.min(wall[i % 2], outcome.nanos());
      cpu[i % 2] = Math.min(cpu[i % 2], outcome.cpuNanos());
    }
    Outcome killed = StreamPoison.in(stream(run.n(), run.seed()), true, 1, "handled");
    failures.addAll(killed.failures());
    Map<String, Number> figures = new TreeMap<>(Map.of("kills", killed.kills()));
    if (rounds > 0) {
      figures.put("cleanMillis", wall[0] / 1_000_000);
      figures.put("poisonedMillis", wall[1] / 1_000_000);
      figures.put("throughput", (double) wall[0] / wall[1]);
      figures.put("throughputByCpu", (double) cpu[0] / cpu[1]);
    }
    System.out.println(run.report(failures.size(), figures));
    assertThat(failures).isEmpty();
    assertThat(killed.kills()).isEqualTo(1);
  }

  @Test
  void whenMessagesAreCommittedBeforeTheyAreHandled_thenItIsFound()
      throws IOException, InterruptedException {
    Outcome control = StreamPoison.in(stream(20_000, run.seed()), true, 1, "fetched");
    assertThat(control.kills()).isEqualTo(1);
    assertThat(control.failures()).isNotEmpty();
  }
}
