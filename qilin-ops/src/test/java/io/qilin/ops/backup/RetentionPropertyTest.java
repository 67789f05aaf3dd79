package io.qilin.ops.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class RetentionPropertyTest {
  private static final long YEAR = 31_536_000L;

  @Property(tries = 100)
  void whenPoliciesAreApplied_thenTheNewestStayAndASecondTimeChangesNothing(
      @ForAll @Size(max = 60) List<@LongRange(min = -YEAR, max = YEAR) Long> seconds,
      @ForAll @IntRange(min = 1, max = 10) int last,
      @ForAll @IntRange(max = 8) int daily,
      @ForAll @IntRange(max = 6) int weekly) {
    List<Backup> all = new ArrayList<>();
    for (long second : seconds) {
      long sequence = all.size() + 1;
      Instant at = Instant.EPOCH.plusSeconds(second);
      all.add(new Backup(
          BackupFolder.name(sequence, at), sequence, at, at, Map.of(), List.of(), "digest"));
    }
    Retention policy = new Retention(last, daily, weekly);

    Set<String> kept = policy.kept(all);

    List<Backup> left =
        all.stream().filter(backup -> kept.contains(backup.name())).toList();
    assertThat(left).hasSameSizeAs(kept);
    assertThat(kept.size())
        .isBetween(Math.min(last, all.size()), Math.min(all.size(), last + daily + weekly));
    assertThat(left).containsAll(all.subList(Math.max(0, all.size() - last), all.size()));
    assertThat(policy.kept(left)).isEqualTo(kept);
  }
}
