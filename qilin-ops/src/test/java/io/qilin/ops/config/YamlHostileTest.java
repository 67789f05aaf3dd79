package io.qilin.ops.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.config.HostileCases.Case;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** YAML that nobody means well with: of a corpus, and a few of each kind that lie here. */
class YamlHostileTest {
  /** Every text passes as a record of this type, if it is a map of texts at all. */
  record Loose(Map<String, String> any) {}

  /** What the cases of settings are written for. */
  record Limits(
      Optional<Long> limit,
      Optional<Double> ratio,
      @ConfigDefault("1") int maxPosition,
      Optional<String> code) {
    Limits {
      if (maxPosition < 0) {
        throw QilinException.invalid("max-position must not be negative, was " + maxPosition);
      }
    }
  }

  @TempDir
  Path temp;

  private ConfigFolder folder;

  @BeforeEach
  void make() {
    folder = new ConfigFolder(temp);
  }

  @Test
  @Timeout(30)
  void whenTheCorpusIsRead_thenEachCaseIsAValueOrRefusedWithItsPlace() {
    judge(HostileCases.sharedYaml());
  }

  @Test
  @Timeout(30)
  void whenTheOwnCasesAreRead_thenEachIsAValueOrRefusedWithItsPlace() {
    judge(HostileCases.ownYaml());
  }

  private void judge(List<Case> cases) {
    List<String> misjudged = new ArrayList<>();
    for (Case hostile : cases) {
      Optional<String> grammar = grammar(hostile.text());
      List<String> bound = bound(hostile.text());
      boolean settings = hostile.id().startsWith("yown") || hostile.id().startsWith("set");
      boolean refused = settings ? !bound.isEmpty() : grammar.isPresent();
      boolean placed =
          grammar.stream().allMatch(what -> what.matches("(?s)app\\.yaml:\\d+:\\d+: .+"))
              && bound.stream().allMatch(what -> what.matches("app\\.yaml:\\d+:\\d+( [^ ]+)?: .+"));
      if (!placed || (hostile.refused() && !refused)) {
        misjudged.add(hostile.id() + " " + grammar + " " + bound);
      }
    }
    assertThat(misjudged).isEmpty();
    assertThat(cases).hasSizeGreaterThan(20);
  }

  /** What the reader alone refuses, before any type is known. */
  private static Optional<String> grammar(String text) {
    Problems problems = new Problems();
    try {
      SourceText source = SourceText.of(Path.of("app.yaml"), text.getBytes(StandardCharsets.UTF_8));
      new YamlReader(source, new Allowance(ConfigLimits.DEFAULT), problems).read();
    } catch (Malformed e) {
      return Optional.of(e.origin().place() + ": " + e.what());
    }
    return problems.any()
        ? Optional.of(
            problems.refusal().getMessage().lines().skip(1).findFirst().orElseThrow())
        : Optional.empty();
  }

  /** What a loader says; nothing if it makes a value. */
  private List<String> bound(String text) {
    folder.write("app.yaml", text);
    try {
      ConfigLoader.builder(Limits.class).file(folder.at("app.yaml")).build().load();
      return List.of();
    } catch (QilinException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
      return e.getMessage()
          .replace(temp.toAbsolutePath() + "/", "")
          .lines()
          .skip(1)
          .toList();
    }
  }

  @Test
  void whenACodeHasLeadingZeros_thenItKeepsThem() {
    assertThat(folder.yaml(Limits.class, "code: 000001\n").code()).contains("000001");
    assertThat(folder.yaml(Limits.class, "code: !!str 000001\n").code()).contains("000001");
    assertThat(folder.yaml(Limits.class, "code: ! 000001\n").code()).contains("000001");
  }

  @Test
  void whenBytesAreNoUtf8_thenTheFirstIsNamed() {
    folder.write("app.yaml", new byte[] {'c', 'o', 'd', 'e', ':', ' ', (byte) 0xe9, '\n'});
    ConfigLoader<Limits> loader =
        ConfigLoader.builder(Limits.class).file(folder.at("app.yaml")).build();
    assertThat(folder.problems(loader))
        .containsExactly("app.yaml:1:7: byte 6 is not well-formed UTF-8");
    folder.write("app.yaml", new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0});
    assertThat(folder.problems(loader))
        .containsExactly("app.yaml:1:1: is UTF-16 or UTF-32; save it as UTF-8");
    folder.write("app.yaml", new byte[] {'#', '\n', (byte) 0xe4, (byte) 0xbd});
    assertThat(folder.problems(loader))
        .containsExactly("app.yaml:2:1: byte 2 is not well-formed UTF-8");
  }

  @Test
  void whenAFileBeginsWithAMarkAndLinesEndOtherwise_thenItIsReadAlike() {
    for (String end : List.of("\n", "\r\n", "\r")) {
      String text = "\uFEFFcode: a" + end + "max-position: 3" + end;
      assertThat(folder.yaml(Limits.class, text).maxPosition()).isEqualTo(3);
      assertThat(folder.yamlProblems(Limits.class, text + "x: 1" + end))
          .containsExactly(
              "app.yaml:3:1: unknown key 'x'; known are limit, ratio, max-position, code");
    }
  }

  @Test
  void whenLimitsAreSet_thenEachHoldsAtItsPlace() {
    ConfigLimits limits =
        ConfigLimits.DEFAULT.withDepth(2).withEntries(4).withValueChars(5).withNameChars(3);
    folder.write("app.yaml", "any: {a: '12345', b: x, abc: y}\n");
    ConfigLoader<Loose> loader = ConfigLoader.builder(Loose.class)
        .file(folder.at("app.yaml"))
        .limits(limits)
        .build();
    assertThat(loader.load().value().any()).hasSize(3);
    folder.write("app.yaml", "any: {a: '123456'}\n");
    assertThat(folder.problems(loader))
        .containsExactly("app.yaml:1:10: a value of 6 characters, at most 5 are read");
    folder.write("app.yaml", "any: {abcd: 1}\n");
    assertThat(folder.problems(loader))
        .containsExactly("app.yaml:1:7: a key of 4 characters, at most 3 are read");
    folder.write("app.yaml", "any: {a: 1, b: 1, c: 1, d: 1}\n");
    assertThat(folder.problems(loader))
        .containsExactly("app.yaml:1:25: more than 4 entries in all");
    folder.write("app.yaml", "any: {a: [1]}\n");
    assertThat(folder.problems(loader))
        .containsExactly("app.yaml:1:10: is nested deeper than 2 levels");
  }

  @Test
  void whenAWideFlowBombIsRead_thenTheEntriesAreCounted() {
    assertThat(folder.yamlProblems(Loose.class, "any: [" + "[],".repeat(10_010) + "]"))
        .containsExactly("app.yaml:1:30004: more than 10000 entries in all");
  }
}
