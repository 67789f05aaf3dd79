package io.qilin.openlineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.data.lineage.CodeVersion;
import io.qilin.data.lineage.ContentHash;
import io.qilin.data.lineage.LineageKind;
import io.qilin.data.lineage.LineageNode;
import io.qilin.data.lineage.LineageRecorder;
import io.qilin.data.lineage.ParentRun;
import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightlyExampleTest {
  @TempDir
  private Path folder;

  @Test
  void whenTheNightIsOver_thenTheServerKnowsIt() throws IOException {
    SettableClock clock = SettableClock.at("2024-01-02T18:00:00+08:00");
    LineageRecorder lineage = LineageRecorder.of(clock, CodeVersion.of("0.1.0"));
    lineage.step(
        "train",
        Map.of(),
        List.of(),
        LineageNode.of(
            LineageKind.MODEL, "alpha", ContentHash.ofText("m"), clock.instant(), Map.of()));
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (LineageServer server = new LineageServer()) {
      SenderStatus status = NightlyExample.run(
          URI.create("http://127.0.0.1:" + server.port()),
          folder.resolve("outbox"),
          executor,
          lineage,
          new ParentRun(new UUID(1, 2), "scheduler", "nightly"));
      assertThat(status.sent()).isEqualTo(2);
      assertThat(server.told()).containsExactly("START train", "COMPLETE train");
    } finally {
      executor.shutdownNow();
    }
  }
}
