package io.qilin.data.quality.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricHistoryTest {
  @TempDir
  private Path folder;

  private static MetricPoint point(double rows) {
    return new MetricPoint(Tables.NOW, Map.of("rows", rows));
  }

  @Test
  void whenPointsAreAppended_thenTheyAreReadBackAndATornLineIsDropped() throws Exception {
    Path file = folder.resolve("history.jsonl");
    MetricHistory history = MetricHistory.open(file);
    history.append(point(5));
    history.append(point(0.1));
    Files.writeString(file, "{\"at\":", java.nio.file.StandardOpenOption.APPEND);
    MetricHistory again = MetricHistory.open(file);
    assertThat(again.points()).containsExactly(point(5), point(0.1));
    again.append(point(7));
    assertThat(MetricHistory.open(file).values("rows")).containsExactly(5.0, 0.1, 7.0);
  }

  @Test
  void whenALineIsBroken_thenFileAndLineAreNamed() throws Exception {
    Path file = folder.resolve("history.jsonl");
    Files.writeString(file, "{\"at\":\"2024-01-02T07:00:00Z\",\"metrics\":{}}\nrubbish\n");
    assertThatThrownBy(() -> MetricHistory.open(file))
        .hasMessageContaining("history.jsonl")
        .hasMessageContaining("line 2");
  }

  @Test
  void whenAFigureIsFarFromItsHistory_thenItIsAnAnomalyWithAReason() {
    List<MetricPoint> history = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      history.add(point(1000 + i % 3));
    }
    Map<String, List<MetricCheck>> checks = Map.of(
        "rows",
        List.of(
            new MetricCheck.RobustZ(5, 8),
            new MetricCheck.RelativeChange(0.2),
            new MetricCheck.Bounds(1, 5000)));
    assertThat(MetricAnomaly.find(history, point(1003), checks)).isEmpty();
    assertThat(MetricAnomaly.find(history, point(700), checks)).hasSize(2);
    assertThat(MetricAnomaly.find(history, point(700), checks).get(0).reason())
        .contains("robust standard deviations from the median 1001.0 of 10 values");
    assertThat(MetricAnomaly.find(history, point(0), checks)).hasSize(3);
    assertThat(MetricAnomaly.find(history.subList(0, 7), point(1100), checks)).isEmpty();
  }

  @Test
  void whenAReportIsTaken_thenItsFiguresAreMetrics() {
    TableReport report = Tables.table().numbers("a", 1, 2).judge("range a 0 1\nfinite a");
    assertThat(MetricPoint.of(report).metrics())
        .containsEntry("rows", 2.0)
        .containsEntry("rule.range-a-0-1", 0.5);
  }
}
