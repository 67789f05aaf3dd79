package io.qilin.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.ops.DocPage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/ops-metrics.md holds the table of {@link QilinMeter}. */
class MeterTableTest {
  @Test
  void whenThePageIsRead_thenItsTableIsTheOneInTheCode() throws IOException {
    String table = Arrays.stream(QilinMeter.values())
        .map(MeterTableTest::row)
        .collect(Collectors.joining(
            "\n", "| meter | kind | unit | tags | what |\n|---|---|---|---|---|\n", "\n"));
    DocPage.of("ops-metrics.md").assertTable(table);
  }

  @Test
  void whenMetersAreNamed_thenEachNameIsOneOfAKind() {
    assertThat(Arrays.stream(QilinMeter.values()).map(QilinMeter::meterName))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("qilin(\\.[a-z]+)+"));
  }

  private static String row(QilinMeter meter) {
    String tags = meter.tags().stream()
        .map(tag -> "`" + tag.name() + "` (" + tag.values() + ")")
        .collect(Collectors.joining(", "));
    return "| `" + meter.meterName() + "` | " + meter.kind().name().toLowerCase(Locale.ROOT) + " | "
        + meter.unit() + " | " + tags + " | " + meter.description() + " |";
  }
}
