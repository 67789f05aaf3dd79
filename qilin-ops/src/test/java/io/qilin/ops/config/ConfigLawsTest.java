package io.qilin.ops.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.Mutation;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds for every configuration. */
class ConfigLawsTest {
  /** Holds any tree of this form. */
  record Tree(
      @ConfigDefault("{}") Map<String, Map<String, String>> maps,
      @ConfigDefault("{}") Map<String, List<String>> lists,
      Optional<Branch> branch) {}

  record Branch(
      Optional<String> left,
      Optional<String> right,
      @ConfigDefault("[]") List<Leaf> leaves) {}

  record Leaf(String name, Optional<String> colour) {}

  private static final int MUTANTS = Integer.getInteger("qilin.config.mutants", 300);

  private static final List<String> NAMES =
      List.of("a", "b", "600519.SH", "x y", "你", "\uD83D\uDE80");

  @Provide
  Arbitrary<Map<String, Object>> trees() {
    Arbitrary<String> texts = Arbitraries.oneOf(
            Arbitraries.of("", "~", "true", "000001", "a: b", "\\", "[]x", "{}x"),
            Arbitraries.strings().ofMaxLength(12))
        .filter(text ->
            text.equals(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                && !text.startsWith("ENC("));
    Arbitrary<String> names = Arbitraries.of(NAMES);
    Arbitrary<Object> leaf = Arbitraries.maps(Arbitraries.of("colour"), texts)
        .ofMaxSize(1)
        .flatMap(map -> texts.map(name -> {
          Map<String, Object> all = new LinkedHashMap<>(map);
          all.put("name", name);
          return all;
        }));
    Arbitrary<Object> maps = Arbitraries.maps(
            names, Arbitraries.maps(names, texts).ofMinSize(1).ofMaxSize(3))
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(map -> map);
    Arbitrary<Object> lists = Arbitraries.maps(names, texts.list().ofMinSize(1).ofMaxSize(3))
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(map -> map);
    Arbitrary<Object> branch = Arbitraries.maps(Arbitraries.of("left", "right"), texts)
        .ofMaxSize(2)
        .flatMap(map -> leaf.list().ofMinSize(1).ofMaxSize(3).map(leaves -> {
          Map<String, Object> all = new LinkedHashMap<>(map);
          all.put("leaves", leaves);
          return all;
        }));
    return maps.flatMap(m -> lists.flatMap(l ->
        branch.flatMap(b -> Arbitraries.integers().between(1, 7).map(bits -> {
          Map<String, Object> tree = new LinkedHashMap<>();
          if ((bits & 1) != 0) {
            tree.put("maps", m);
          }
          if ((bits & 2) != 0) {
            tree.put("lists", l);
          }
          if ((bits & 4) != 0) {
            tree.put("branch", b);
          }
          return tree;
        }))));
  }

  /** A loader that reads texts instead of files, as if each were a file. */
  private static Loaded<Tree> load(Map<String, String> files) {
    return Reading.load(Tree.class, files);
  }

  @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
  void whenATreeIsWritten_thenEveryFormatReadsItBack(@ForAll("trees") Map<String, Object> tree) {
    Map<ConfigPath, String> leaves = new TreeMap<>();
    Writers.leaves(tree, ConfigPath.ROOT, leaves);
    ConfigTree flow = load(Map.of("a.yaml", Writers.flow(tree))).tree();
    ConfigTree block = load(Map.of("a.yaml", Writers.block(tree, ""))).tree();
    ConfigTree json = load(Map.of("a.json", Writers.flow(tree))).tree();
    ConfigTree lines = load(Map.of("a.properties", Writers.lines(tree))).tree();
    assertThat(flow).isEqualTo(block).isEqualTo(json).isEqualTo(lines);
    Map<String, String> read = new LinkedHashMap<>();
    flow.entries().stream()
        .filter(entry -> !entry.origin().equals("default"))
        .forEach(entry -> read.put(entry.path(), entry.text()));
    Map<String, String> written = new LinkedHashMap<>();
    leaves.forEach((path, text) -> written.put(path.toString(), Credentials.masked(text)));
    assertThat(read).isEqualTo(written);
  }

  @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
  void whenLayersFollow_thenTheLaterWinsAndListsAreReplaced(
      @ForAll("trees") Map<String, Object> lower,
      @ForAll("trees") Map<String, Object> middle,
      @ForAll("trees") Map<String, Object> upper) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("a.yaml", Writers.block(lower, ""));
    files.put("b.json", Writers.flow(middle));
    files.put("c.properties", Writers.lines(upper));
    Object all = over(over(lower, middle), upper);
    assertThat(load(files).tree())
        .isEqualTo(load(Map.of("all.yaml", Writers.flow(all))).tree());
  }

