package io.qilin.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.QilinException;
import io.qilin.testkit.fault.FaultRun;
import io.qilin.testkit.fault.KillScenario;
import io.qilin.testkit.fault.KilledChild;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the process of one of two relays that share the partitions of a topic; {@code -Dqilin.fault.n=50} for as many kills as
 * one likes.
 */
@Tag("fault")
@ExtendWith(SharedBroker.class)
class RelayKillTest {
  private static final int PARTITIONS = 4;
  private static final int MESSAGES_OF_A_KILL = 5000;
  private static final int MESSAGES_OF_A_STEP = 20;

  @TempDir
  Path folder;

  @Test
  void whenAMemberIsKilled_thenEachMessageHasItsResultOnce() throws Exception {
    FaultRun run = FaultRun.of("kafka-relay-kill", 2);
    String bootstrap = SharedBroker.broker().bootstrap();
    String in = SharedBroker.topic(PARTITIONS);
    String out = SharedBroker.topic(2);
    String dead = SharedBroker.topic(1);
    AtomicBoolean killing = new AtomicBoolean(true);
    AtomicInteger written = new AtomicInteger();
    ExecutorService host = Executors.newSingleThreadExecutor();
    KafkaRelay heir = RelayKillChild.relay(bootstrap, in, out, dead, "-heir");
    try (heir) {
      Future<?> other = host.submit(() -> {
        while (killing.get()) {
          // However fast the heir is, there is something left for the child.
          if (step(heir) == 0) {
            write(bootstrap, in, written, MESSAGES_OF_A_STEP);
          }
        }
      });
      KillScenario outcome = KillScenario.run(
          run,
          kill -> {
            write(bootstrap, in, written, MESSAGES_OF_A_KILL);
            return KilledChild.of(RelayKillChild.class, folder, bootstrap, in, out, dead);
          },
          (kill, lines) -> {});
      killing.set(false);
      other.get(2, TimeUnit.MINUTES);
      assertThat(outcome.acknowledged()).isPositive();
      int all = written.get();
      // What the last child has begun is ended by the next one of its name.
      try (KafkaRelay next = RelayKillChild.relay(bootstrap, in, out, dead, "-child")) {
        for (int rounds = 0; Records.visible(bootstrap, out).size() < all; rounds++) {
          assertThat(rounds).as("rounds").isLessThan(500);
          for (int steps = 0; steps < 50; steps++) {
            step(next);
            step(heir);
          }
        }
      }
      List<String> results = Records.texts(bootstrap, out);
      Set<String> distinct = new HashSet<>(results);
      System.out.println(run.report(
          results.size() - all,
          Map.of("messages", all, "results", results.size(), "distinct", distinct.size())));
      assertThat(results).hasSize(all);
      assertThat(distinct).hasSize(all);
      assertThat(Records.committed(bootstrap, dead)).isEmpty();
    } finally {
      killing.set(false);
      host.shutdown();
    }
  }

  /** As a host does it: what may succeed later is tried again. */
  private static int step(KafkaRelay relay) {
    try {
      return relay.step();
    } catch (QilinException e) {
      assertThat(e.code().retryable()).as("%s", e).isTrue();
      return 0;
    }
  }

  private static void write(String bootstrap, String topic, AtomicInteger written, int count) {
    int from = written.getAndAdd(count);
    Records.send(
        bootstrap,
        IntStream.range(from, from + count)
            .mapToObj(i -> new ProducerRecord<byte[], byte[]>(
                topic, i % PARTITIONS, null, Integer.toString(i).getBytes(StandardCharsets.UTF_8)))
            .toList());
  }
}
