package io.qilin.openlineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.openlineage.client.OpenLineage;
import io.openlineage.client.transports.CompositeConfig;
import io.openlineage.client.transports.CompositeTransport;
import io.openlineage.client.transports.FileConfig;
import io.openlineage.client.transports.FileTransport;
import io.openlineage.client.transports.HttpTransport;
import io.openlineage.client.transports.Transport;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.lineage.LineageLog;
import io.qilin.data.lineage.LineageStep;
import io.qilin.data.lineage.OpenLineageJson;
import io.qilin.data.lineage.ParentRun;
import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LineageSenderTest {
  private final SettableClock clock = SettableClock.at("2024-01-02T18:00:00+08:00");
  private final LineageServer server = new LineageServer();

  @TempDir
  private Path folder;

  @AfterEach
  void close() {
    assertThat(server.faults()).isEmpty();
    server.close();
  }

  private LineageSender.Builder sender(Transport transport, OpenLineageJson events) {
    return LineageSender.builder(transport, events, folder.resolve("outbox"), Runnable::run, clock);
  }

  private void send(OpenLineageJson events) {
    try (LineageSender sender = sender(server.transport(), events).open()) {
      sender.send(Lineages.graph());
      sender.send(Lineages.failed());
      assertThat(sender.status()).isEqualTo(new SenderStatus(8, 0, 0, 0, Optional.empty()));
    }
  }

  @Test
  void whenAGraphIsSent_thenEveryStepStartsAndCompletesInOrder() {
    send(Lineages.EVENTS);
    assertThat(server.told().subList(0, 6)).isEqualTo(Lineages.TOLD);
    assertThat(server.told().subList(6, 8)).containsExactly("START train", "FAIL train");
    List<LineageStep> steps = Lineages.graph().steps();
    for (int i = 0; i < steps.size(); i++) {
      assertThat(server.events().get(2 * i).getRun().getRunId())
          .isEqualTo(steps.get(i).id());
      assertThat(server.events().get(2 * i + 1).getRun().getRunId())
          .isEqualTo(steps.get(i).id());
    }
  }

  @Test
  void whenReplayed_thenTheRunsHaveTheSameNames() {
    send(Lineages.EVENTS);
    send(Lineages.EVENTS);
    List<UUID> names =
        server.events().stream().map(event -> event.getRun().getRunId()).toList();
    assertThat(names.subList(8, 16)).isEqualTo(names.subList(0, 8));
  }

  @Test
  void whenEventsArrive_thenTheyCarrySchemaColumnsQualityCodeAndParent() {
    ParentRun parent = new ParentRun(new UUID(1, 2), "scheduler", "nightly");
    send(Lineages.EVENTS.withParent(parent));
    OpenLineage.RunEvent factors = server.events().get(5);
    assertThat(factors.getRun().getFacets().getParent().getRun().getRunId())
        .isEqualTo(parent.run());
    assertThat(factors.getRun().getFacets().getProcessing_engine().getVersion())
        .isEqualTo("0.1.0 (3f2a91c)");
    assertThat(factors.getJob().getFacets().getSourceCodeLocation().getVersion())
        .isEqualTo("3f2a91c");
    OpenLineage.InputDataset bars = factors.getInputs().get(0);
    assertThat(bars.getNamespace() + "/" + bars.getName()).isEqualTo("research/bars");
    assertThat(bars.getFacets().getSchema().getFields()).isNotEmpty();
    assertThat(bars.getInputFacets().getDataQualityMetrics().getRowCount()).isEqualTo(80);
    assertThat(bars.getInputFacets().getDataQualityAssertions().getAssertions())
        .extracting(one -> one.getAssertion() + " " + one.getSuccess())
        .contains("high-below-low false");
    assertThat(factors
            .getOutputs()
            .get(0)
            .getFacets()
            .getColumnLineage()
            .getFields()
            .getAdditionalProperties())
        .containsOnlyKeys("RANGE");
  }

  @Test
  void whenALogIsFilledBack_thenAllOfItArrivesThroughASmallOutbox() {
    try (LineageLog log = LineageLog.open(folder.resolve("lineage.jsonl"));
        LineageSender sender =
            sender(server.transport(), Lineages.EVENTS).maxOutboxBytes(14_000).open()) {
      for (long seed = 1; seed <= 4; seed++) {
        log.append(Lineages.graph(seed));
      }
      assertThat(sender.backfill(log)).isEqualTo(24);
      assertThat(sender.status().sent()).isEqualTo(24);
      assertThat(sender.status().pending()).isZero();
    }
    assertThat(server.told()).hasSize(24);
    assertThat(server.told().subList(18, 24)).isEqualTo(Lineages.TOLD);
  }

  @Test
  void whenTheTransportIsAFileOrSeveral_thenEachGetsTheEvents() throws IOException {
    FileConfig file = new FileConfig();
    file.setLocation(folder.resolve("events.jsonl").toString());
    CompositeConfig both = new CompositeConfig(
        List.of(
            Map.of("type", "http", "url", "http://127.0.0.1:" + server.port()),
            Map.of("type", "file", "location", file.getLocation())),
        false,
        false);
    try (LineageSender sender =
        sender(new CompositeTransport(both), Lineages.EVENTS).open()) {
      sender.send(Lineages.graph());
    }
    assertThat(server.told()).isEqualTo(Lineages.TOLD);
    assertThat(Files.readAllLines(folder.resolve("events.jsonl"))).hasSize(6);
    try (LineageSender sender = sender(new FileTransport(file), Lineages.EVENTS).open()) {
      sender.send(Lineages.graph(), Lineages.graph().steps().get(0));
    }
    assertThat(Files.readAllLines(folder.resolve("events.jsonl"))).hasSize(8);
  }

  @Test
  void whenASettingIsWrong_thenItIsRefused() {
    try (HttpTransport transport = server.transport()) {
      LineageSender.Builder builder = sender(transport, Lineages.EVENTS);
      assertThatThrownBy(() -> builder.maxOutboxBytes(10).open())
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
      assertThatThrownBy(() ->
              builder.maxOutboxBytes(1 << 20).retryAfter(Duration.ofDays(2)).open())
          .hasMessageContaining("PT48H");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
