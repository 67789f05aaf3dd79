package io.qilin.data.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.openlineage.client.OpenLineage;
import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityReport;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.Bars;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.FactorPlan;
import io.qilin.testkit.Panels;
import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events are read by the classes of OpenLineage's own Java client, which are generated from the specification. */
class OpenLineageJsonTest {
  private static final OpenLineageJson EXPORT =
      OpenLineageJson.of("research", URI.create("urn:example:desk"));
  private static final ObjectMapper PEER = new ObjectMapper()
      .registerModule(new JavaTimeModule())
      .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
      .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
      .setSerializationInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL);

  private static final FactorSet SET = FactorSet.of(
      "two", new Factor("MA5", "Mean($close, 5)/$close"), new Factor("RANGE", "$high-$low"));

  @TempDir
  private Path folder;

  private LineageRecorder lineage;
  private SettableClock clock;

  @BeforeEach
  void record() throws IOException {
    Path path = Files.writeString(folder.resolve("日 bars%.csv"), "one");
    clock = SettableClock.at("2024-01-02T18:00:00+08:00");
    lineage = LineageRecorder.of(clock, CodeVersion.of("0.1.0"));
    LineageNode file = lineage.file(path);
    Panel panel = Panels.random(4, 20, 7);
    clock.advance(Duration.ofMillis(257));
    LineageNode bars = lineage.bars(
        List.of(file), new Bars(panel, new Provenance("csv", "bars", false), 80, List.of()));
    QualityReport report = new QualityReport(
        clock.instant(),
        80,
        Map.of(QualityDimension.COMPLETENESS, 0.7, QualityDimension.VALIDITY, 1.0),
        0.85,
        List.of(),
        Map.of("high-below-low", 3L));
    lineage.judged(bars, report);
    LineageNode adjusted =
        lineage.derived("adjust", bars, "adjusted", panel.withAdjustment(Adjustment.BACKWARD));
    FactorPlan plan = FactorEngine.DEFAULT.plan(SET);
    lineage.factors(List.of(adjusted), plan, SET, plan.compute(panel));
    lineage.decision(
        new DecisionRecord(
            1,
            "0.1.0",
            panel.lastDay(),
            panel.lastDay().plusDays(1),
            Map.of(
                "bars",
                ContentHash.ofText("b").hex(),
                "rules",
                ContentHash.ofText("r").hex()),
            Map.of("top", "2"),
            List.of(),
            List.of()),
        ContentHash.ofText("decision"),
        List.of(bars));
  }

  private List<OpenLineage.RunEvent> events() throws IOException {
    List<OpenLineage.RunEvent> events = new ArrayList<>();
    for (String json : EXPORT.events(lineage.graph())) {
      events.add(PEER.readValue(json, OpenLineage.RunEvent.class));
    }
    return events;
  }

  @Test
  void whenThePeerReadsAndWritesAnEvent_thenNothingIsLostOrAdded() throws IOException {
    List<String> events = EXPORT.events(lineage.graph());
    assertThat(events).hasSize(2 * lineage.graph().steps().size()).hasSize(12);
    for (String json : events) {
      OpenLineage.RunEvent event = PEER.readValue(json, OpenLineage.RunEvent.class);
      assertThat(PEER.readTree(PEER.writeValueAsString(event))).isEqualTo(PEER.readTree(json));
    }
  }

  @Test
  void whenAStepIsExported_thenItStartsAndCompletesAsOneRun() throws IOException {
    List<OpenLineage.RunEvent> events = events();
    for (int i = 0; i < events.size(); i += 2) {
      OpenLineage.RunEvent start = events.get(i);
      OpenLineage.RunEvent complete = events.get(i + 1);
      LineageStep step = lineage.graph().steps().get(i / 2);
      assertThat(start.getEventType()).isEqualTo(OpenLineage.RunEvent.EventType.START);
      assertThat(complete.getEventType()).isEqualTo(OpenLineage.RunEvent.EventType.COMPLETE);
      assertThat(start.getRun().getRunId())
          .isEqualTo(complete.getRun().getRunId())
          .isEqualTo(step.id());
      assertThat(start.getEventTime().toInstant()).isEqualTo(step.started());
      assertThat(complete.getEventTime().toInstant()).isEqualTo(step.ended());
      assertThat(start.getJob().getName()).isEqualTo(step.operation());
      assertThat(start.getRun().getFacets().getProcessing_engine().getVersion()).isEqualTo("0.1.0");
    }
  }

  @Test
  void whenThePeerWritesTheSchemaAddresses_thenTheyAreOurs() throws IOException {
    OpenLineage peer = new OpenLineage(URI.create("urn:example:desk"));
    OpenLineage.RunEvent read = events().get(0);
    assertThat(read.getSchemaURL())
        .isEqualTo(peer.newRunEventBuilder()
            .eventTime(read.getEventTime())
            .run(read.getRun())
            .job(read.getJob())
            .build()
            .getSchemaURL());
    OpenLineage.DatasetFacets facets = read.getInputs().get(0).getFacets();
    assertThat(facets.getVersion().get_schemaURL())
        .isEqualTo(peer.newDatasetVersionDatasetFacet("v").get_schemaURL());
    assertThat(facets.getDataSource().get_schemaURL())
        .isEqualTo(peer.newDatasourceDatasetFacet("n", URI.create("file:///x")).get_schemaURL());
    assertThat(facets.getDataSource().getUri().getPath()).endsWith("日 bars%.csv");
    OpenLineage.RunEvent computed = event("compute-factors");
    OpenLineage.DatasetFacets factors = computed.getOutputs().get(0).getFacets();
    assertThat(factors.getSchema().get_schemaURL())
        .isEqualTo(peer.newSchemaDatasetFacet(List.of()).get_schemaURL());
    assertThat(factors.getColumnLineage().get_schemaURL())
        .isEqualTo(peer.newColumnLineageDatasetFacetBuilder().build().get_schemaURL());
    assertThat(computed.getJob().getFacets().getJobType().get_schemaURL())
        .isEqualTo(peer.newJobTypeJobFacetBuilder().build().get_schemaURL());
    assertThat(computed.getRun().getFacets().getProcessing_engine().get_schemaURL())
        .isEqualTo(peer.newProcessingEngineRunFacetBuilder().build().get_schemaURL());
  }

  private OpenLineage.RunEvent event(String job) throws IOException {
    return events().stream()
        .filter(event -> event.getJob().getName().equals(job))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whenFactorsAreExported_thenEachColumnNamesItsFields() throws IOException {
    OpenLineage.OutputDataset factors = event("compute-factors").getOutputs().get(0);
    Map<String, OpenLineage.ColumnLineageDatasetFacetFieldsAdditional> fields =
        factors.getFacets().getColumnLineage().getFields().getAdditionalProperties();
    assertThat(fields).containsOnlyKeys("MA5", "RANGE");
    assertThat(fields.get("RANGE").getInputFields())
        .extracting(OpenLineage.InputField::getName, OpenLineage.InputField::getField)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("adjusted", "high"),
            org.assertj.core.groups.Tuple.tuple("adjusted", "low"));
  }

  @Test
  void whenDataWasJudged_thenItsUsesCarryTheVerdict() throws IOException {
    OpenLineage.InputDatasetInputFacets facets =
        event("adjust").getInputs().get(0).getInputFacets();
    assertThat(facets.getDataQualityMetrics().getRowCount()).isEqualTo(80);
    assertThat(facets.getDataQualityAssertions().getAssertions())
        .extracting(a -> a.getAssertion() + " " + a.getSuccess())
        .containsExactly(
            "high-below-low false", "overall true", "completeness false", "validity true");
  }

  @Test
  void whenADecisionIsRecorded_thenItRestsOnTheFile() {
    LineageGraph graph = lineage.graph();
    LineageNode decision = graph.nodes().stream()
        .filter(node -> node.kind() == LineageKind.DECISION)
        .findFirst()
        .orElseThrow();
    assertThat(graph.upstream(decision.hash()))
        .extracting(LineageNode::name)
        .containsExactly("日 bars%.csv", "bars", "decision-bars", "decision-rules");
  }

  @Test
  void whenAStepFails_thenItStartsAndFailsAsOneRunOfItsParent() throws IOException {
    ParentRun parent = new ParentRun(new UUID(1, 2), "scheduler", "nightly");
    OpenLineageJson export =
        OpenLineageJson.of("research", URI.create("https://example.org/desk")).withParent(parent);
    LineageNode bars = lineage.graph().steps().get(0).outputs().get(0);
    FailedStep step = new FailedStep(
        "train",
        new CodeVersion("0.1.0", Optional.of("3f2a91c")),
        Map.of("rounds", "5"),
        List.of(bars),
        clock.instant(),
        clock.instant().plusSeconds(1),
        "QILIN-1103");
    List<String> events = export.failure(step);
    OpenLineage peer = new OpenLineage(URI.create("https://example.org/desk"));
    List<OpenLineage.RunEvent> read = new ArrayList<>();
    for (String json : events) {
      OpenLineage.RunEvent event = PEER.readValue(json, OpenLineage.RunEvent.class);
      assertThat(PEER.readTree(PEER.writeValueAsString(event))).isEqualTo(PEER.readTree(json));
      read.add(event);
      OpenLineage.ParentRunFacet of = event.getRun().getFacets().getParent();
      assertThat(of.getRun().getRunId()).isEqualTo(parent.run());
      assertThat(of.getJob().getName()).isEqualTo("nightly");
      assertThat(of.get_schemaURL())
          .isEqualTo(peer.newParentRunFacetBuilder().build().get_schemaURL());
      OpenLineage.SourceCodeLocationJobFacet code =
          event.getJob().getFacets().getSourceCodeLocation();
      assertThat(code.getVersion()).isEqualTo("3f2a91c");
      assertThat(code.get_schemaURL())
          .isEqualTo(peer.newSourceCodeLocationJobFacetBuilder().build().get_schemaURL());
    }
    assertThat(read)
        .extracting(OpenLineage.RunEvent::getEventType)
        .containsExactly(OpenLineage.RunEvent.EventType.START, OpenLineage.RunEvent.EventType.FAIL);
    assertThat(read)
        .extracting(event -> event.getRun().getRunId())
        .containsExactly(step.id(), step.id());
    OpenLineage.ErrorMessageRunFacet error = read.get(1).getRun().getFacets().getErrorMessage();
    assertThat(error.getMessage()).isEqualTo("QILIN-1103");
    assertThat(error.get_schemaURL())
        .isEqualTo(peer.newErrorMessageRunFacetBuilder().build().get_schemaURL());
    assertThat(read.get(0).getRun().getFacets().getErrorMessage()).isNull();
  }

  @Test
  void whenAFailedStepIsWrong_thenItIsRefused() {
    CodeVersion code = CodeVersion.of("1");
    assertThatThrownBy(() -> new FailedStep(
            "train", code, Map.of(), List.of(), clock.instant(), clock.instant(), " "))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new FailedStep(
            "train",
            code,
            Map.of(),
            List.of(),
            clock.instant(),
            clock.instant().minusSeconds(1),
            "late"))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new ParentRun(new UUID(1, 2), "", "job"))
        .isInstanceOf(QilinException.class);
  }

  @Test
  void whenAQualityReportHasWordsForNumbers_thenItIsToldByACode() {
    LineageNode bars = lineage.graph().steps().get(0).outputs().get(0);
    lineage.step(
        "judge",
        Map.of(),
        List.of(bars),
        LineageNode.of(
            LineageKind.REPORT,
            "odd",
            ContentHash.ofText("odd"),
            clock.instant(),
            Map.of("overall", "1", "rows", "many")));
    LineageGraph graph = lineage.graph();
    assertThatThrownBy(() -> EXPORT.events(graph))
        .hasMessageContainingAll("many", "rows")
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT));
  }

  @Test
  void whenTheProducerIsNoUri_thenItIsRefused() {
    assertThatThrownBy(() -> OpenLineageJson.of("n", URI.create("desk")))
        .isInstanceOf(QilinException.class);
  }
}
