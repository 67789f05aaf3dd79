package io.qilin.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.testkit.fault.FaultRun;
import io.qilin.testkit.fault.KillScenario;
import io.qilin.testkit.fault.KilledChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Kills the process of a pipeline; {@code -Dqilin.fault.n=50} for as many kills as one likes. */
@Tag("fault")
@ExtendWith(SharedBroker.class)
class PipelineKillTest {
  private static final int TICKS_OF_A_KILL = 20_000;
  private static final int PARTITIONS = 3;

  @TempDir
  Path folder;

  @Test
  void whenTheProcessIsKilled_thenNoWindowIsLostOrThereTwice() {
    FaultRun run = FaultRun.of("kafka-process-kill", 2);
    TickWindows.Count count = killed(run, PARTITIONS, PipelineKillChild.RIGHT);
    System.out.println(run.report(count.lost() + count.twice() + count.altered(), figures(count)));
    assertThat(count.clean()).as("%s", count).isTrue();
    assertThat(count.records()).isEqualTo(2L * TICKS_OF_A_KILL * run.n());
  }

  @Test
  void whenTheCheckpointIsMadeBeforeResultsAreDurable_thenTheCountFindsLoss() {
    assertThat(killed(new FaultRun("early", 3, 7), 1, PipelineKillChild.EARLY).lost())
        .isPositive();
  }

  @Test
  void whenWhatWasWrittenIsNotRemembered_thenTheCountFindsDoubles() throws IOException {
    TickWindows stream = stream(1);
    send(stream.ticks(), 1, 0, TICKS_OF_A_KILL);
    stream.finish(stream.sink());
    rewind(stream);
    stream.finish(stream.sink());
    assertThat(stream.count().clean()).isTrue();
    rewind(stream);
    stream.finish(stream.sink().remembered(1));
    assertThat(stream.count().twice()).isPositive();
  }

  private static Map<String, Long> figures(TickWindows.Count count) {
    return Map.of(
        "windows", (long) count.expected(),
        "lost", (long) count.lost(),
        "twice", (long) count.twice(),
        "altered", (long) count.altered(),
        "records", count.records());
  }

  /** Makes the next pipeline read all again. */
  private static void rewind(TickWindows stream) throws IOException {
    Files.delete(stream.checkpoint());
    try (KafkaReader reader = KafkaReader.builder(
            stream.settings(), stream.ticks() + "-group", StartAt.COMMITTED)
        .topic(stream.ticks())
        .open()) {
      reader.sources().get(0).seek(0);
      reader.sources().get(0).commit(0);
    }
  }

  private TickWindows stream(int partitions) {
    String topic = SharedBroker.topic(partitions);
    return new TickWindows(
        SharedBroker.settings(), topic, SharedBroker.topic(1), folder.resolve("checkpoint"));
  }

  private static void send(String topic, int partitions, int from, int to) {
    Records.send(SharedBroker.broker().bootstrap(), TickFeed.records(topic, partitions, from, to));
  }

  private TickWindows.Count killed(FaultRun run, int partitions, String mode) {
    TickWindows stream = stream(partitions);
    KillScenario outcome = KillScenario.run(
        run,
        kill -> {
          // However fast the last one was, this one has something to do.
          int from = TICKS_OF_A_KILL * kill;
          send(stream.ticks(), partitions, from, from + TICKS_OF_A_KILL);
          return child(stream, mode);
        },
        (kill, lines) -> {});
    assertThat(outcome.acknowledged()).isPositive();
    stream.finish(stream.sink());
    return stream.count();
  }

  private KilledChild child(TickWindows stream, String mode) {
    return KilledChild.of(
        PipelineKillChild.class,
        folder,
        SharedBroker.broker().bootstrap(),
        stream.ticks(),
        stream.windows(),
        stream.checkpoint().toString(),
        mode);
  }
}
