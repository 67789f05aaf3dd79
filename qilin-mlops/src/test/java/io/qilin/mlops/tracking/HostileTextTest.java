package io.qilin.mlops.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.Experiment;
import io.qilin.api.model.Run;
import io.qilin.api.model.RunArtifact;
import io.qilin.api.model.RunBatch;
import io.qilin.api.model.RunCondition;
import io.qilin.api.model.RunQuery;
import io.qilin.api.model.RunStart;
import io.qilin.mlops.store.StoreKind;
import io.qilin.mlops.store.TestStore;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** Hostile texts and names: refused with a type, or they come back equal; no file lies outside the store. */
class HostileTextTest {
  private static final List<String> GOOD =
      List.of("600519.SH", "foo..", "run 42", "model@1.2.3", "Ａ股因子", "x".repeat(100), "a.b.c");
  private static final List<String> BAD = List.of(
      "",
      "..",
      "../x",
      "/etc/passwd",
      "C:\\x",
      "a\u0000b",
      "a\nb",
      "a*b",
      "\u202egnp.exe",
      "a/./b");

  @TempDir
  Path folder;

  private static List<String> corpus(String name, String member) {
    JsonMapper mapper = JsonMapper.builder().build();
    return SharedFiles.lines(SharedFiles.corpus(name + "/cases.jsonl")).stream()
        .map(line -> mapper.readTree(line).get(member).asString())
        .toList();
  }

  /** What can be a value comes back equal; how many could not. */
  private static int kept(EmbeddedTracker tracker, List<String> texts) {
    String experiment = tracker.experiment("hostile").id();
    Run run = tracker.startRun(RunStart.in(experiment).build());
    Map<String, String> values = new TreeMap<>();
    int refused = 0;
    for (int i = 0; i < texts.size(); i++) {
      try {
        RunBatch.builder().param("k", texts.get(i)).build();
        values.put("k" + i, texts.get(i));
      } catch (QilinException e) {
        assertThat(e.code()).isIn(ErrorCode.INVALID_ARGUMENT, ErrorCode.LIMIT_EXCEEDED);
        refused++;
      }
    }
    tracker.log(run.id(), new RunBatch(values, List.of(), values));
    Run now = tracker.run(run.id());
    assertThat(now.params()).isEqualTo(values);
    assertThat(now.tags()).isEqualTo(values);
    for (Map.Entry<String, String> one :
        List.copyOf(values.entrySet()).subList(0, Math.min(8, values.size()))) {
      assertThat(tracker
              .search(RunQuery.in(experiment)
                  .where(RunCondition.tag(one.getKey(), one.getValue()))
                  .build())
              .items())
          .singleElement()
          .extracting(Run::id)
          .isEqualTo(run.id());
    }
    return refused;
  }

  /** Uses each as the name of a file, and of an experiment, if it can be one; gives those of files. */
  private static List<String> named(EmbeddedTracker tracker, List<String> names, int most) {
    Run run = tracker.startRun(RunStart.in(tracker.experiment("names").id()).build());
    List<String> logged = new ArrayList<>();
    for (String name : names) {
      try {
        RunArtifact.requireName(name);
        if (logged.size() < most) {
          tracker.logArtifact(run.id(), name, new byte[] {1});
          logged.add(name);
        }
      } catch (QilinException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
      }
      try {
        Experiment.requireName(name);
        assertThat(tracker.findExperiment(name)).isEmpty();
      } catch (QilinException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
      }
    }
    assertThat(tracker.run(run.id()).artifacts())
        .extracting(RunArtifact::name)
        .containsExactlyInAnyOrderElementsOf(logged);
    return logged;
  }

  private void nothingElsewhere() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files
              .filter(Files::isRegularFile)
              .map(file -> folder.relativize(file).toString()))
          .allMatch(
              name -> name.matches("store\\.db(-wal|-shm)?|artifacts/objects/../[0-9a-f]{64}"));
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenNamesAreGoodOrBad_thenTheyAreTakenOrRefused(StoreKind kind) throws IOException {
    try (TestStore store = kind.open(folder)) {
      EmbeddedTracker tracker = TrackerFixture.tracker(store.database(), folder, 7);
      assertThat(named(tracker, GOOD, 100)).isEqualTo(GOOD);
      assertThat(named(tracker, BAD, 100)).isEmpty();
      assertThat(kept(tracker, BAD)).isEqualTo(1);
      for (String name : GOOD) {
        tracker.createExperiment(name, Map.of());
        assertThat(tracker.findExperiment(name))
            .get()
            .extracting(Experiment::name)
            .isEqualTo(name);
      }
      nothingElsewhere();
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenTextsAreNaughty_thenTheyComeBackEqualOrAreRefused(StoreKind kind) throws IOException {
    List<String> texts = corpus("naughty-strings", "s");
    List<String> paths = corpus("path-names", "name");
    try (TestStore store = kind.open(folder)) {
      EmbeddedTracker tracker = TrackerFixture.tracker(store.database(), folder, 7);
      assertThat(kept(tracker, texts)).isLessThan(20);
      assertThat(kept(tracker, paths)).isLessThan(20);
      named(tracker, texts, 5);
      named(tracker, paths, 5);
      nothingElsewhere();
    }
  }
}
