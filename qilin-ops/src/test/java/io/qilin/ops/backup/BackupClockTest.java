package io.qilin.ops.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.testkit.fault.FaultRun;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenario F8 for backups: the wall clock jumps both ways between them. */
@Tag("fault")
@Tag("F8")
class BackupClockTest {
  private static final long[] JUMP_SECONDS = {
    3_600, -3_600, 86_400, -86_400, 1, -1, 600, -600, 0, 400_000_000_000L, -800_000_000_000L
  };

  @TempDir
  Path folder;

  @Test
  void whenTheClockJumps_thenNamesAreUniqueAndStandInTheOrderInWhichTheyWereMade() {
    FaultRun run = FaultRun.of("F8-backup", 10);
    Random random = run.random();
    BackupFixture fixture = new BackupFixture(folder);
    List<String> made = new ArrayList<>();
    List<String> byTimeAlone = new ArrayList<>();
    for (int i = 0; i < run.n(); i++) {
      Backup backup = fixture.backups.create();
      made.add(backup.name());
      byTimeAlone.add(backup.began().toString());
      Instant now = fixture.clock.instant();
      Instant next = now.plusSeconds(JUMP_SECONDS[random.nextInt(JUMP_SECONDS.length)]);
      fixture.clock.set(next);
    }
    assertThat(made).doesNotHaveDuplicates().isSorted();
    assertThat(fixture.backups.list().backups().stream().map(Backup::name))
        .containsExactlyElementsOf(made);
    String newest = made.get(made.size() - 1);
    assertThat(fixture.backups.retain(new Retention(1, 3, 3)).kept()).contains(newest);
    DrillReport drill = fixture.backups.drill(folder.resolve("drill"));
    assertThat(drill.backup().name()).isEqualTo(newest);
    assertThat(drill.age()).isGreaterThanOrEqualTo(Duration.ZERO);
    // The planted fault: names by time alone would repeat or stand in another order.
    List<String> sorted = byTimeAlone.stream().sorted().distinct().toList();
    assertThat(sorted).isNotEqualTo(byTimeAlone);
    System.out.println(run.report(0, Map.of("backups", made.size())));
  }
}
