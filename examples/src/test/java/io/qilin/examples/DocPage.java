package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.source.BarQuery;
import io.qilin.api.source.MarketDataSource;
import io.qilin.data.source.MarketDataProviders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation, whose programs and what they print are held against the programs themselves. */
record DocPage(String name, String text) {
  private static final Pattern BLOCK = Pattern.compile("```(java|text)\n(.*?)```", Pattern.DOTALL);

  /** A program that prints. */
  interface Program {
    void run(PrintStream out) throws IOException;
  }

  /** The page of that path below the checkout, for example {@code docs/streams.md}. */
  static DocPage of(String name) throws IOException {
    return new DocPage(name, Files.readString(root().resolve(name)));
  }

  /** The programs and what is printed, in the order of the page. */
  List<String> blocks() {
    List<String> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(matcher.group(2));
    }
    return blocks;
  }

  /** The block is a part of the program of that class, but for spaces. */
  void assertShows(int block, Class<?> program) throws IOException {
    Path source = root()
        .resolve("examples/src/main/java/io/qilin/examples")
        .resolve(program.getSimpleName() + ".java");
    assertThat(withoutSpace(Files.readString(source)))
        .contains(withoutSpace(blocks().get(block)));
  }

  /** The block is what the program prints. */
  void assertPrinted(int block, Program program) throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    program.run(new PrintStream(printed, true, StandardCharsets.UTF_8));
    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactlyElementsOf(blocks().get(block).lines().toList());
  }

  /** Reads the demo market once: a program that has a deadline of real time for it should not be the first, which takes longest. */
  static void warmDemoMarket() {
    Map<String, String> small = Map.of("symbols", "5", "years", "1");
    try (MarketDataSource demo = MarketDataProviders.discover().get("demo").open(small)) {
      demo.bars(BarQuery.ALL);
    }
  }

  private static String withoutSpace(String text) {
    return text.replaceAll("\\s+", "");
  }

  /** The folder of the checkout: the nearest one above that holds the Chinese README. */
  static Path root() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("README.zh-CN.md"))) {
        return at;
      }
    }
    throw new AssertionError("the README is not above the working directory");
  }
}