  /** The plain rule: maps are joined, everything else is replaced. */
  private static Object over(Object below, Object above) {
    if (below instanceof Map<?, ?> lower && above instanceof Map<?, ?> upper) {
      Map<Object, Object> all = new LinkedHashMap<>(lower);
      upper.forEach((name, part) -> all.merge(name, part, ConfigLawsTest::over));
      return all;
    }
    return above;
  }

  @Property(tries = 200)
  void whenPropertiesAreAccepted_thenJavaReadsThemAlike(@ForAll("lines") String text)
      throws IOException {
    Problems problems = new Problems();
    Node.Section section;
    try {
      SourceText source =
          SourceText.of(Path.of("/a.properties"), text.getBytes(StandardCharsets.UTF_8));
      section = new PropertiesReader(source, new Allowance(ConfigLimits.DEFAULT), problems).read();
    } catch (Malformed refused) {
      return;
    }
    if (problems.any()) {
      return;
    }
    Properties java = new Properties();
    java.load(new StringReader(text));
    Map<String, String> read = new LinkedHashMap<>();
    section.parts().forEach((name, part) -> read.put(name, ((Node.Leaf) part).text()));
    assertThat(read).isEqualTo(java);
  }

  @Provide
  Arbitrary<String> lines() {
    return Arbitraries.of(
            "a", "b", "=", "=", "=", ":", " ", "\t", "\n", "\n", "\r", "\r\n", "\\", "\\\n",
            "\\\r\n ", "#", "!", "\\u0041", "\\t", "\\=", "你", "x")
        .list()
        .ofMaxSize(16)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 400)
  void whenSignsOfYamlAreMixed_thenItIsAValueOrRefused(@ForAll("signs") String text) {
    SourceText source = SourceText.of(Path.of("/a.yaml"), text.getBytes(StandardCharsets.UTF_8));
    try {
      new YamlReader(source, new Allowance(ConfigLimits.DEFAULT), new Problems()).read();
    } catch (Malformed refused) {
      assertThat(refused.origin().place()).matches("/a\\.yaml:\\d+:\\d+");
    }
  }

  @Provide
  Arbitrary<String> signs() {
    return Arbitraries.of(
            "a",
            "b",
            ":",
            " ",
            "\n",
            "  ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "\"",
            "'",
            "|",
            ">",
            "!",
            "&",
            "*",
            "%",
            "\\",
            "#",
            "?",
            "\t",
            "~",
            "---",
            "...",
            "\r",
            "0",
            "<<",
            "\\U",
            "\\x",
            "ff",
            "!!str ",
            "\uD83D\uDE80",
            "+")
        .list()
        .ofMaxSize(30)
        .map(parts -> String.join("", parts));
  }

  /** Settings of every kind, to be damaged. */
  record Kinds(
      String text,
      int count,
      double share,
      Duration pause,
      Optional<DataSize> size,
      List<Leaf> leaves,
      Map<String, Integer> lots) {}

  private static final String YAML = """
      text: "a b \\u4f60"
      count: 5
      share: 0.25
      pause: 250ms
      size: 64MiB
      leaves:
        - name: one
          colour: >
            red
            green
        - {name: 'two'}
      lots: {600519.SH: 100, 000001: 200}
      """;

  private static final String JSON = """
      {"text": "a b \\u4f60", "count": 5, "share": 0.25, "pause": "250ms", "size": "64MiB",
       "leaves": [{"name": "one", "colour": "red"}, {"name": "two"}],
       "lots": {"600519.SH": 100, "000001": 200}}
      """;

  private static final String PROPERTIES = """
      # of every kind
      text = a b \\u4f60 \\
        more
      count=5
      share=0.25
      pause=250ms
      size=64MiB
      leaves[0].name=one
      leaves[0].colour=red
      leaves[1].name=two
      lots["600519.SH"]=100
      lots.000001=200
      """;

  @Test
  @Timeout(600)
  void whenFilesAreDamaged_thenEachIsAValueOrRefused() {
    SplittableRandom random = new SplittableRandom(7);
    Map<String, String> files = new LinkedHashMap<>();
    files.put("a.yaml", YAML);
    files.put("a.json", JSON);
    files.put("a.properties", PROPERTIES);
    int[] refused = new int[1];
    files.forEach((name, text) -> {
      assertThat(Reading.load(Kinds.class, Map.of(name, text)).value().lots()).hasSize(2);
      byte[] valid = text.getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < MUTANTS; i++) {
        try {
          Reading.load(Kinds.class, Path.of("/" + name), Mutation.of(valid, random));
        } catch (QilinException e) {
          assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
          refused[0]++;
        }
      }
    });
    assertThat(refused[0]).isBetween(MUTANTS, 3 * MUTANTS);
  }
}
