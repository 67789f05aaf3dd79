package io.qilin.data.lineage;

import static io.qilin.data.lineage.Steps.hash;
import static io.qilin.data.lineage.Steps.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class LineageLogTest {
  private static final List<LineageStep> CHAIN =
      List.of(step("b", "a"), step("c", "b"), step("x", "w"), step("d", "c", "x"), step("e", "x"));

  @TempDir
  private Path folder;

  private Path file;

  @BeforeEach
  void write() {
    file = folder.resolve("lineage.jsonl");
    try (LineageLog log = LineageLog.open(file)) {
      CHAIN.forEach(log::append);
    }
  }

  private static ErrorCode code(Throwable e) {
    return ((QilinException) e).code();
  }

  @Test
  void whenReadAgain_thenStepsAreTheSame_andEveryLineIsJson() throws IOException {
    try (LineageLog log = LineageLog.open(file)) {
      assertThat(log.recovered()).isEmpty();
      assertThat(log.graph().steps()).isEqualTo(CHAIN);
      assertThat(log.graph()).isEqualTo(LineageGraph.of(CHAIN));
    }
    for (String line : Files.readAllLines(file)) {
      assertThat(JsonMapper.shared().readTree(line).get("step").get("operation").stringValue())
          .startsWith("make-");
    }
  }

  @Test
  void whenOnePartIsAskedFor_thenOnlyItsStepsComeBack() {
    try (LineageLog log = LineageLog.open(file)) {
      assertThat(log.upstream(hash("d")).steps()).isEqualTo(CHAIN.subList(0, 4));
      assertThat(log.downstream(hash("x")).steps()).isEqualTo(CHAIN.subList(3, 5));
      assertThat(log.upstream(hash("nothing")).steps()).isEmpty();
    }
  }

  @Test
  void whenTheOrderIsReversed_thenTheAnswersAreTheSame() {
    List<LineageStep> reversed = new ArrayList<>(CHAIN);
    Collections.reverse(reversed);
    try (LineageLog log = LineageLog.open(folder.resolve("reversed.jsonl"))) {
      reversed.forEach(log::append);
      assertThat(log.upstream(hash("d")).steps())
          .containsExactlyInAnyOrderElementsOf(CHAIN.subList(0, 4));
      assertThat(log.downstream(hash("a")).steps())
          .containsExactlyInAnyOrder(CHAIN.get(0), CHAIN.get(1), CHAIN.get(3));
    }
  }

  @Test
  void whenCutAnywhere_thenWholeStepsStayAndTheRestIsTold() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Path torn = folder.resolve("torn.jsonl");
    for (int length = 0; length < whole.length; length += 61) {
      Files.write(torn, Arrays.copyOf(whole, length));
      int lines = (int) new String(whole, 0, length, java.nio.charset.StandardCharsets.UTF_8)
          .chars()
          .filter(c -> c == '\n')
          .count();
      boolean clean = length == 0 || whole[length - 1] == '\n';
      try (LineageLog log = LineageLog.open(torn)) {
        assertThat(log.recovered().isEmpty()).isEqualTo(clean);
        assertThat(log.graph().steps()).isEqualTo(CHAIN.subList(0, lines));
        log.append(step("new", "old"));
        assertThat(log.graph().steps()).hasSize(lines + 1);
      }
    }
  }

  @Test
  void whenAByteInTheMiddleIsChanged_thenTheLineIsNamedAndTheFileStays() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[60] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> LineageLog.open(file))
        .satisfies(e -> assertThat(code(e)).isEqualTo(ErrorCode.DATA_FORMAT))
        .hasMessageContaining("line 1");
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @Test
  void whenAFileIsNoLog_thenItIsRefusedAndStays() throws IOException {
    Path csv = Files.writeString(folder.resolve("bars.csv"), "datetime,instrument");
    Path lines = Files.writeString(folder.resolve("bars2.csv"), "datetime\n");
    for (Path each : List.of(csv, lines)) {
      long size = Files.size(each);
      assertThatThrownBy(() -> LineageLog.open(each))
          .satisfies(e -> assertThat(code(e)).isEqualTo(ErrorCode.DATA_FORMAT));
      assertThat(Files.size(each)).isEqualTo(size);
    }
  }

  @Test
  void whenTheLogIsOpen_thenASecondWriterIsRefused() {
    try (LineageLog log = LineageLog.open(file)) {
      assertThatThrownBy(() -> LineageLog.open(file))
          .satisfies(e -> assertThat(code(e)).isEqualTo(ErrorCode.DATA_CONFLICT));
      log.force();
    }
  }

  @Test
  void whenLogsAreMerged_thenEachStepIsThereOnce() {
    try (LineageLog log = LineageLog.open(file);
        LineageLog other = LineageLog.open(folder.resolve("other.jsonl"))) {
      other.append(CHAIN.get(2));
      other.append(step("z", "y"));
      assertThat(log.merge(other)).isEqualTo(1);
      assertThat(log.merge(other)).isZero();
      assertThat(log.graph().steps()).hasSize(6);
    }
  }

  @Test
  void whenNamesAreNaughty_thenTheyComeBack() {
    List<String> names = new ArrayList<>();
    for (String line :
        SharedFiles.lines(SharedFiles.corpus("naughty-strings").resolve("cases.jsonl"))) {
      names.add(JsonMapper.shared().readTree(line).get("s").asString());
    }
    assertThat(names).hasSizeGreaterThan(100);
    try (LineageLog log = LineageLog.open(folder.resolve("naughty.jsonl"))) {
      for (String name : names) {
        LineageNode node = LineageNode.of(
            LineageKind.FILE, "n" + name, hash(name), Steps.NOON, Map.of("k" + name, name));
        LineageStep step = new LineageStep(
            "o" + name,
            CodeVersion.of("1"),
            Map.of(),
            List.of(),
            List.of(node),
            Steps.NOON,
            Steps.NOON);
        log.append(step);
      }
      List<LineageStep> read = new ArrayList<>();
      log.forEach(read::add);
      assertThat(read.stream().map(step -> step.operation().substring(1))).isEqualTo(names);
      LineageGraph graph = log.graph();
      assertThat(graph.nodes())
          .allSatisfy(node ->
              assertThat(graph.explain(node.hash()).lines().count()).isLessThanOrEqualTo(3));
    }
  }

  @Test
  void whenAWriterIsInterrupted_thenTheLogStaysOpenAndWhole() {
    try (LineageLog log = LineageLog.open(file)) {
      Thread.currentThread().interrupt();
      try {
        log.append(step("f", "e"));
        log.force();
        assertThat(log.graph().steps()).hasSize(CHAIN.size() + 1);
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      log.append(step("g", "f"));
      assertThat(log.upstream(hash("g")).steps()).hasSize(4);
    }
  }
}
